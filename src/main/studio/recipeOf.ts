/** The stored recipe of a run, parsed and validated. */
import { Fault } from "../../shared/kit/fault.ts";
import type { Recipe } from "../../shared/recipe/recipe.ts";
import { requireRecipe } from "../../shared/recipe/validate.ts";
import type { History } from "../history/history.ts";

/** @throws Fault that names the run, if its recipe is damaged or not supported by this version */
export function recipeOf({ runs, recipes }: History, key: number, id: string): Recipe {
  try {
    return requireRecipe(recipes.read(runs.internals(key).recipe));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw new Fault(
      error.kind,
      error.problems.map((problem) => ({ ...problem, place: `run ${id}, ${problem.place}` })),
      { cause: error },
    );
  }
}
