/** What a trainer says of a run that is kept or shown: metrics, checkpoints, progress. */
import type { TRAINING_SAMPLE } from "../../shared/recipe/evaluation.ts";

export type SplitName = "train" | "validation" | "test";

/** What is measured as a whole: the held-out parts, and the training samples of `evaluation.training`. */
export type MeasuredPart = SplitName | typeof TRAINING_SAMPLE;

/** A stretch of one metric: parallel arrays, ordered by step. */
export interface MetricBlock {
  /** `train.loss`, `validation.accuracy` … */
  readonly name: string;
  /** Steps completed when the value was measured, from 1. */
  readonly steps: readonly number[];
  /** The epoch each step belongs to, from 1. */
  readonly epochs: readonly number[];
  readonly values: readonly number[];
  /** Milliseconds since the epoch when the block was measured. */
  readonly wallTimeMs: number;
}

export interface CheckpointRecord {
  readonly kind: "last" | "best";
  /** File name inside the run's folder. */
  readonly file: string;
  readonly step: number;
  readonly epoch: number;
  /** The file's seal (storage/seal.ts); in rows of older versions the SHA-256 of the whole file. */
  readonly hash: string;
  /** Validation metrics at that step, where measured: `validation.loss` … */
  readonly metrics: Readonly<Record<string, number>>;
}

export interface TrainerProgress {
  readonly phase: "preparing" | "compiling" | "training" | "evaluating";
  readonly step: number;
  readonly totalSteps: number;
  /** The epoch under way, from 1. */
  readonly epoch: number;
  readonly totalEpochs: number;
  /** Median of the last calls; null before the first. */
  readonly stepsPerSecond: number | null;
  readonly samplesPerSecond: number | null;
}
