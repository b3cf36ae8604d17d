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
