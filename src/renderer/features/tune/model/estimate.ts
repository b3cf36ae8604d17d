/** How long a study will take, from an earlier run of its recipe. */
import type { RunSummary } from "../../../../shared/contract/runs.ts";
import { getAt } from "../../../forms/path.ts";

export interface Estimate {
  readonly ms: number;
  /** The run that it comes from. */
  readonly run: string;
}

/**
 * The time of the latest completed run of the same name, on the same data, for as many epochs, times the trainings of the study over the trials at
 * once; null if there is no such run.
 */
export function estimateOf(recipe: unknown, study: unknown, parallelTrials: number, runs: readonly RunSummary[]): Estimate | null {
  const number = (path: readonly string[], fallback: number) => {
    const value = getAt(study, path);
    return typeof value === "number" ? value : fallback;
  };
  const name = getAt(recipe, ["name"]);
  const epochs = getAt(recipe, ["budget", "epochs"]);
  const dataset = getAt(recipe, ["data", "source", "name"]);
  const like = runs.find(
    (run) =>
      run.status === "completed" && run.name === name && run.totalEpochs === epochs && (dataset === undefined || run.dataset === dataset) && run.activeMs > 0,
  );
  if (like === undefined) return null;
  const repeats = getAt(study, ["repeats", "type"]);
  const trainings =
    repeats === "seeds" ? number(["repeats", "count"], 3) : repeats === "folds" ? Number(getAt(recipe, ["data", "split", "method", "folds"]) ?? 5) : 1;
  const trials = number(["trials"], 30) + number(["baseline"], 0);
  return { ms: (like.activeMs * trials * trainings) / Math.max(1, parallelTrials), run: like.name };
}
