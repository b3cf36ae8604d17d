/** Previews of augmentation. Plain JSON values: they cross processes. */
import type { Histogram, SampleUnit, SampleView } from "./inspection.ts";

/** Either one original with variants of it, or a batch as the network saw it. */
export interface AugmentationPreview {
  readonly original: SampleView;
  readonly variants: readonly SampleView[];
  /** Histograms over all values of the original and of all variants, with the same bins. */
  readonly before: Histogram;
  readonly after: Histogram;
  /** Unit of all values, including those in the histograms. */
  readonly unit: SampleUnit;
  /** How long the augmentation took, without the transfer. */
  readonly milliseconds: number;
}

export interface SeenBatch {
  readonly run: string;
  readonly step: number;
  readonly totalSteps: number;
  readonly epoch: number;
  readonly batchSize: number;
  readonly unit: SampleUnit;
  /** At most 64 samples, in the order of the batch, each with its original. */
  readonly samples: readonly { readonly original: SampleView; readonly seen: SampleView }[];
}
