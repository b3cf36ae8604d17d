/** How trials compare by their first objective, whatever became of them. */
import type { Observation } from "./sampler.ts";

/** Whether a trial has ended with a value. */
export function hasResult({ state, values }: Observation): boolean {
  return values !== null && (state === "completed" || state === "pruned");
}

/**
 * Negative where a is better. Completed trials come before pruned ones, and among these the one that got further is better (as in Optuna); then the value
 * decides, where NaN is worst. Trials without a value come last.
 */
export function compareResults(a: Observation, b: Observation): number {
  const [left, right] = [classOf(a), classOf(b)];
  if (left !== right) return left - right;
  if (a.state === "pruned" && a.progress !== b.progress) return b.progress - a.progress;
  const [x, y] = [firstValue(a), firstValue(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function classOf(observation: Observation): number {
  return hasResult(observation) ? (observation.state === "completed" ? 0 : 1) : 2;
}

/** The value of the first objective; infinite where there is none and for NaN. */
export function firstValue({ values }: Observation): number {
  const value = values?.[0] ?? Number.NaN;
  return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
}
