/** Reads a recipe from the JSON of a file, which may be a recipe or a starter (a recipe with a title). */
import { isRecord } from "../kit/record.ts";

/** @param value parsed JSON; if it is no starter, it is returned unchanged */
export function recipeInFile(value: unknown): unknown {
  return isRecord(value) && !Array.isArray(value) && "recipe" in value && !("model" in value) ? value.recipe : value;
}
