/** A recipe in a file: by itself, or beside the title of a starter. */
import { isRecord } from "../kit/record.ts";

/** @param value of the file's JSON; what is no starter is returned as it is */
export function recipeInFile(value: unknown): unknown {
  return isRecord(value) && !Array.isArray(value) && "recipe" in value && !("model" in value) ? value.recipe : value;
}
