/** The recipe of a trial, and of each of its repeats. */
import type { Point } from "../../shared/catalog/samplers/space.ts";
import { at } from "../../shared/kit/fault.ts";
import type { DatasetFacts } from "../../shared/recipe/facts.ts";
import { foldRecipes } from "../../shared/recipe/foldRuns.ts";
import type { Recipe } from "../../shared/recipe/recipe.ts";
import { requireRecipe } from "../../shared/recipe/validate.ts";
import { applyPoint } from "../../shared/tuning/apply.ts";
import type { CheckedStudy } from "../../shared/tuning/checkStudy.ts";

/**
 * The study's recipe at a point, with the study's threads. Not validated.
 * @throws Fault (usage) if a path does not exist at this point
 */
export function recipeAt(study: CheckedStudy, point: Point): unknown {
  const { recipe, parallel } = study;
  const device = { ...recipe.device, threads: parallel.threads };
  return applyPoint({ ...recipe, name: study.name, device }, study.space, point);
}

/**
 * The recipe of one repeat of a trial.
 * @param seeds for a confirmation: the seed of each repeat
 * @throws Fault if the recipe is not valid
 */
export function repeatRecipe(
  study: CheckedStudy,
  trial: { readonly number: number; readonly point: Point },
  place: number,
  facts: DatasetFacts,
  seeds: readonly number[] | null = null,
): Recipe {
  const recipe = requireRecipe(recipeAt(study, trial.point));
  const name = `${study.name} · trial ${trial.number}`;
  if (seeds !== null) return { ...recipe, name, seed: at(seeds, place) };
  switch (study.repeats.type) {
    case "none":
      return { ...recipe, name };
    case "seeds":
      return { ...recipe, name, seed: recipe.seed + place };
    case "folds":
      return at(foldRecipes({ ...recipe, name }, facts), place);
  }
}
