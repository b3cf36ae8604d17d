/** A regression has its own defaults for what depends on the target; what is written is judged as ever. */
import { describe, expect, test } from "vitest";
import { checkRecipe } from "../../src/main/studio/check.ts";
import { fieldAt, recipeFields } from "../../src/shared/recipe/fields.ts";
import { fieldsFor } from "../../src/shared/recipe/taskDefaults.ts";
import { parseRecipe, requireRecipe } from "../../src/shared/recipe/validate.ts";
import { scratchFolder } from "../data/files.ts";
import { english } from "../helpers/english.ts";

const scratch = scratchFolder();
const REGRESSION = { metrics: ["r2", "meanAbsoluteError"], stratified: false };
const CLASSIFICATION = { metrics: ["accuracy"], stratified: true };

const recipeOf = (source: object, loss: string, more: object = {}) => ({
  data: { source },
  model: { layers: [{ type: "dense", units: 8 }, { type: "relu" }, { type: "dense", units: loss === "softmaxCrossEntropy" ? 2 : 1 }] },
  loss: { type: loss },
  optimizer: { type: "adam" },
  ...more,
});
const table = (more: object = {}) => ({ type: "csv", path: "a.csv", target: "price", ...more });
const defaultsOf = (input: unknown) => {
  const { metrics, data } = requireRecipe(input);
  return { metrics, stratified: data.split.stratified };
};

describe("defaults by what is predicted", () => {
  test.each([
    ["a regression's loss on a data set that comes along", recipeOf({ type: "shipped", name: "diabetes" }, "meanSquaredError"), REGRESSION],
    ["another loss", recipeOf({ type: "shipped", name: "diabetes" }, "huber"), REGRESSION],
    ["a table's task", recipeOf(table({ task: "regression" }), "meanAbsoluteError"), REGRESSION],
    ["a classification's loss", recipeOf({ type: "shipped", name: "iris" }, "softmaxCrossEntropy"), CLASSIFICATION],
    ["a table of classes", recipeOf(table({ task: "classification" }), "softmaxCrossEntropy"), CLASSIFICATION],
    ["two classes", recipeOf(table(), "binaryCrossEntropy"), CLASSIFICATION],
    ["a loss that is none", recipeOf({ type: "shipped", name: "iris" }, "hinge"), CLASSIFICATION],
  ])("%s", (_, input, expected) => {
    expect(defaultsOf(input)).toEqual(expected);
  });

  test("what is written stays, beside a split that says something else, and undefined is nothing written", () => {
    const source = { type: "shipped", name: "diabetes" };
    const split = { validation: 0.2, method: { type: "kFold", folds: 3 } };
    const { data, metrics } = requireRecipe({ ...recipeOf(source, "huber"), data: { source, split }, metrics: ["rootMeanSquaredError"] });
    expect([data.split.stratified, data.split.validation, data.split.method.type, metrics]).toEqual([false, 0.2, "kFold", ["rootMeanSquaredError"]]);
    expect(defaultsOf({ ...recipeOf(source, "huber"), metrics: undefined })).toEqual(REGRESSION);
    expect(requireRecipe({ ...recipeOf(source, "huber"), metrics: [] }).metrics).toEqual([]);
  });

  test("a source without a task takes the loss's, and one that says it keeps it", () => {
    const taskOf = (source: object, loss: string) => Reflect.get(requireRecipe(recipeOf(source, loss)).data.source, "task");
    expect(taskOf(table(), "meanSquaredError")).toBe("regression");
    expect(taskOf(table(), "focal")).toBe("classification");
    expect(taskOf({ type: "npy", samples: "x.npy", labels: "y.npy" }, "huber")).toBe("regression");
    expect(taskOf(table({ task: "classification" }), "meanSquaredError")).toBe("classification");
    expect(taskOf({ type: "idx", samples: "x", labels: "y" }, "meanSquaredError")).toBeUndefined();
  });

  test("what is no recipe is told as ever", () => {
    for (const input of [undefined, null, 3, "text", [], {}, { loss: 1 }, { loss: { type: "constructor" } }, { data: [], loss: { type: "huber" } }])
      expect(parseRecipe(input).recipe).toBeNull();
    const { problems } = parseRecipe({ ...recipeOf(table(), "huber"), data: { source: table(), split: 3 } });
    expect(problems.map(({ place }) => place)).toEqual(["data.split"]);
  });

  test("the form and the messages know them", () => {
    const input = recipeOf({ type: "shipped", name: "diabetes" }, "meanSquaredError");
    expect(fieldAt(["metrics"], input, fieldsFor(input))?.default).toEqual(REGRESSION.metrics);
    expect(fieldAt(["data", "split", "stratified"], input, fieldsFor(input))?.default).toBe(false);
    expect(fieldsFor(input)).toBe(fieldsFor(recipeOf(table({ task: "regression" }), "huber")));
    expect(fieldsFor(recipeOf({ type: "shipped", name: "iris" }, "softmaxCrossEntropy"))).toBe(recipeFields);
    const { problems } = parseRecipe({ ...input, data: { ...input.data, split: { stratified: "no" } } });
    expect(english(problems[0]?.remedy)).toBe("Correct it, or leave it out for the default, false.");
  });
});

describe("a recipe of a source, a model and a loss", () => {
  test("of a regression can be started and written as a script", async () => {
    const file = scratch.write("prices.csv", `rooms,price\n${Array.from({ length: 40 }, (_, row) => `${row % 7},${100 + 13.5 * row}`).join("\n")}\n`);
    for (const source of [
      { type: "csv", path: file, target: "price" },
      { type: "shipped", name: "diabetes" },
    ]) {
      const checked = await checkRecipe({ ...recipeOf(source, "meanSquaredError"), batch: { size: 8 } });
      expect(english(checked.problems)).toEqual([]);
      expect(checked.startable?.recipe.metrics).toEqual(REGRESSION.metrics);
    }
  });

  test("what is written wrong is an error still", async () => {
    const input = recipeOf({ type: "shipped", name: "diabetes" }, "meanSquaredError", { metrics: ["accuracy"] });
    const wrong = await checkRecipe({ ...input, data: { ...input.data, split: { stratified: true } } });
    expect(wrong.problems.map(({ place }) => place)).toEqual(["metrics[0]", "data.split.stratified"]);
  });
});
