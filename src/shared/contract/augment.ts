/** What augmentation makes of samples. Plain JSON values: they cross processes. */
import type { Histogram, SampleUnit, SampleView } from "./inspection.ts";

/** The original beside variants of it, or a batch as the network saw it. */
export interface AugmentationPreview {
  readonly original: SampleView;
  readonly variants: readonly SampleView[];
  /** Of all values of the original, and of all variants together, in equal bins. */
  readonly before: Histogram;
  readonly after: Histogram;
  /** Of all values, those of the histograms included. */
  readonly unit: SampleUnit;
  /** How long the program took, without sending. */
  readonly milliseconds: number;
}

export interface SeenBatch {
  readonly run: string;
  readonly step: number;
  readonly totalSteps: number;
  readonly epoch: number;
  readonly batchSize: number;
  readonly unit: SampleUnit;
  /** At most 64, in the batch's order; with the original beside each. */
  readonly samples: readonly { readonly original: SampleView; readonly seen: SampleView }[];
}
