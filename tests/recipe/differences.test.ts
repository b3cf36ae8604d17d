/** What tells runs of one name apart. */
import { describe, expect, it } from "vitest";
import { type DifferenceWords, differencesAmong, differenceText } from "../../src/shared/recipe/differences.ts";
import { recipeFields } from "../../src/shared/recipe/fields.ts";
import { leafFields, valueAt } from "../../src/shared/recipe/leaves.ts";
import type { RecipeInput } from "../../src/shared/recipe/recipe.ts";
import { requireRecipe } from "../../src/shared/recipe/validate.ts";

const words: DifferenceWords = { fold: (number, of) => `fold ${number} of ${of}`, layers: (count) => `${count} layers`, none: "none" };

const base: RecipeInput = {
  name: "moons",
  seed: 1,
  data: { source: { type: "shipped", name: "iris" } },
  model: { layers: [{ type: "dense", units: 8 }, { type: "relu" }, { type: "dense", units: 3 }] },
  loss: { type: "softmaxCrossEntropy" },
  optimizer: { type: "sgd", lr: 0.1 },
};

function textsOf(...changes: readonly Partial<RecipeInput>[]): readonly (readonly string[])[] {
  return differencesAmong(changes.map((change) => requireRecipe({ ...base, ...change }))).map((each) => each.map((one) => differenceText(one, words)));
}

describe("runs of one name", () => {
  it("are told apart by the optimizer and by what both optimizers have", () => {
    expect(textsOf({}, { optimizer: { type: "nesterov", lr: 0.05 } })).toEqual([
      ["lr 0.1", "sgd"],
      ["lr 0.05", "nesterov"],
    ]);
  });

  it("are told apart by seeds and folds", () => {
    expect(textsOf({ seed: 1 }, { seed: 2 }, { seed: 3 })).toEqual([["seed 1"], ["seed 2"], ["seed 3"]]);
    const fold = (number: number) => ({ data: { ...base.data, split: { method: { type: "kFold" as const, folds: 5, fold: number } } } });
    expect(textsOf(fold(0), fold(2))).toEqual([["fold 1 of 5"], ["fold 3 of 5"]]);
    const repeated = (number: number) => ({
      data: { ...base.data, split: { method: { type: "repeatedKFold" as const, folds: 5, repeats: 3, fold: number } } },
    });
    expect(textsOf(repeated(0), repeated(14))[1]).toEqual(["fold 15 of 15"]);
  });

  it("name what splits them into the most groups first", () => {
    const [first, , third] = textsOf({ batch: { size: 16 }, seed: 1 }, { batch: { size: 16 }, seed: 2 }, { batch: { size: 32 }, seed: 3 });
    expect(first).toEqual(["seed 1", "batch 16"]);
    expect(third).toEqual(["seed 3", "batch 32"]);
  });

  it("differ in a layer, or in how many layers there are", () => {
    const layers = (units: number, more: boolean): Partial<RecipeInput> => ({
      model: { layers: [{ type: "dense", units }, { type: "relu" }, ...(more ? [{ type: "relu" as const }] : []), { type: "dense", units: 3 }] },
    });
    expect(textsOf(layers(8, false), layers(64, false))).toEqual([["layers[0] units 8"], ["layers[0] units 64"]]);
    expect(textsOf(layers(8, false), layers(64, true))).toEqual([["3 layers"], ["4 layers"]]);
  });

  it("have nothing to tell where they are equal but for what they are called", () => {
    expect(textsOf({}, { description: "again" })).toEqual([[], []]);
    expect(textsOf({})).toEqual([[]]);
  });

  it("show false, 0, nothing and a field that is not there apart", () => {
    const text = (value: unknown) => differenceText({ path: "gradient.clipNorm", value }, words);
    expect([false, 0, "", undefined, 0.1 + 0.2].map(text)).toEqual(["clipNorm false", "clipNorm 0", 'clipNorm ""', "clipNorm none", "clipNorm 0.3"]);
  });
});

describe("the leaves of a recipe", () => {
  it("are every field with a value, of every choice", () => {
    const paths = leafFields().map(({ path }) => path);
    for (const path of [
      "seed",
      "optimizer.type",
      "optimizer.lr",
      "optimizer.momentum",
      "batch.size",
      "model.layers",
      "data.split.method.fold",
      "budget.epochs",
    ])
      expect(paths).toContain(path);
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths).not.toContain("optimizer");
    for (const { path, schemas } of leafFields()) expect(schemas, path).toHaveLength(path.split(".").length);
    expect(leafFields(recipeFields.properties?.["batch"]).map(({ path }) => path)).toEqual(["size", "accumulate", "dropLast"]);
  });

  it("are found in a recipe, and what is not there is not made up", () => {
    const recipe = requireRecipe(base);
    expect(valueAt(recipe, "optimizer.lr")).toBe(0.1);
    expect(valueAt(recipe, "batch.dropLast")).toBe(false);
    expect(valueAt(recipe, "optimizer.beta1")).toBeUndefined();
    expect(valueAt(recipe, "optimizer.constructor")).toBeUndefined();
    expect(valueAt(recipe, "model.layers")).toHaveLength(3);
  });
});
