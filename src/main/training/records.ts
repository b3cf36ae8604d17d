/** Records of a run that a trainer sends: metrics, checkpoints, progress. */
import type { TRAINING_SAMPLE } from "../../shared/recipe/evaluation.ts";

export type SplitName = "train" | "validation" | "test";

/** Parts that are evaluated completely: the held-out parts, and the training samples of `evaluation.training`. */
export type MeasuredPart = SplitName | typeof TRAINING_SAMPLE;

/** Consecutive values of one metric: parallel arrays, ordered by step. */
export interface MetricBlock {
  /** `train.loss`, `validation.accuracy` … */
  readonly name: string;
  /** Steps completed when the value was measured, from 1. */
  readonly steps: readonly number[];
  /** The epoch of each step, from 1. */
  readonly epochs: readonly number[];
  readonly values: readonly number[];
  /** Time when the block was measured, in milliseconds since 1970. */
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
  /** Validation metrics at that step, if measured: `validation.loss` … */
  readonly metrics: Readonly<Record<string, number>>;
}

export interface TrainerProgress {
  readonly phase: "preparing" | "compiling" | "training" | "evaluating";
  readonly step: number;
  readonly totalSteps: number;
  /** The current epoch, from 1. */
  readonly epoch: number;
  readonly totalEpochs: number;
  /** Median of the last calls; null before the first. */
  readonly stepsPerSecond: number | null;
  readonly samplesPerSecond: number | null;
}
