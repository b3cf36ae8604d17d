/** Which trials count as good. */
import { at } from "../../../kit/fault.ts";
import { compareResults, hasResult } from "../results.ts";
import type { Observation } from "../sampler.ts";

export interface Ranking {
  /** The best trials, and all others, each from the oldest to the newest. */
  readonly good: readonly Observation[];
  readonly bad: readonly Observation[];
}

/** Number of trials that the sampler can learn from: those with a result that is a number. */
export function learnedCount(observations: readonly Observation[]): number {
  return observations.filter((each) => hasResult(each) && !Number.isNaN(each.values?.[0] ?? Number.NaN)).length;
}

/**
 * The best tenth of the trials with a result, at most 25. Completed trials come before pruned ones, and those that were pruned later before those that
 * were pruned earlier, as in Optuna. Failed trials and those that run are bad: so parallel trials keep away from one another (the "constant liar").
 */
export function rank(observations: readonly Observation[]): Ranking {
  const count = Math.min(25, Math.ceil(0.1 * learnedCount(observations)));
  const order = observations.map((_, i) => i).sort((a, b) => compareResults(at(observations, a), at(observations, b)) || a - b);
  const best = new Set(order.slice(0, count));
  return { good: observations.filter((_, i) => best.has(i)), bad: observations.filter((_, i) => !best.has(i)) };
}
