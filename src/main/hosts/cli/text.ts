/** What only the command line says; numbers, times and sizes are in shared/text/. */
import { lossUnitWords } from "../../../shared/recipe/lossUnit.ts";
import type { Recipe } from "../../../shared/recipe/recipe.ts";
import { learnsStandardizedTargets } from "../../../shared/recipe/targetScale.ts";

/** What a loss is measured in; said at more length where metrics and predictions are in another unit. */
export function lossUnitText(recipe: Recipe): string {
  const unit = lossUnitWords(recipe).long.en;
  return learnsStandardizedTargets(recipe)
    ? `The loss is of the standardized target, in ${unit}; the metrics are in the target's own unit.`
    : `The loss is in ${unit}.`;
}

/** A text as one word of a shell's command line. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
