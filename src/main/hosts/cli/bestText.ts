/** Text about a run's best epoch: the metric that decided, and whose weights were tested. */
import type { RunSummary } from "../../../shared/contract/runs.ts";
import { testedWeights } from "../../../shared/recipe/best.ts";

/** `12 of 20 by validation.loss, whose weights were tested`; null if there is no best epoch. */
export function bestEpochText({ best, test, totalEpochs }: Pick<RunSummary, "best" | "test" | "totalEpochs">): string | null {
  if (best === null) return null;
  const chosen = `${best.epoch} of ${totalEpochs} by ${best.by}`;
  if (Object.keys(test).length === 0) return chosen;
  return testedWeights(best) === "best" ? `${chosen}, whose weights were tested` : `${chosen}; the last epoch's weights were tested`;
}
