/** What is found in a data set. Plain JSON values: they cross processes and are kept in a cache. Where a number cannot be told it is null. */
import type { DatasetFacts, SampleKind } from "../recipe/facts.ts";
import type { GuessAlternative } from "../recipe/guess.ts";

/** What is wrong or should be looked at. */
export type ProblemKind =
  | "unreadable"
  | "wrongSize"
  | "mixedChannels"
  | "badValue"
  | "missingValues"
  | "constantColumn"
  | "duplicateColumn"
  | "identifierColumn"
  /** Names of classes or categories that differ only in how they are written. */
  | "similarNames"
  | "duplicateSamples"
  | "nearDuplicates"
  | "conflictingLabels"
  | "leak"
  | "emptyClass"
  | "singleClass"
  | "classImbalance"
  | "rareClass"
  | "outliers"
  | "labelSuspect"
  /** Good to know, and nothing to mend. */
  | "note";
/** One sample, file, row or column that a problem is about. */
export interface ProblemItem {
  /** The sample's number in the data set; null where it is no sample (a file that was left out, a column). */
  readonly sample: number | null;
  /** A file, a row ("row 90001"), a column. */
  readonly place: string;
  /** What was found there: the value, the error, the number of the sample that it repeats. */
  readonly detail: string;
}
export interface DataProblem {
  readonly kind: ProblemKind;
  /** `error`: left out of training; `warning`: likely to spoil a result; `info`: good to know. */
  readonly severity: "error" | "warning" | "info";
  /** One sentence with the figures: "3 of 2,000 images cannot be read". */
  readonly title: string;
  /** What to do. */
  readonly remedy: string;
  /** How many items there are; `items` holds at most the first 1,000. */
  readonly total: number;
  readonly items: readonly ProblemItem[];
  /** Other ways to read the data that lift it. Absent where there are none. */
  readonly instead?: readonly GuessAlternative[];
}
/** A histogram with equal bins from `low` to `high`; the last bin holds `high` itself. */
export interface Histogram {
  readonly low: number;
  readonly high: number;
  readonly counts: readonly number[];
}
/** Figures of numbers; missing ones are left out of all but `missing`. */
export interface NumberSummary {
  readonly count: number;
  readonly missing: number;
  readonly mean: number | null;
  /** Of the sample: divided by count − 1. */
  readonly deviation: number | null;
  readonly min: number | null;
  /** Quartiles by linear interpolation (numpy's default). Null while not exact. */
  readonly q1: number | null;
  readonly median: number | null;
  readonly q3: number | null;
  readonly max: number | null;
  /** Different values; null where they were not counted. */
  readonly distinct: number | null;
  readonly zeros: number;
  readonly histogram: Histogram | null;
}
export type ColumnRole = "feature" | "target" | "ignored";
export type ColumnSummary =
  | { readonly name: string; readonly role: ColumnRole; readonly kind: "numeric" | "time"; readonly numbers: NumberSummary }
  | {
      readonly name: string;
      readonly role: ColumnRole;
      readonly kind: "categorical";
      readonly count: number;
      readonly missing: number;
      readonly distinct: number;
      /** The most frequent first, at most 100. */
      readonly categories: readonly { readonly name: string; readonly count: number }[];
    };
export type TargetSummary =
  | {
      readonly kind: "classification";
      readonly classes: readonly { readonly name: string; readonly count: number }[] /** In bits. */;
      readonly entropy: number;
    }
  | { readonly kind: "regression"; readonly values: readonly { readonly name: string; readonly numbers: NumberSummary }[] };
/** How far two columns of a table go together, of which one or both hold categories. */
export interface Association {
  /** The first holds categories. */
  readonly columns: readonly [string, string];
  /**
   * `etaSquared` (η²): the share of the second column's variance that lies between the categories of the first. `cramersV`: of two columns of
   * categories, corrected for its bias (Bergsma 2013). Both from 0, nothing, to 1, where one tells the other.
   */
  readonly measure: "etaSquared" | "cramersV";
  readonly value: number;
  /** Whether one of them is the target. */
  readonly withTarget: boolean;
}
/** A mean sample, row-major in `shape`. */
export interface MeanSamples {
  readonly shape: readonly number[];
  readonly overall: readonly number[];
  /** Standard deviation of every element over the samples. */
  readonly deviation: readonly number[];
  /** One a class; empty for a regression. */
  readonly classes: readonly (readonly number[])[];
}
/** Two principal components of standardized samples, of at most 2,000 samples. */
export interface Projection {
  readonly points: readonly { readonly sample: number; readonly x: number; readonly y: number /** Class number, or value. */; readonly target: number }[];
  /** Share of the variance along each. */
  readonly explained: readonly [number, number];
}
export interface Inspection {
  /** Of the files and how they are read: the same fingerprint means the same figures. */
  readonly fingerprint: string;
  /** Of the features as they are in the files, before any encoding. */
  readonly facts: DatasetFacts;
  readonly kind: SampleKind;
  /** Whether all samples were looked at; before that, figures are of those seen so far and what needs all is absent. */
  readonly exact: boolean;
  readonly samplesSeen: number;
  readonly bytes: number | null;
  readonly target: TargetSummary;
  /** Over all values of all samples. For tables, whose columns have units of their own: of the numeric features, without quartiles and histogram. */
  readonly values: NumberSummary;
  /** One a channel: images, signals, volumes. */
  readonly channels: readonly NumberSummary[];
  /** Columns of a table, the target and ignored ones included; empty for others. */
  readonly columns: readonly ColumnSummary[];
  /** Pearson's, over rows where both are there; null where a column is constant. At most 60 numeric columns. */
  readonly correlations: { readonly names: readonly string[]; readonly matrix: readonly (readonly (number | null)[])[] } | null;
  /**
   * Of columns of categories with each other and with numbers, the strongest first; empty where there are none. Of at most 40 columns of categories
   * (of at most 500 each) and 60 of numbers, over at most 100,000 rows that are spread over all.
   */
  readonly associations: readonly Association[];
  readonly means: MeanSamples | null;
  /** Sizes of the images as they are in the files, the most frequent first. */
  readonly sizes: readonly { readonly height: number; readonly width: number; readonly channels: number; readonly count: number }[];
  readonly projection: Projection | null;
  readonly problems: readonly DataProblem[];
  /** Seconds it took. */
  readonly seconds: number;
}
export type InspectionEvent =
  | { readonly type: "progress"; readonly done: number; readonly total: number; readonly doing: string }
  | { readonly type: "inspection"; readonly inspection: Inspection };
/** The data's own units, or by feature the standard deviations from the mean of the training rows. */
export type SampleUnit = "own" | "deviations";
/** One sample for the eye. */
export interface SampleView {
  readonly sample: number;
  /** Class name, or value. */
  readonly label: string;
  /** Its file or row, where it has one. */
  readonly place: string | null;
  readonly shape: readonly number[];
  /**
   * Base64. Images and volumes: one byte a value, from 0 (black, `low`) to 255 (white, `high`). Everything else: float32, little endian, in the
   * data's own units where nothing else is said; NaN where missing.
   */
  readonly values: string;
  readonly encoding: "bytes" | "floats";
  readonly low: number;
  readonly high: number;
}
