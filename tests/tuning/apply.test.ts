/** A point put into a recipe, and what a space must be. */
import { describe, expect, it } from "vitest";
import { requireRecipe } from "../../src/shared/recipe/validate.ts";
import { applyPoint } from "../../src/shared/tuning/apply.ts";
import { parseStudy } from "../../src/shared/tuning/checkStudy.ts";
import { editedStudy } from "../../src/shared/tuning/edit.ts";
import { readValues } from "../../src/shared/tuning/objectives.ts";
import { parameterSchema } from "../../src/shared/tuning/space.ts";
import { objectiveSchema, type StudyInput } from "../../src/shared/tuning/study.ts";
import { english } from "../helpers/english.ts";
import { irisRecipe } from "../studio/harness.ts";

const recipe = requireRecipe({ ...irisRecipe, optimizer: { type: "adam", lr: 0.01 } });
const space = (...parameters: readonly unknown[]) => parameters.map((parameter) => parameterSchema.parse(parameter));
type Applied = { readonly optimizer: Readonly<Record<string, unknown>>; readonly model: { readonly layers: readonly Readonly<Record<string, unknown>>[] } };
const applied = (parameters: readonly unknown[], point: Readonly<Record<string, number | string | boolean>>) =>
  applyPoint(recipe, space(...parameters), point) as Applied;

describe("a point in a recipe", () => {
  it("sets every tied field, and leaves the recipe as it was", () => {
    const both = { type: "integer", name: "units", paths: ["model.layers[0].units", "batch.size"], min: 1, max: 64 };
    expect(applied([both], { units: 12 })).toMatchObject({ model: { layers: [{ units: 12 }, {}, {}] }, batch: { size: 12 } });
    expect(recipe.model.layers[0]).toMatchObject({ units: 8 });
  });

  it("keeps of an optimizer what another one has too", () => {
    const type = { type: "choice", name: "type", paths: ["optimizer.type"], values: ["adam", "sgd"] };
    const { optimizer } = applied([type], { type: "sgd" });
    expect(optimizer).toMatchObject({ type: "sgd", lr: 0.01 });
    expect(optimizer).not.toHaveProperty("beta1");
  });

  it("leaves out and repeats layers after their values, from the last to the first", () => {
    const parameters = [
      { type: "integer", name: "copies", paths: ["model.layers[0]"], min: 0, max: 3, sets: "repeats" },
      { type: "choice", name: "activation", paths: ["model.layers[1]"], values: [true, false], sets: "presence" },
      { type: "integer", name: "units", paths: ["model.layers[0].units"], min: 1, max: 64 },
    ];
    const types = (point: Readonly<Record<string, number | boolean>>) =>
      applied(parameters, point).model.layers.map(({ type, units }) => `${String(type)} ${String(units)}`);
    expect(types({ copies: 2, activation: false, units: 5 })).toEqual(["dense 5", "dense 5", "dense 3"]);
    expect(types({ copies: 1, activation: true, units: 5 })).toEqual(["dense 5", "relu undefined", "dense 3"]);
    expect(types({ copies: 0, activation: true, units: 5 })).toEqual(["relu undefined", "dense 3"]);
  });
});

describe("a study", () => {
  const study: StudyInput = { recipe, space: [{ type: "float", name: "rate", paths: ["optimizer.lr"], min: 0.001, max: 0.1, log: true }] };
  const problem = (change: unknown) => parseStudy({ ...study, ...Object(change) }).problems[0];
  const parameter = (change: unknown) => problem({ space: [{ ...study.space[0], ...Object(change) }] });

  it("is accepted where nothing is wrong with it", () => expect(parseStudy(study).problems).toEqual([]));

  it.each([
    ["an empty space", problem({ space: [] }), "space", "must not be empty"],
    ["swapped ends", parameter({ min: 1, max: 0.1 }), "space[0].max", "at least the minimum"],
    ["a logarithm of 0", parameter({ min: 0 }), "space[0].min", "greater than 0"],
    ["a field that there is not", parameter({ paths: ["optimizer.momentun"] }), "space[0].paths[0]", "must be a field"],
    ["an unknown condition", parameter({ when: { name: "type", values: ["sgd"] } }), "space[0].when.name", "another parameter"],
    ["the test part", problem({ objectives: [{ metric: "test.loss" }] }), "objectives[0].metric", "not be of the test part"],
    ["a metric that no run reports", problem({ objectives: [{ metric: "validation.topFive" }] }), "objectives[0].metric", "every trial reports"],
    ["folds without folds", problem({ repeats: { type: "folds" } }), "repeats.type", "split without folds"],
    ["a pruner over repeats without repeats", problem({ pruner: { type: "wilcoxon" } }), "repeats.type", "repeat each trial"],
    ["a newer version", problem({ format: 99 }), "format", "at most 1"],
    ["a guess outside", problem({ guesses: [{ rate: 7 }] }), "guesses[0].rate", "from 0.001 to 0.1"],
    ["a wrong field", problem({ sampler: { type: "tpee" } }), "sampler.type", "tpe"],
    ["two parameters of one field", problem({ space: [...study.space, { ...study.space[0], name: "again" }] }), "space[1].paths[0]", "no other parameter sets"],
    ["a wrong recipe", problem({ recipe: { ...recipe, loss: { type: "nothing" } } }), "recipe.loss", "must be"],
  ])("with %s is refused at its place", (_name, found, place, expected) => {
    expect(found?.place).toContain(place);
    expect(english(found?.expected)).toContain(expected);
    expect(english(found?.remedy)).toMatch(/\.$|\?$/);
  });

  it("allows two parameters of one field where they exclude each other", () => {
    const type = { type: "choice", name: "type", paths: ["optimizer.type"], values: ["adam", "sgd"] };
    const rate = (of: string, max: number) => ({
      type: "float",
      name: `${of} rate`,
      paths: ["optimizer.lr"],
      min: 0.001,
      max,
      when: { name: "type", values: [of] },
    });
    expect(problem({ space: [type, rate("adam", 0.01), rate("sgd", 1)] })).toBeUndefined();
    expect(problem({ space: [type, rate("adam", 0.01), { ...rate("adam", 1), name: "other" }] })?.place).toBe("space[2].paths[0]");
  });

  it("is changed in its ranges, not in what its parameters set", () => {
    const checked = parseStudy(study).study;
    if (checked === null) throw new Error("the study is valid");
    const narrowed = editedStudy(checked, { space: [{ ...study.space[0], min: 0.01 }], trials: 50, guesses: [{ rate: 0.02 }] }, 0);
    expect([narrowed.space[0], narrowed.trials, narrowed.guesses]).toMatchObject([{ min: 0.01, max: 0.1 }, 50, [{ rate: 0.02 }]]);
    expect(() => editedStudy(checked, { space: [{ ...study.space[0], paths: ["seed"] }] }, 0)).toThrow("must stay");
    expect(() => editedStudy(checked, { objectives: [] }, 0)).toThrow("must be one of the fields that can change");
  });
});

describe("a trial's values", () => {
  const objective = (change: unknown) => objectiveSchema.parse(Object(change));
  const measured = { series: { "validation.loss": [3, 1, Number.NaN, 2], "validation.accuracy": [0.2, 0.7, 0.8, 0.9] }, trainingTime: 5, parameterCount: 99 };

  it("are read at the best epoch of the first metric, at the last epoch, or as the mean of the last ones", () => {
    const read = (...changes: readonly unknown[]) => readValues(changes.map(objective), measured);
    expect(read({ metric: "validation.loss" }, { metric: "validation.accuracy" })).toEqual([1, 0.7]);
    expect(read({ metric: "validation.accuracy" }, { metric: "validation.loss" })).toEqual([0.9, 2]);
    expect(read({ metric: "validation.accuracy", read: "last" })).toEqual([0.9]);
    expect(read({ metric: "validation.accuracy", read: "mean", last: 2 })).toEqual([expect.closeTo(0.85, 12)]);
    expect(read({ metric: "validation.loss", read: "mean", last: 2 })).toEqual([null]);
    expect(read({ metric: "trainingTime" }, { metric: "parameterCount" })).toEqual([5, 99]);
  });
});
