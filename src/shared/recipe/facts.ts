/** What a recipe needs to know of its data before any sample is read. */
export type ElementType = "uint8" | "float32";

/** Class names in the order of the class numbers, or one name a target value. */
export type TargetFacts =
  | { readonly kind: "classification"; readonly classes: readonly string[] }
  | { readonly kind: "regression"; readonly names: readonly string[] };

export interface DatasetFacts {
  readonly name: string;
  /** Number of samples. */
  readonly length: number;
  /** Shape of one sample, channels first: [C, H, W] for images, [features] for tables. */
  readonly sampleShape: readonly number[];
  readonly elementType: ElementType;
  readonly target: TargetFacts;
  /** Number of samples at the end that the source itself names as its test part; 0 where it names none. */
  readonly givenTest: number;
}

/** What was learned from the training part alone: x' = (x − mean) · scale. */
export interface Standardization {
  /** Broadcasts against one sample: [F] for tables, [C, 1, 1] for images by channel, ones for a single mean. */
  readonly shape: readonly number[];
  readonly mean: Float32Array;
  readonly scale: Float32Array;
}
