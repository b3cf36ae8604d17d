/** The generated form: what is typed, how far a step goes, defaults, and where each problem is shown. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { choiceHelp, searchTypes } from "../../src/renderer/catalog/words.ts";
import { sections } from "../../src/renderer/features/workbench/sections.ts";
import { defaultOf, withType } from "../../src/renderer/forms/defaults.ts";
import { readJson } from "../../src/renderer/forms/jsonPlace.ts";
import { numberOf, readList, readMixed, readNumber, showMixed, stepped } from "../../src/renderer/forms/numbers.ts";
import { getAt, setAt } from "../../src/renderer/forms/path.ts";
import { isWithin, problemsOfGroup } from "../../src/renderer/forms/problems.ts";
import { duplicateLayer, gist, moveLayer, nameOf } from "../../src/renderer/layers/layers.ts";
import { type FieldSchema, fieldAt, recipeFields, typesOf } from "../../src/shared/recipe/fields.ts";
import { parseRecipe } from "../../src/shared/recipe/validate.ts";

const folder = path.resolve(import.meta.dirname, "../../resources/recipes");
const recipes: readonly unknown[] = readdirSync(folder).map((file) => JSON.parse(readFileSync(path.join(folder, file), "utf8")).recipe);
const [recipe] = recipes;

function field(...keys: (string | number)[]): FieldSchema {
  const schema = fieldAt(keys, recipe);
  if (schema === undefined) throw new Error(`no field ${keys.join(".")}`);
  return schema;
}

describe("what is typed", () => {
  it("is a number where it is one, nothing where it is empty, and otherwise itself", () => {
    expect(["12", " 1e-3 ", "", "many", "1e999"].map(readNumber)).toEqual([12, 0.001, undefined, "many", "1e999"]);
  });

  it("may be a name, a number or a pair where the field takes them", () => {
    const padding = fieldAt(["model", "layers", 0, "padding"], { model: { layers: [{ type: "conv2d" }] } }) ?? {};
    expect(["same", "2", "1, 2", "[3, 5]", "3×5", "sane", ""].map((text) => readMixed(text, padding))).toEqual([
      "same",
      2,
      [1, 2],
      [3, 5],
      [3, 5],
      "sane",
      undefined,
    ]);
    for (const value of ["same", 2, [3, 5]]) expect(readMixed(showMixed(value), padding)).toEqual(value);
  });

  it("is a list by its commas", () => {
    expect(readList("1, 8, 8", { items: { type: "integer" } })).toEqual([1, 8, 8]);
    expect(readList("[1, x]", { items: { type: "integer" } })).toEqual([1, "x"]);
    expect(readList("cat, dog", { items: { type: "string" } })).toEqual(["cat", "dog"]);
    expect(readList(" ", { items: { type: "string" } })).toBeUndefined();
  });

  it("is told the line where it stops being JSON", () => {
    expect(readJson('{\n  "a": 1\n  "b": 2\n}')).toMatchObject({ error: { line: 3, column: 3, found: '"\\""' } });
    expect(readJson('{"a": [1, 2')).toMatchObject({ error: { line: 1, found: null } });
    expect(readJson('{"a": 1}')).toEqual({ value: { a: 1 } });
  });
});

describe("a step of a number field", () => {
  it("goes by factors on a logarithmic scale", () => {
    const rate = field("optimizer", "lr");
    expect(stepped(0.001, 1, rate)).toBe(0.003);
    expect(stepped(0.003, 1, rate)).toBe(0.01);
    expect(stepped(0.001, -1, rate)).toBe(0.0003);
    expect(stepped(0.002, -1, rate)).toBe(0.001);
    expect(stepped(0.001, 1, rate, true)).toBe(0.01);
    const batch = numberOf(field("batch", "size")) ?? {};
    expect([stepped(32, 1, batch), stepped(32, -1, batch), stepped(1, -1, batch)]).toEqual([64, 16, 1]);
  });

  it("goes by equal steps on a linear one, and never past the limits", () => {
    const share = numberOf(field("data", "split", "validation")) ?? {};
    expect(stepped(0.15, 1, share)).toBe(0.16);
    expect(stepped(0.1, 1, share)).toBe(0.11);
    expect(stepped(0.8, 1, share)).toBe(0.8);
    const momentum = fieldAt(["optimizer", "momentum"], { optimizer: { type: "momentum" } }) ?? {};
    expect(stepped(0.99, 1, momentum)).toBe(0.99);
    expect(stepped(field("budget", "epochs").minimum ?? 0, -1, field("budget", "epochs"))).toBe(1);
  });
});

describe("changing a recipe", () => {
  it("shares what did not change", () => {
    const changed = setAt(recipe, ["optimizer", "lr"], 0.5);
    expect(getAt(changed, ["optimizer", "lr"])).toBe(0.5);
    expect(getAt(changed, ["model"])).toBe(getAt(recipe, ["model"]));
    expect(getAt(recipe, ["optimizer", "lr"])).not.toBe(0.5);
    const without = setAt(changed, ["optimizer", "lr"], undefined);
    expect(Object.keys(getAt(without, ["optimizer"]) ?? {})).toEqual(["type"]);
    expect(getAt(setAt(recipe, ["model", "layers", 1, "name"], "act"), ["model", "layers", 1, "name"])).toBe("act");
  });

  it("takes another type with its own defaults, and keeps what was set on purpose", () => {
    const optimizer = field("optimizer");
    expect(withType(optimizer, { type: "adam", lr: 0.001 }, "sgd")).toEqual({ type: "sgd", lr: 0.1 });
    expect(withType(optimizer, { type: "adam", lr: 0.004, beta1: 0.8 }, "momentum")).toEqual({ type: "momentum", lr: 0.004, momentum: 0.9 });
  });

  it("can add every layer and every choice of the catalog in a form that the schema takes", () => {
    const layers = field("model", "layers").items ?? {};
    expect(typesOf(layers).length).toBeGreaterThan(4);
    for (const type of typesOf(layers)) {
      const { problems } = parseRecipe(setAt(recipe, ["model", "layers"], [withType(layers, undefined, type)]));
      expect(problems, type).toEqual([]);
      expect(choiceHelp(layers, type, "en"), type).toMatch(/^[A-Z].*\.$/);
    }
    for (const name of ["optimizer", "loss"])
      for (const type of typesOf(field(name))) {
        expect(parseRecipe(setAt(recipe, [name], withType(field(name), undefined, type))).problems, type).toEqual([]);
        expect(choiceHelp(field(name), type, "en"), type).toMatch(/^[A-Z].*\.$/);
      }
    expect(defaultOf(field("data", "source").oneOf?.find((alternative) => alternative.properties?.["type"]?.const === "csv") ?? {})).toEqual({
      type: "csv",
      path: "",
      target: "",
      task: "classification",
    });
  });

  it("says nothing of a layer's initial values before it is asked to, and nothing again when the last is as usual", () => {
    const layers = field("model", "layers").items ?? {};
    const dense = withType(layers, undefined, "dense");
    expect(Object.keys(dense ?? {})).toEqual(["type", "units", "bias"]);
    const init = fieldAt(["init"], dense, layers);
    const weight = fieldAt(["init", "weight"], dense, layers) ?? {};
    expect([init?.folded, init?.title, weight.usual]).toEqual([true, "Initialization", "He (Kaiming)"]);
    const chosen = withType(weight, undefined, "truncatedNormal");
    expect(chosen).toEqual({ type: "truncatedNormal", mean: 0, std: 0.05 });
    const told = setAt(dense, ["init", "weight"], chosen);
    expect(gist(told, layers, "en")).toBe("units 64, bias, initialization weights truncated normal");
    expect(gist(told, layers, "ko")).toBe("유닛 수 64, 편향, 초기화 가중치 절단 정규분포");
    expect(choiceHelp(weight, "truncatedNormal", "en")).toMatch(/tails/);
    expect(setAt(told, ["init", "weight"], undefined)).toEqual(dense);
    // Another type of layer keeps it where it has such parameters.
    expect(withType(layers, told, "conv2d")).toMatchObject({ init: { weight: chosen } });
    expect(withType(layers, told, "batchNorm")).toEqual({ type: "batchNorm", momentum: 0.1, epsilon: 0.00001 });
  });

  it("leaves the items of a list where they are when the last field of one is taken out", () => {
    expect(setAt({ list: [{ match: "a" }, { match: "b" }] }, ["list", 0, "match"], undefined)).toEqual({ list: [{}, { match: "b" }] });
    expect(setAt({ only: 1 }, ["only"], undefined)).toEqual({});
  });

  it("moves and duplicates layers", () => {
    const layers = [{ type: "dense", name: "a" }, { type: "relu" }, { type: "dense" }];
    expect(moveLayer(layers, 0, 2)).toEqual([layers[1], layers[2], layers[0]]);
    expect(moveLayer(layers, 0, -1)).toBe(layers);
    expect(duplicateLayer(layers, 0)).toEqual([layers[0], { type: "dense" }, layers[1], layers[2]]);
    expect(layers.map((_, index) => nameOf(layers, index))).toEqual(["a", "relu1", "dense2"]);
    const schema = field("model", "layers").items ?? {};
    expect(gist({ type: "conv2d", filters: 8, kernel: 3, stride: 2, padding: "same", bias: false }, schema, "en")).toBe(
      "filters 8, kernel 3, stride 2, padding same size (same), no bias",
    );
  });
});

describe("problems", () => {
  it("have a field for every place that the schema can name", () => {
    const shown = new Set(sections.flatMap(({ fields }) => fields));
    for (const name of Object.keys(recipeFields.properties ?? {})) expect(name === "format" || shown.has(name), name).toBe(true);
    const bad = [
      setAt(recipe, ["optimizer", "lr"], -1),
      setAt(recipe, ["optimizer", "type"], "adamw"),
      setAt(recipe, ["model", "layers", 0, "kernel"], [3]),
      setAt(recipe, ["data", "split", "test"], "some"),
      setAt(recipe, ["metrics"], ["acuracy"]),
      setAt(recipe, ["learningRate"], 1),
    ];
    for (const input of bad) {
      const { problems } = parseRecipe(input);
      expect(problems.length).toBeGreaterThan(0);
      for (const { place } of problems) expect(place === "learningRate" || [...shown].some((name) => isWithin(place, name)), place).toBe(true);
    }
  });

  it("of an unknown field are shown by its group", () => {
    const { problems } = parseRecipe(setAt(recipe, ["optimizer", "rate"], 1));
    expect(problemsOfGroup(problems, ["optimizer"], ["lr", "beta1"]).map(({ place }) => place)).toEqual(["optimizer.rate"]);
    expect(problemsOfGroup(problems, ["optimizer"], ["rate"])).toEqual([]);
    expect(isWithin("model.layers[12].units", "model.layers[1]")).toBe(false);
  });
});

describe("a search for something to add", () => {
  const entry = (type: string, en: string, ko: string, help = ""): FieldSchema => ({
    properties: { type: { const: type } },
    title: en,
    description: help,
    ko: { title: ko, description: help },
  });
  const entries = [
    entry("rotate90", "Quarter turns", "90도 회전"),
    entry("unrotated", "Unrotated", "회전 없음"),
    entry("affine", "Affine map", "아핀 변환", "Turns and moves: rotate in one."),
    entry("rotate", "Rotation", "회전"),
    entry("blur", "Blur", "흐림"),
  ];
  const types = entries.map(({ properties }) => String(properties?.["type"]?.const));
  const found = (search: string) => searchTypes({ oneOf: entries }, types, search);

  it("finds the very name first, then what begins with it, holds it or speaks of it", () => {
    expect(found(" Rotate ")).toEqual(["rotate", "rotate90", "unrotated", "affine"]);
    expect(found("")).toEqual(types);
    expect(found("zoom")).toEqual([]);
  });

  it("finds identifiers and titles, in both languages", () => {
    expect(found("rotate90")).toEqual(["rotate90"]);
    expect(found("quarter")).toEqual(["rotate90"]);
    expect(found("회전")).toEqual(["rotate", "unrotated", "rotate90"]);
  });
});
