/** A trial as it is recorded: what was proposed, what became of it. A study's further course depends on these records alone. */
import type { Point } from "../catalog/samplers/space.ts";

/**
 * `waiting` is a proposal whose training has not begun. `running` has begun and not ended; it goes on with its study. `pruned` ended early and may be
 * continued. `failed` carries its problems; it can be repeated. `stopped` was ended by the user.
 */
export type TrialState = "waiting" | "running" | "completed" | "pruned" | "failed" | "stopped";

export const TRIAL_STATES: readonly TrialState[] = ["waiting", "running", "completed", "pruned", "failed", "stopped"];

/** Who chose a trial's point. */
export type TrialOrigin = "sampler" | "guess" | "baseline" | "earlier" | "confirmation";

export const TRIAL_ORIGINS: readonly TrialOrigin[] = ["sampler", "guess", "baseline", "earlier", "confirmation"];

/** One value per objective, in its own unit and direction; null where it is not defined. */
export type Values = readonly (number | null)[];

export interface TrialRecord {
  /** From 0, in the order in which trials were proposed. */
  readonly number: number;
  readonly state: TrialState;
  readonly origin: TrialOrigin;
  readonly point: Point;
  /** The mean over the repeats; null before the first value. A pruned trial has what it reported last. */
  readonly values: Values | null;
  /** The values of each repeat that has ended. */
  readonly repeats: readonly Values[];
  /** Epochs of the first repeat (with a pruner over repeats: repeats) that have been reported and judged; a pruned trial ended at the last of them. */
  readonly progress: number;
  /** Trials that had not ended when this one was proposed: its sampler saw them as running. */
  readonly pending: readonly number[];
}

/** A point that the sampler proposed and that cannot be trained. It was replaced, and the sampler told that it is bad. */
export interface Rejection {
  /** Number of trials proposed before it. */
  readonly after: number;
  /** Whether it was one of the baseline's points. */
  readonly baseline: boolean;
  readonly point: Point;
}

/** Whether a trial belongs to the search: its number counts among the study's trials. */
export function isSearched({ origin }: Pick<TrialRecord, "origin">): boolean {
  return origin === "sampler" || origin === "guess";
}

export function hasEnded({ state }: Pick<TrialRecord, "state">): boolean {
  return state !== "waiting" && state !== "running";
}
