/** Which run to look at first where a person asks what the network saw. */
import { Fault } from "../../../shared/kit/fault.ts";
import { changesSamples } from "../../../shared/recipe/augmentation.ts";
import type { History } from "../../history/history.ts";
import { recipeOf } from "../recipeOf.ts";

/** Of the newest runs; a recipe takes a fraction of a millisecond to read. */
const LOOKED_AT = 200;

/** The id of the newest run that has begun and changes its samples; a run whose recipe cannot be read is passed over. */
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
