/** Whether a recipe's loss uses the standardized target, so that the loss is in standard deviations while metrics are in the target's own unit. */
import { lossDefinition } from "./definitions.ts";
import type { Recipe } from "./recipe.ts";

export function learnsStandardizedTargets({ data, loss }: Pick<Recipe, "data" | "loss">): boolean {
  return lossDefinition(loss).task === "regression" && data.standardizeTargets;
}
