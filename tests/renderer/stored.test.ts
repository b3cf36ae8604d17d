/** What a browser keeps across reloads is read through its schema: what is damaged is as at the beginning, and the rest stays. */
import { expect, it } from "vitest";
import { readPreferences } from "../../src/renderer/app/storedPreferences.ts";
import { readComparison } from "../../src/renderer/features/augment/storedComparison.ts";
import { requireRecipe } from "../../src/shared/recipe/validate.ts";
import { starterFile } from "../recipe/starters.ts";

it("preferences keep every field that fits, and only those", () => {
  const first = {
    language: "en",
    xAxis: "step",
    logLoss: false,
    smoothing: 0.6,
    recipeAsJson: false,
    formWidth: null,
    showsNext: true,
    folds: {},
    runColumns: null,
  };
  for (const stored of [null, undefined, 7, "x", []]) expect(readPreferences(stored, "en-GB")).toEqual(first);
  expect(readPreferences(null, "ko-KR").language).toBe("ko");
  const set = {
    language: "ko",
    xAxis: "epoch",
    logLoss: true,
    smoothing: 0.2,
    recipeAsJson: true,
    formWidth: 500,
    showsNext: false,
    folds: { "section:model": false },
    runColumns: ["name", "recipe:optimizer.lr"],
  };
  expect(readPreferences(set, "en")).toEqual(set);
  const damaged = { ...set, language: "fr", smoothing: 7, formWidth: "wide", folds: { "section:model": "open" }, runColumns: [], later: 1 };
  expect(readPreferences(damaged, "en")).toEqual({ ...set, language: "en", smoothing: 0.6, formWidth: null, folds: {}, runColumns: null });
});

it("a comparison is read with its recipe, one of an earlier version too; what does not fit is none", () => {
  const recipe = requireRecipe(starterFile("iris-mlp").recipe);
  const comparison = { recipe, validation: 9, training: 42, pairs: [{ seed: 1, with: "a", without: "b" }] };
  expect(readComparison({ comparison })).toEqual(comparison);
  expect(readComparison({ comparison: { ...comparison, recipe: { ...recipe, format: 1 } } })).toEqual(comparison);
  for (const stored of [null, {}, { comparison: null }, { comparison: { ...comparison, pairs: [{ seed: 1 }] } }, { comparison: { ...comparison, recipe: {} } }])
    expect(readComparison(stored)).toBeNull();
});
