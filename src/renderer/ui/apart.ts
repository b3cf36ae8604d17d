/** What tells a run from others of its name, in the words of the window: "nesterov", "lr 0.1", "seed 2", "fold 3 of 5". */
import type { TFunction } from "i18next";
import type { RunSummary } from "../../shared/contract/runs.ts";
import { type Difference, differenceText } from "../../shared/recipe/differences.ts";

/** @param differences undefined where the run has its name for itself */
export function apartText({ id }: Pick<RunSummary, "id">, differences: readonly Difference[] | undefined, t: TFunction): readonly string[] {
  if (differences === undefined) return [];
  // Runs of equal recipes are told apart by what the command line calls them.
  if (differences.length === 0) return [id];
  const words = {
    fold: (number: number, of: number) => t("runs.apart.fold", { number, of }),
    layers: (count: number) => t("runs.apart.layers", { count }),
    none: t("runs.apart.none"),
  };
  return differences.map((difference) => differenceText(difference, words));
}
