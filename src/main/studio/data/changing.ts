/** Chooses the run to show first in "what the network saw". */
import { Fault } from "../../../shared/kit/fault.ts";
import { changesSamples } from "../../../shared/recipe/augmentation.ts";
import type { History } from "../../history/history.ts";
import { recipeOf } from "../recipeOf.ts";

/** Number of newest runs examined; reading a recipe takes a fraction of a millisecond. */
const LOOKED_AT = 200;

/** The id of the newest started run that changes its samples; runs with unreadable recipes are skipped. */
export function newestChanging(history: History): string | null {
  const found = history.runs.begun(LOOKED_AT).find(({ key, id }) => {
    try {
      return changesSamples(recipeOf(history, key, id));
    } catch (error) {
      if (error instanceof Fault) return false;
      throw error;
    }
  });
  return found?.id ?? null;
}
