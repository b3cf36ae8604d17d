/** How trials compare by their first objective, whatever became of them. */
import type { Observation } from "./sampler.ts";

/** Whether a trial has ended with a value. */
export function hasResult({ state, values }: Observation): boolean {
  return values !== null && (state === "completed" || state === "pruned");
}

const CLASSES = { completed: 0, pruned: 1, failed: 2, running: 3 } as const;

/**
 * Negative where a is better. Completed trials come before pruned ones, and those that were pruned later before those that were pruned earlier, as in
 * Optuna; then the value decides. A completed trial without a number counts as failed; failed trials and those that run come last.
 */
export function compareResults(a: Observation, b: Observation): number {
  const [left, right] = [classOf(a), classOf(b)];
  if (left !== right) return left - right;
  if (left === CLASSES.pruned && a.progress !== b.progress) return b.progress - a.progress;
  const [x, y] = [firstValue(a), firstValue(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function classOf({ state, values }: Observation): number {
  return state === "completed" && (values === null || Number.isNaN(values[0] ?? Number.NaN)) ? CLASSES.failed : CLASSES[state];
}

/** The value of the first objective; infinite where there is none and for NaN. */
export function firstValue({ values }: Observation): number {
  const value = values?.[0] ?? Number.NaN;
  return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
}
