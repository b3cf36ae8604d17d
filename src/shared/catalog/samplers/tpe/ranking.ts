/** Which trials count as good. */
import type { Observation } from "../sampler.ts";

export interface Ranking {
  /** The best trials, and all others, each from the oldest to the newest. */
  readonly good: readonly Observation[];
  readonly bad: readonly Observation[];
}

/** Number of trials that the sampler can learn from: those with a result. */
export function learnedCount(observations: readonly Observation[]): number {
  return observations.filter(({ state }) => state === "completed" || state === "pruned").length;
}

/**
 * The best tenth of the trials with a result, at most 25. Completed trials come before pruned ones, and those that were pruned later before those that
 * were pruned earlier, as in Optuna. Failed trials and those that run are bad: so parallel trials keep away from one another (the "constant liar").
 */
export function rank(observations: readonly Observation[]): Ranking {
  const count = Math.min(25, Math.ceil(0.1 * learnedCount(observations)));
  const order = observations.map((_, i) => i).sort((a, b) => compare(observations[a], observations[b]) || a - b);
  const best = new Set(order.slice(0, count));
  return { good: observations.filter((_, i) => best.has(i)), bad: observations.filter((_, i) => !best.has(i)) };
}

const CLASSES = { completed: 0, pruned: 1, failed: 2, running: 3 } as const;

function compare(a: Observation | undefined, b: Observation | undefined): number {
  if (a === undefined || b === undefined) return 0;
  const [left, right] = [classOf(a), classOf(b)];
  if (left !== right) return left - right;
  if (left === CLASSES.pruned && a.progress !== b.progress) return b.progress - a.progress;
  const [x, y] = [resultOf(a), resultOf(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** A result that is no number is a failure. */
function classOf({ state, values }: Observation): number {
  return state === "completed" && (values === null || Number.isNaN(values[0] ?? Number.NaN)) ? CLASSES.failed : CLASSES[state];
}

function resultOf({ values }: Observation): number {
  const value = values?.[0] ?? Number.NaN;
  return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
}
