/** How many samples a step takes, and how they are divided into passes. */
import type { Recipe } from "./recipe.ts";

type BatchConfig = Recipe["batch"];

/** A full batch is divided into passes of this size: their gradients are summed, and memory for activations stays small. */
const FULL_BATCH_PORTION = 1024;

/** Number of samples per update; the last step of an epoch takes the remaining ones. */
export function samplesPerStep({ size, accumulate }: BatchConfig, trainingLength: number): number {
  return size === "full" ? trainingLength : Math.min(size * accumulate, trainingLength);
}

/** Number of samples per pass through the network. */
export function samplesPerPass({ size }: BatchConfig, trainingLength: number): number {
  return size === "full" ? Math.min(trainingLength, FULL_BATCH_PORTION) : Math.min(size, trainingLength);
}

/** Number of samples per epoch, taken from the start of its order. `dropLast` drops an incomplete pass; the last step may still consist of fewer passes. */
export function samplesPerEpoch({ size, dropLast }: BatchConfig, trainingLength: number): number {
  return size === "full" || !dropLast || size > trainingLength ? trainingLength : trainingLength - (trainingLength % size);
}

export function stepsPerEpoch(batch: BatchConfig, trainingLength: number): number {
  return Math.ceil(samplesPerEpoch(batch, trainingLength) / samplesPerStep(batch, trainingLength));
}

/** The sizes of the steps of an epoch: the usual size, and that of the last step if smaller. */
export function stepSizes(batch: BatchConfig, trainingLength: number): readonly number[] {
  const usual = samplesPerStep(batch, trainingLength);
  const rest = samplesPerEpoch(batch, trainingLength) % usual;
  return rest === 0 ? [usual] : [usual, rest];
}

/** The sizes of the passes in the steps of an epoch. */
export function passSizes(batch: BatchConfig, trainingLength: number): readonly number[] {
  const usual = samplesPerPass(batch, trainingLength);
  const sizes = stepSizes(batch, trainingLength).flatMap((step) => (step % usual === 0 ? [usual] : step > usual ? [usual, step % usual] : [step]));
  return [...new Set(sizes)];
}
