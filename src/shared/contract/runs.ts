/** Runs and their results. Plain JSON values: they cross processes. */
import type { Problem } from "../kit/fault.ts";
import type { BestEpoch, ReachedValue } from "../recipe/best.ts";
import type { ModelPlan } from "../recipe/plan.ts";
import type { Recipe } from "../recipe/recipe.ts";

/**
 * `paused` and `stopped` were requested; `interrupted` means that the host or the trainer ended unexpectedly. All three can be resumed. `failed`
 * carries its problems.
 */
export type RunStatus = "queued" | "running" | "paused" | "stopped" | "interrupted" | "completed" | "failed";

export interface RunSummary {
  readonly id: string;
  readonly name: string;
  readonly status: RunStatus;
  /** Name of the data set. */
  readonly dataset: string;
  readonly recipeHash: string;
  readonly seed: number;
  readonly device: string;
  readonly optimizer: string;
  readonly parameterCount: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** Time spent in trainer processes over all starts, in milliseconds. */
  readonly activeMs: number;
  readonly step: number;
  readonly totalSteps: number;
  readonly epoch: number;
  readonly totalEpochs: number;
  /** Null before the first validation, and where the metric was never defined. */
  readonly best: BestEpoch | null;
  /** The best value of each validation series, with its epoch: `validation.accuracy` … The epoch may differ from that of `best`. */
  readonly reached: Readonly<Record<string, ReachedValue>>;
  /** The last value of each metric: `train.loss`, `validation.accuracy` … */
  readonly latest: Readonly<Record<string, number>>;
  /** Metrics of the final test evaluation: `test.accuracy` …; empty before it. */
  readonly test: Readonly<Record<string, number>>;
  /** Why it failed; empty otherwise. */
  readonly problems: readonly Problem[];
  /** At most 60 values of the validation loss (the training loss before the first epoch ends), for the sparkline. */
  readonly sparkline: readonly number[];
  /** The study, the number of the trial and the repeat within it, from 0; absent for a run of its own. */
  readonly of?: { readonly study: string; readonly trial: number; readonly place: number };
}

/** A run that waits for its turn. A trial of a study waits behind every run that the user started. */
export interface QueuedRun {
  readonly id: string;
  readonly rank: "user" | "trial";
}

export interface CheckpointInfo {
  readonly kind: "last" | "best";
  readonly file: string;
  readonly step: number;
  readonly epoch: number;
  readonly hash: string;
  readonly metrics: Readonly<Record<string, number>>;
}

export interface RunEvent {
  readonly at: number;
  readonly level: "info" | "warning" | "error";
  readonly text: string;
}

/** The number of samples in each part of a run's data. */
export type PartCounts = Readonly<Record<"train" | "validation" | "test", number>>;

export interface RunDetail extends RunSummary {
  readonly recipe: Recipe;
  readonly plan: ModelPlan;
  /** Null until the data is split, and if the stored split cannot be read. */
  readonly samples: PartCounts | null;
  readonly checkpoints: readonly CheckpointInfo[];
  readonly events: readonly RunEvent[];
}

export interface MetricPoint {
  readonly step: number;
  readonly epoch: number;
  readonly value: number;
}

export interface MetricSeries {
  readonly name: string;
  /** Number of points stored in the requested range; larger than `points` where down-sampled. */
  readonly total: number;
  readonly points: readonly MetricPoint[];
}

export interface RunProgress {
  readonly run: string;
  readonly status: RunStatus;
  readonly phase: "queued" | "preparing" | "compiling" | "training" | "evaluating" | "ended";
  readonly step: number;
  readonly totalSteps: number;
  readonly epoch: number;
  readonly totalEpochs: number;
  readonly stepsPerSecond: number | null;
  readonly samplesPerSecond: number | null;
  /** Milliseconds left at the current speed; null while unknown. */
  readonly remainingMs: number | null;
}

/** The events that a follower of a run receives, in order, until the run ends. */
export type FollowEvent =
  | { readonly type: "progress"; readonly progress: RunProgress }
  | { readonly type: "metrics"; readonly rows: readonly (MetricPoint & { readonly name: string })[] }
  | { readonly type: "log"; readonly event: RunEvent }
  | { readonly type: "ended"; readonly run: RunSummary };

/** A run written as a folder that trains in PyTorch. */
export interface Reproduction {
  readonly folder: string;
  readonly files: readonly string[];
  /** Number of recorded steps that it repeats. */
  readonly steps: number;
}
