/** One recipe a fold: together they validate every sample as often as the method says, and nothing else differs. */
import { describe, expect, test } from "vitest";
import { makeSplit } from "../../src/main/data/split.ts";
import { at, Fault } from "../../src/shared/kit/fault.ts";
import { foldRecipes, foldRunsPrefix, MOST_FOLD_RUNS, ownRuns } from "../../src/shared/recipe/foldRuns.ts";
import type { Recipe, RecipeInput } from "../../src/shared/recipe/recipe.ts";
import { requireRecipe } from "../../src/shared/recipe/validate.ts";

type Split = NonNullable<RecipeInput["data"]["split"]>;

const LENGTH = 60;
const lengths = { length: LENGTH, givenTest: 0 };

function recipeWith(split: Split, name = "iris"): Recipe {
  return requireRecipe({
    name,
    seed: 7,
    data: { source: { type: "shipped", name: "iris" }, split },
    model: { layers: [{ type: "dense", units: 3 }] },
    loss: { type: "softmaxCrossEntropy" },
    optimizer: { type: "sgd" },
  });
}

/** How often each sample is in the validation part of one of the runs; -1 for those of the test part. */
function validations(recipes: readonly Recipe[]): number[] {
  const times = Array<number>(LENGTH).fill(0);
  const targets = Int32Array.from({ length: LENGTH }, (_, i) => i % 3);
  for (const { data, seed } of recipes) {
    const { validation, test } = makeSplit({ ...lengths, target: "classification", targets }, data.split, seed);
    for (const index of validation) times[index] = at(times, index) + 1;
    for (const index of test) times[index] = -1;
  }
  return times;
}

function faultOf(work: () => unknown): Fault {
  try {
    work();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error("no fault");
}

describe("foldRecipes", () => {
  test.each<[string, Split, number, number]>([
    ["k-fold", { test: 0.2, method: { type: "kFold", folds: 5, fold: 3 } }, 5, 1],
    ["repeated k-fold", { test: 0.2, method: { type: "repeatedKFold", folds: 4, repeats: 3 } }, 12, 3],
    ["leave-one-out", { test: 0.2, method: { type: "leaveOneOut" } }, 48, 1],
  ])("%s validates every sample beside the test part equally often", (_, split, runs, times) => {
    const recipe = recipeWith(split);
    const recipes = foldRecipes(recipe, lengths);
    expect(recipes).toHaveLength(runs);
    expect(ownRuns(recipe.data.split, lengths)).toBe(runs);
    const counted = validations(recipes);
    expect(counted.filter((count) => count === times)).toHaveLength(48);
    expect(counted.filter((count) => count === -1)).toHaveLength(12);
  });

  test("differ in nothing but the fold and the name, and leave the recipe as it was", () => {
    const recipe = recipeWith({ method: { type: "kFold", folds: 3, fold: 1 } });
    const before = JSON.stringify(recipe);
    const recipes = foldRecipes(recipe, lengths);
    expect(recipes.map(({ name }) => name)).toEqual(["iris · fold 1/3", "iris · fold 2/3", "iris · fold 3/3"]);
    for (const [index, each] of recipes.entries()) {
      expect(each.data.split.method).toEqual({ type: "kFold", folds: 3, fold: index });
      expect({ ...each, name: recipe.name, data: { ...each.data, split: recipe.data.split } }).toEqual(recipe);
      expect(each.name.startsWith(foldRunsPrefix(recipe))).toBe(true);
      // What a start takes.
      expect(requireRecipe(each)).toEqual(each);
    }
    expect(JSON.stringify(recipe)).toBe(before);
  });

  test("a recipe that was a fold is not named twice", () => {
    const [first] = foldRecipes(recipeWith({ method: { type: "kFold", folds: 3 } }, "iris · fold 2/5"), lengths);
    expect(first?.name).toBe("iris · fold 1/3");
  });

  test("as many rounds of the bootstrap as asked for, each with another bag", () => {
    const recipe = recipeWith({ method: { type: "bootstrap", round: 9 } });
    const recipes = foldRecipes(recipe, lengths, 4);
    expect(recipes.map(({ data }) => data.split.method)).toEqual([0, 1, 2, 3].map((round) => ({ type: "bootstrap", round })));
    expect(recipes[3]?.name).toBe("iris · round 4/4");
    expect(foldRunsPrefix(recipe)).toBe("iris · round");
    expect(new Set(recipes.map((each) => validations([each]).join())).size).toBe(4);
    expect(ownRuns(recipe.data.split, lengths)).toBeNull();
  });

  test("what cannot be is refused with the way out", () => {
    const refused = (split: Split, rounds: number | null = null, size = lengths) => {
      const fault = faultOf(() => foldRecipes(recipeWith(split), size, rounds));
      expect(fault.kind).toBe("usage");
      return fault.message;
    };
    for (const type of ["holdOut", "time"] as const) {
      expect(refused({ method: { type } })).toMatch(new RegExp(`data\\.split\\.method: .*"kFold", "repeatedKFold", "leaveOneOut" or "bootstrap".*"${type}"`));
      expect(ownRuns(recipeWith({ method: { type } }).data.split, lengths)).toBeNull();
    }
    expect(refused({ method: { type: "bootstrap" } })).toMatch(/how many rounds.*nothing/);
    expect(refused({ method: { type: "kFold", folds: 3 } }, 20)).toMatch(/"kFold", which has 3 runs; received 20/);
    expect(refused({ method: { type: "repeatedKFold", folds: 101, repeats: 10 } })).toMatch(/at most 1000 runs.*received 1010/);
    expect(refused({ method: { type: "bootstrap" } }, MOST_FOLD_RUNS + 1)).toMatch(/at most 1000 runs.*received 1001/);
    expect(refused({ test: 0.2, method: { type: "leaveOneOut" } }, null, { length: 70_000, givenTest: 0 })).toMatch(
      /at most 1000 runs.*received 56000.*"kFold"/,
    );
    expect(foldRecipes(recipeWith({ method: { type: "repeatedKFold", folds: 100, repeats: 10 } }), lengths)).toHaveLength(MOST_FOLD_RUNS);
  });
});
