/** What a recipe needs to know of its data before any sample is read. */
import type { Words } from "../kit/words.ts";
import type { Guess } from "./guess.ts";
import type { ColumnReadings } from "./readings.ts";

export type ElementType = "uint8" | "float32";

/** What a sample is, by its axes: a row of features, a signal [C, T], an image [C, H, W], a volume [C, D, H, W]. */
export type SampleKind = "tabular" | "signal" | "image" | "volume";

const KINDS: readonly SampleKind[] = ["tabular", "signal", "image", "volume"];

/** @param sampleShape of one sample, channels first; a spectrogram [1, bands, frames] is an image */
export function sampleKind(sampleShape: readonly number[]): SampleKind {
  return KINDS[sampleShape.length - 1] ?? "volume";
}

/** Class names in the order of the class numbers, or one name a target value. */
export type TargetFacts =
  | { readonly kind: "classification"; readonly classes: readonly string[] }
  | { readonly kind: "regression"; readonly names: readonly string[] };

/** One feature column of a table. In the samples a missing value is NaN and a category is its number in `categories`. */
export type ColumnFacts =
  | { readonly name: string; readonly kind: "numeric"; readonly missing: number }
  | { readonly name: string; readonly kind: "categorical"; readonly missing: number; readonly categories: readonly string[] };

/**
 * A column of a table that is no feature although nobody ignored it: it counts or names the rows, or holds what no feature can be made of. A form
 * shows it unticked, with the reason.
 */
export interface LeftOutColumn {
  readonly name: string;
  /** Why, as one sentence: "It counts the rows: 1, 2, 3, …". */
  readonly reason: Words;
  /** What `data.source.kinds` must say of the column to make it a feature: `{[name]: takeIn}`. Null where nothing can. */
  readonly takeIn: "numeric" | "categorical" | null;
}

/** What was settled over all images of a set, so that others are read as they were. */
export interface ImageFacts {
  /** Red, green and blue, from 0 to 255, behind what is transparent. Black where absent. */
  readonly background?: readonly [number, number, number];
  /** The value of white where samples are float32. */
  readonly white?: number;
  /** The values that became black and white. Absent where values are as they are. */
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
  /** Number of samples at the end that the source itself names as its test part; 0 where it names none. */
  readonly givenTest: number;
  /** Number of samples before those that the source names as its validation part. Absent where it names none. */
  readonly givenValidation?: number;
  /**
   * The feature columns of a table, in the order of the features; only where a value is missing or a category, so that the rows
   * must be encoded before a network can take them (recipe/encoding.ts). Absent where the samples are numbers already.
   */
  readonly columns?: readonly ColumnFacts[];
  /** Names of the feature columns that hold times: in the samples they are days since 1970, in UTC. Absent where there are none. */
  readonly times?: readonly string[] | undefined;
  /** Names of the columns that a split can go by: groups, times. */
  readonly keys?: readonly string[] | undefined;
  /** Columns of a table that are no features although nobody ignored them, in the table's order. Absent where there are none. */
  readonly leftOutColumns?: readonly LeftOutColumn[] | undefined;
  /** How images became samples. Absent where these are bytes on black, as they are in their files. */
  readonly pictures?: ImageFacts | undefined;
  /** How columns of a table were read whose cells can be read in several ways; other files are read the same way. Absent where there are none. */
  readonly readings?: ColumnReadings | undefined;
  /** What the reader judged for itself. Absent where it judged nothing. */
  readonly guesses?: readonly Guess[] | undefined;
}

/** What was learned from the training part alone: x' = (x − mean) · scale. */
export interface Standardization {
  /** Broadcasts against one sample: [F] for tables, [C, 1, 1] for images by channel, ones for a single mean. */
  readonly shape: readonly number[];
  readonly mean: Float32Array;
  readonly scale: Float32Array;
}
