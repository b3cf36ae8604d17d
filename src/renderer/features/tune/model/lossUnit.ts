/** The unit of a study's loss, for its axes. */
import type { Words } from "../../../../shared/kit/words.ts";
import { lossUnitWords } from "../../../../shared/recipe/lossUnit.ts";
import { parseRecipe } from "../../../../shared/recipe/validate.ts";
import type { Study } from "../../../../shared/tuning/study.ts";

/** Fields that decide it: a study that searches over one of them has no single unit. */
const DECIDING = /^(loss|data)\b/;

/** Null where it differs between trials, or where an imported study has no recipe. */
export function lossUnitOf({ recipe: given, space }: Pick<Study, "recipe" | "space">): Words | null {
  if (space.some(({ paths }) => paths.some((path) => DECIDING.test(path)))) return null;
  const { recipe } = parseRecipe(given);
  return recipe === null ? null : lossUnitWords(recipe).short;
}
