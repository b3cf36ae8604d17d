/** Runs and what is read of them. Plain JSON values: they cross processes. */
import type { Problem } from "../kit/fault.ts";
import type { BestEpoch, ReachedValue } from "../recipe/best.ts";
import type { ModelPlan } from "../recipe/plan.ts";
import type { Recipe } from "../recipe/recipe.ts";

/**
 * `paused` and `stopped` were asked for, `interrupted` means the host or the trainer went away; all three can be
 * resumed. `failed` carries its problems.
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
  /** Time spent in trainer processes, over all its starts, in milliseconds. */
  readonly activeMs: number;
  readonly step: number;
  readonly totalSteps: number;
  readonly epoch: number;
  readonly totalEpochs: number;
  /** Null before the first validation, and where no value was ever defined. */
  readonly best: BestEpoch | null;
  /** The best value that each validation series ever had, with its epoch: `validation.accuracy` … It may be of another epoch than `best`. */
  readonly reached: Readonly<Record<string, ReachedValue>>;
  /** The last value of each metric: `train.loss`, `validation.accuracy` … */
  readonly latest: Readonly<Record<string, number>>;
  /** Metrics of the final test evaluation: `test.accuracy` …; empty before it. */
  readonly test: Readonly<Record<string, number>>;
  /** Why it failed; empty otherwise. */
  readonly problems: readonly Problem[];
  /** At most 60 values of the validation loss (the training loss before the first epoch ends), for the sparkline. */
  readonly sparkline: readonly number[];
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

export interface RunDetail extends RunSummary {
  readonly recipe: Recipe;
  readonly plan: ModelPlan;
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
  /** How many points the history holds in the asked range; more than `points` where down-sampled. */
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
  /** Milliseconds left at the present speed; null while unknown. */
  readonly remainingMs: number | null;
}

/** What one follower of a run hears, in order, until it ends. */
export type FollowEvent =
  | { readonly type: "progress"; readonly progress: RunProgress }
  | { readonly type: "metrics"; readonly rows: readonly (MetricPoint & { readonly name: string })[] }
  | { readonly type: "log"; readonly event: RunEvent }
  | { readonly type: "ended"; readonly run: RunSummary };

/** A run written as a folder that trains in PyTorch. */
export interface Reproduction {
  readonly folder: string;
  readonly files: readonly string[];
  /** Recorded steps that it repeats. */
  readonly steps: number;
}
