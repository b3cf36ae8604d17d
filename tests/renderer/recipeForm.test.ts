/** The form around the fields: what is behind "more", what differs, what a search finds, what a choice offers, and where texts differ. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { misfitOf } from "../../src/renderer/features/workbench/offers.ts";
import { parameterPatterns } from "../../src/renderer/features/workbench/parameterPatterns.ts";
import { changesOf, leavesOfTop, sections, topsOf } from "../../src/renderer/features/workbench/sections.ts";
import { changedUntil, offsetOf } from "../../src/renderer/features/workbench/textChange.ts";
import { changesWithin, differs } from "../../src/renderer/forms/changed.ts";
import { everyField, leavesOf, searchFields } from "../../src/renderer/forms/fieldList.ts";
import { firstNumber, namesOf } from "../../src/renderer/forms/numbers.ts";
import { setAt } from "../../src/renderer/forms/path.ts";
import { keyOf } from "../../src/renderer/layers/layerKeys.ts";
import { losses } from "../../src/shared/catalog/losses/index.ts";
import { metrics } from "../../src/shared/catalog/metrics/index.ts";
import { type FieldSchema, fieldAt, formatPath, recipeFields } from "../../src/shared/recipe/fields.ts";
import { planModel } from "../../src/shared/recipe/plan.ts";
import { parseRecipe, requireRecipe } from "../../src/shared/recipe/validate.ts";

const file = path.resolve(import.meta.dirname, "../../resources/recipes/digits-cnn.json");
const recipe: unknown = JSON.parse(readFileSync(file, "utf8")).recipe;
const optimize = sections.find(({ name }) => name === "optimize");
if (optimize === undefined) throw new Error("no section");

const placesOf = (leaves: readonly { readonly path: readonly (string | number)[] }[]) => leaves.map(({ path: at }) => formatPath(at));
const field = (...keys: string[]): FieldSchema => fieldAt(keys, recipe) ?? {};

describe("sections", () => {
  it("have every field of a recipe once, plain groups field by field", () => {
    const leaves = sections.flatMap((section) => topsOf(section, recipe).flatMap(leavesOfTop));
    const places = placesOf(leaves);
    expect(new Set(places).size).toBe(places.length);
    for (const place of ["batch.size", "data.split.validation", "regularization.mixup", "device.threads", "optimizer", "model.layers"])
      expect(places).toContain(place);
    for (const group of ["batch", "data.split", "regularization"]) expect(places).not.toContain(group);
  });

  it("keep behind a line what few people move, by the mark in the schema, with its group", () => {
    const leaves = sections.flatMap((section) => topsOf(section, recipe).flatMap(leavesOfTop));
    const rare = placesOf(leaves.filter((leaf) => leaf.rare));
    expect(rare).toEqual(expect.arrayContaining(["batch.accumulate", "gradient.clipNorm", "averaging", "parameterGroups", "regularization.maxNorm"]));
    for (const usual of ["batch.size", "optimizer", "schedule", "budget.epochs", "seed", "regularization.l2"]) expect(rare).not.toContain(usual);
    expect(leaves.length - rare.length).toBeLessThan(26);
    const group: FieldSchema = { properties: { a: { type: "number" }, b: { properties: { c: { type: "number" } } } }, rare: true };
    expect(leavesOf(["x"], group, {}, false).map((leaf) => [formatPath(leaf.path), leaf.rare])).toEqual([
      ["x.a", true],
      ["x.b.c", true],
    ]);
  });
});

describe("a field that differs from its default", () => {
  it("is one that says something else, whatever the order of writing", () => {
    expect(differs(field("batch", "size"), 32, false)).toBe(true);
    expect(differs(field("batch", "size"), 64, false)).toBe(false);
    expect(differs(field("batch", "size"), undefined, false)).toBe(false);
    expect(differs(field("metrics"), ["accuracy"], false)).toBe(false);
    // Found out where nothing is said: saying something differs. What must be said differs from nothing.
    expect(differs({ type: "boolean" }, true, false)).toBe(true);
    expect(differs({ type: "string" }, "iris", true)).toBe(false);
    expect(differs(field("name"), "my run", false)).toBe(false);
  });

  it("is a choice by its type, with its own fields below it", () => {
    const schedule = field("schedule");
    expect(changesWithin(["schedule"], schedule, { type: "constant" }, false)).toEqual([]);
    expect(changesWithin(["schedule"], schedule, { type: "cosine" }, false)).toEqual([{ path: ["schedule"], value: { type: "constant" } }]);
    expect(changesWithin(["optimizer"], field("optimizer"), { type: "adam", lr: 0.01, beta1: 0.9 }, true)).toEqual([
      { path: ["optimizer", "lr"], value: 0.001 },
    ]);
  });

  it("is counted by section, and taken back with it", () => {
    const plain = changesOf(optimize, recipe).reduce<unknown>((made, change) => setAt(made, change.path, change.value), recipe);
    expect(changesOf(optimize, plain)).toEqual([]);
    expect(parseRecipe(plain).problems).toEqual([]);
    const other = [
      [["gradient", "clipNorm"], 1],
      [["batch", "dropLast"], true],
      [["schedule"], { type: "cosine" }],
    ] as const;
    const moved = other.reduce<unknown>((made, [at, value]) => setAt(made, at, value), plain);
    expect(placesOf(changesOf(optimize, moved)).toSorted()).toEqual(["batch.dropLast", "gradient.clipNorm", "schedule"]);
    const data = sections.find(({ name }) => name === "data") ?? optimize;
    expect(placesOf(changesOf(data, setAt(recipe, ["data", "source"], { type: "shipped", name: "iris" })))).not.toContain("data.source");
  });

  it("has the default of the recipe's task", () => {
    const regression = { ...(typeof recipe === "object" ? recipe : {}), loss: { type: "meanSquaredError" }, metrics: ["r2", "meanAbsoluteError"] };
    expect(placesOf(changesOf(optimize, regression))).not.toContain("metrics");
  });
});

describe("a search for a field", () => {
  const all = everyField([], recipeFields, recipe);
  const found = (search: string) => placesOf(searchFields(all, search));

  it("goes by title and identifier, then by what can be chosen, then by help", () => {
    expect(found("learning rate")[0]).toBe("optimizer.lr");
    expect(found("lr")[0]).toBe("optimizer.lr");
    expect(found("dropLast")).toEqual(["batch.dropLast"]);
    expect(found("batch.siz")).toEqual(["batch.size"]);
    expect(found("nesterov")).toContain("optimizer");
    expect(found("srivastava")).toEqual(["regularization.maxNorm"]);
    expect(found("clip").slice(0, 2)).toEqual(["gradient.clipNorm", "gradient.clipValue"]);
    expect(found("  ")).toEqual([]);
    expect(found("no such thing")).toEqual([]);
  });

  it("finds fields of layers where they are", () => {
    expect(found("kernel").filter((place) => place.startsWith("model.layers["))).toContain("model.layers[0].kernel");
  });

  it("finds titles in both languages", () => {
    const korean: FieldSchema = { properties: { lr: { type: "number", title: "Learning rate", ko: { title: "학습률" } } } };
    expect(placesOf(searchFields(everyField([], korean, {}), "학습"))).toEqual(["lr"]);
    expect(placesOf(searchFields(everyField([], korean, {}), "learning"))).toEqual(["lr"]);
  });
});

describe("what a choice offers", () => {
  const classes = { kind: "classification", classes: ["a", "b"] } as const;
  const numbers = { kind: "regression", names: ["price"] } as const;

  it("is what the catalog says of the target", () => {
    for (const [name, { task }] of Object.entries(losses))
      expect(misfitOf("loss", name, numbers)).toEqual(task === "regression" ? null : { why: "classification" });
    for (const [name, { task }] of Object.entries(metrics))
      expect(misfitOf("metrics", name, numbers)).toEqual(task === "regression" ? null : { why: "classification" });
    expect(misfitOf("metrics", "r2", classes)).toEqual({ why: "regression" });
    expect(misfitOf("metrics", "top5Accuracy", classes)).toMatchObject({ why: "classes" });
    expect(misfitOf("metrics", "accuracy", classes)).toBeNull();
  });

  it("is everything while the data are not known, and of other choices", () => {
    expect(misfitOf("metrics", "r2", null)).toBeNull();
    expect(misfitOf("optimizer", "adam", numbers)).toBeNull();
    expect(misfitOf("metrics", "unheard", numbers)).toBeNull();
  });

  it("begins with a number that the schema takes where a name stood", () => {
    const within = (at: readonly (string | number)[], value: unknown) => parseRecipe(setAt(recipe, at, value)).problems;
    for (const at of [
      ["batch", "size"],
      ["data", "split", "validation"],
      ["data", "split", "test"],
      ["model", "layers", 0, "padding"],
    ]) {
      const schema = fieldAt(at, recipe) ?? {};
      expect(namesOf(schema).length).toBeGreaterThan(0);
      expect(within(at, firstNumber(schema))).toEqual([]);
    }
  });

  it("names the parameters that a group of them may match", () => {
    const { plan } = planModel(requireRecipe(recipe), { sampleShape: [1, 8, 8] });
    const patterns = parameterPatterns(plan);
    expect(patterns).toEqual(expect.arrayContaining(["conv1/*", "*/weight", "*/bias", "conv1/weight"]));
    expect(new Set(patterns).size).toBe(patterns.length);
    expect(parameterPatterns(null)).toEqual([]);
  });
});

describe("keys and carets", () => {
  it("names keys with what is held down, ⌘ as Ctrl, letters by place on a Korean keyboard", () => {
    const none = { key: "d", code: "KeyD", altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };
    expect(keyOf({ ...none, key: "ArrowUp", code: "ArrowUp", altKey: true })).toBe("Alt+ArrowUp");
    expect([keyOf({ ...none, ctrlKey: true }), keyOf({ ...none, metaKey: true }), keyOf({ ...none, ctrlKey: true, key: "ㅇ" })]).toEqual([
      "Ctrl+d",
      "Ctrl+d",
      "Ctrl+d",
    ]);
    expect(keyOf({ ...none, key: "ArrowDown", code: "ArrowDown" })).toBe("ArrowDown");
  });

  it("finds the end of what an undo changed", () => {
    expect(changedUntil("abcdef", "abXYef")).toBe(4);
    expect(changedUntil("aaa", "aa")).toBe(2);
    expect(changedUntil("", "new")).toBe(3);
    expect(offsetOf("ab\ncd\nef", 2, 2)).toBe(4);
  });
});
