/** What a recipe needs to know about its data before any sample is read. */
import type { Words } from "../kit/words.ts";
import type { Guess } from "./guess.ts";
import type { ColumnReadings } from "./readings.ts";

export type ElementType = "uint8" | "float32";

/** The kind of a sample, which follows from its axes: a row of features, a signal [C, T], an image [C, H, W], a volume [C, D, H, W]. */
export type SampleKind = "tabular" | "signal" | "image" | "volume";

const KINDS: readonly SampleKind[] = ["tabular", "signal", "image", "volume"];

/** @param sampleShape of one sample, channels first; a spectrogram [1, bands, frames] is an image */
export function sampleKind(sampleShape: readonly number[]): SampleKind {
  return KINDS[sampleShape.length - 1] ?? "volume";
}

/** Class names in the order of their indices, or one name per target value. */
export type TargetFacts =
  | { readonly kind: "classification"; readonly classes: readonly string[] }
  | { readonly kind: "regression"; readonly names: readonly string[] };

/** One feature column of a table. In the samples, a missing value is NaN and a category is its index in `categories`. */
export type ColumnFacts =
  | { readonly name: string; readonly kind: "numeric"; readonly missing: number }
  | { readonly name: string; readonly kind: "categorical"; readonly missing: number; readonly categories: readonly string[] };

/**
 * A column that was excluded from the features automatically: it numbers or identifies the rows, or no feature can be made of it. A form shows it
 * unticked, with the reason.
 */
export interface LeftOutColumn {
  readonly name: string;
  /** The reason as one sentence: "It counts the rows: 1, 2, 3, …". */
  readonly reason: Words;
  /** The value of `data.source.kinds` that makes the column a feature: `{[name]: takeIn}`. Null if none does. */
  readonly takeIn: "numeric" | "categorical" | null;
}

/** Settings determined from all images of a data set, so that other images are read in the same way. */
export interface ImageFacts {
  /** Background colour behind transparent pixels: red, green and blue from 0 to 255. Black where absent. */
  readonly background?: readonly [number, number, number];
  /** The value of white, for float32 samples. */
  readonly white?: number;
  /** The values that were mapped to black and white. Absent if values are unchanged. */
  readonly range?: readonly [number, number];
}

export interface DatasetFacts {
  readonly name: string;
  /** Number of samples. */
  readonly length: number;
  /** Shape of one sample, channels first: [C, H, W] for images, [features] for tables. */
  readonly sampleShape: readonly number[];
  readonly elementType: ElementType;
  readonly target: TargetFacts;
  /** Number of samples at the end that form the source's own test part; 0 if it has none. */
  readonly givenTest: number;
  /** Number of samples before the test part that form the source's own validation part. Absent if it has none. */
  readonly givenValidation?: number;
  /**
   * The feature columns of a table, in the order of the features. Present only if there are missing values or categories, so that the rows must be
   * encoded (recipe/encoding.ts) before a network can take them.
   */
  readonly columns?: readonly ColumnFacts[];
  /** Names of the feature columns with times, which are converted to days since 1970, in UTC. Absent if there are none. */
  readonly times?: readonly string[] | undefined;
  /** Names of the columns that a split can use as groups or times. */
  readonly keys?: readonly string[] | undefined;
  /** Columns that were excluded from the features automatically, in the table's order. Absent if there are none. */
  readonly leftOutColumns?: readonly LeftOutColumn[] | undefined;
  /** How images were converted to samples. Absent if samples are the bytes in the files, on black. */
  readonly pictures?: ImageFacts | undefined;
  /** How ambiguous cells of columns were interpreted, so that other files are read in the same way. Absent if there are none. */
  readonly readings?: ColumnReadings | undefined;
  /** Choices that the reader guessed. Absent if there are none. */
  readonly guesses?: readonly Guess[] | undefined;
}

/** Standardization fitted on the training part: x' = (x − mean) · scale. */
export interface Standardization {
  /** Broadcasts against one sample: [F] for tables, [C, 1, 1] for images per channel, ones for a single mean. */
  readonly shape: readonly number[];
  readonly mean: Float32Array;
  readonly scale: Float32Array;
}
