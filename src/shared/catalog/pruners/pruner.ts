/**
 * The definition of a pruner: which trials end before their last epoch. One file each.
 *
 * A pruner is a pure function of the curves so far, so a study that was killed decides exactly as it would have decided.
 */
import type { z } from "zod";
import type { Words } from "../../kit/words.ts";

/** What a trial has reported of the first objective: by epoch in its first repeat, or one value per repeat ({@link PrunerDefinition.over}). */
export interface Curve {
  /** The trial's number in its study, from 0. */
  readonly trial: number;
  /** `pruned` has ended early and may be continued; `ended` is completed or failed. */
  readonly state: "running" | "pruned" | "ended";
  /** In order and without gaps: `values[0]` is that of epoch (or repeat) 1. Smaller is better; NaN is worst. */
  readonly values: readonly number[];
}

export interface PrunerTask {
  /** The curve of every trial that was proposed, by number, those without a value and that of the trial in question included. */
  readonly curves: readonly Curve[];
  /** Number of trials that the study will have in all: halving in brackets needs to know how large the last one is. */
  readonly trials: number;
  /** Epochs (or repeats) of a trial that is not pruned. */
  readonly length: number;
  readonly seed: number;
}

export interface PrunerDefinition<C = never> {
  /** Display name. */
  readonly title: Words;
  readonly summary: Words;
  /** Paper and equation. */
  readonly source: string;
  readonly schema: z.ZodType<C>;
  /** What its curves count: the epochs of a training, or the repeats of a trial over seeds or folds. */
  readonly over: "epochs" | "repeats";
  /** Why it cannot work on trials of this length, as a clause after "must …"; null where it can. */
  misfit?(config: C, length: number): Words | null;
  /** Whether the trial with this number ends at its last reported epoch. Asked after every epoch (or repeat) but the last. */
  prunes(task: PrunerTask, config: C, trial: number): boolean;
  /** A pruned trial that should be continued before a new one is started; null for none. Asked also when no new trial is left. */
  continues?(task: PrunerTask, config: C): number | null;
  /** Non-default settings for documentation and tests; together they must change every field. */
  readonly samples: readonly Readonly<Record<string, unknown>>[];
}
