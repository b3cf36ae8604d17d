/**
 * Recipes of earlier versions, brought to today's. A recipe says its version in `format`; one that says none is of today's.
 *
 * How to rename, move or remove a field, or to give a new one a default that changes what earlier recipes mean: write the step in a new file
 * (`2to3.ts`), add it to the end of the list, and add a recipe that the version before really wrote to tests/recipe/migrations/.
 */
import { isRecord } from "../../kit/record.ts";
import { from1to2 } from "./1to2.ts";

type PlainRecord = Readonly<Record<string, unknown>>;
/** A recipe of one version as one of the next: parsed JSON, which may be wrong. What the step does not know, it leaves as it is. */
type Step = (recipe: PlainRecord) => PlainRecord;

/** Oldest first: the first leads from version 1 to version 2. */
export const steps: readonly Step[] = [from1to2];

/** The version that this code writes. */
export const RECIPE_FORMAT = steps.length + 1;

/**
 * The recipe in today's form. What is of today's version already, of a later one or no recipe at all comes back as it is.
 * @param input parsed JSON, not validated
 */
export function upgradeRecipe(input: unknown): unknown {
  if (!isRecord(input)) return input;
  const version = input.format;
  if (typeof version !== "number" || !Number.isInteger(version) || version < 1 || version >= RECIPE_FORMAT) return input;
  const upgraded = steps.slice(version - 1).reduce((recipe: PlainRecord, step) => step(recipe), input);
  return { ...upgraded, format: RECIPE_FORMAT };
}

/** Whether a recipe says that it is of a version later than this code's. */
export function isNewerRecipe(input: unknown): boolean {
  return isRecord(input) && typeof input.format === "number" && input.format > RECIPE_FORMAT;
}
