/** How many samples one step takes, and in which portions. */
import type { Recipe } from "./recipe.ts";

type BatchConfig = Recipe["batch"];

/** The whole training part at once is taken in portions of this many samples: their activations stay small, their gradients add up. */
const FULL_BATCH_PORTION = 1024;

/** Samples whose gradient is averaged into one update; the last step of an epoch takes what is left. */
export function samplesPerStep({ size, accumulate }: BatchConfig, trainingLength: number): number {
  return size === "full" ? trainingLength : Math.min(size * accumulate, trainingLength);
}

/** Samples that go through the network at once. */
export function samplesPerPass({ size }: BatchConfig, trainingLength: number): number {
  return size === "full" ? Math.min(trainingLength, FULL_BATCH_PORTION) : Math.min(size, trainingLength);
}

/** Samples that an epoch visits: the first of its order. With `dropLast` only whole batches are taken; a whole step may still be made of fewer of them. */
export function samplesPerEpoch({ size, dropLast }: BatchConfig, trainingLength: number): number {
  return size === "full" || !dropLast || size > trainingLength ? trainingLength : trainingLength - (trainingLength % size);
}

export function stepsPerEpoch(batch: BatchConfig, trainingLength: number): number {
  return Math.ceil(samplesPerEpoch(batch, trainingLength) / samplesPerStep(batch, trainingLength));
}

/** Sizes of the steps of an epoch: the usual one, and the last one's where it is smaller. */
export function stepSizes(batch: BatchConfig, trainingLength: number): readonly number[] {
  const usual = samplesPerStep(batch, trainingLength);
  const rest = samplesPerEpoch(batch, trainingLength) % usual;
  return rest === 0 ? [usual] : [usual, rest];
}

/** Sizes of the passes that any step of an epoch makes. */
export function passSizes(batch: BatchConfig, trainingLength: number): readonly number[] {
  const usual = samplesPerPass(batch, trainingLength);
  const sizes = stepSizes(batch, trainingLength).flatMap((step) => (step % usual === 0 ? [usual] : step > usual ? [usual, step % usual] : [step]));
  return [...new Set(sizes)];
}
