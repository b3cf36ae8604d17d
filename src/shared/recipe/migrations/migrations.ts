/**
 * Upgrades recipes of earlier versions to the current one. A recipe states its version in `format`; without it, it is of the current version.
 *
 * To rename, move or remove a field, or to add one with a default that changes what earlier recipes mean: write the step in a new file (`2to3.ts`),
 * append it to the list, and add a recipe that the previous version really wrote to tests/recipe/migrations/.
 */
import { isRecord } from "../../kit/record.ts";
import { from1to2 } from "./1to2.ts";

type PlainRecord = Readonly<Record<string, unknown>>;
/** Converts a recipe to the next version. The input is parsed JSON and may be invalid; a step leaves what it does not know unchanged. */
type Step = (recipe: PlainRecord) => PlainRecord;

/** Oldest first: the first step converts version 1 to version 2. */
export const steps: readonly Step[] = [from1to2];

/** The version that this code writes. */
export const RECIPE_FORMAT = steps.length + 1;

/**
 * The recipe in the current version. A recipe of the current or a later version, or a value that is no recipe, is returned unchanged.
 * @param input parsed JSON, not validated
 */
export function upgradeRecipe(input: unknown): unknown {
  if (!isRecord(input)) return input;
  const version = input.format;
  if (typeof version !== "number" || !Number.isInteger(version) || version < 1 || version >= RECIPE_FORMAT) return input;
  const upgraded = steps.slice(version - 1).reduce((recipe: PlainRecord, step) => step(recipe), input);
  return { ...upgraded, format: RECIPE_FORMAT };
}

/** Whether a recipe states a later version than this code knows. */
export function isNewerRecipe(input: unknown): boolean {
  return isRecord(input) && typeof input.format === "number" && input.format > RECIPE_FORMAT;
}
