/** How a run differs from others of the same name, in the window's language: "nesterov", "lr 0.1", "seed 2", "fold 3 of 5". */
import type { TFunction } from "i18next";
import type { RunSummary } from "../../shared/contract/runs.ts";
import { type Difference, differenceText } from "../../shared/recipe/differences.ts";

/** @param differences undefined if no other run has this name */
export function apartText({ id }: Pick<RunSummary, "id">, differences: readonly Difference[] | undefined, t: TFunction): readonly string[] {
  if (differences === undefined) return [];
  // Runs with equal recipes are distinguished by their id, as on the command line.
  if (differences.length === 0) return [id];
  const words = {
    fold: (number: number, of: number) => t("runs.apart.fold", { number, of }),
    layers: (count: number) => t("runs.apart.layers", { count }),
    none: t("runs.apart.none"),
  };
  return differences.map((difference) => differenceText(difference, words));
}
