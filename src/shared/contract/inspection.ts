/** The result of inspecting a data set. Plain JSON values: they cross processes and are cached. A number that is not defined is null. */
import type { Text } from "../kit/words.ts";
import type { DatasetFacts, SampleKind } from "../recipe/facts.ts";
import type { GuessAlternative } from "../recipe/guess.ts";

/** Kinds of problems in a data set. */
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
  /** Information only: nothing needs to be fixed. */
  | "note";
/** One sample, file, row or column that a problem is about. */
export interface ProblemItem {
  /** Index of the sample in the data set; null where the item is not a sample (a file that was left out, a column). */
  readonly sample: number | null;
  /** The file, row ("row 90001") or column. */
  readonly place: Text;
  /** What was found there: the value, the error, or the index of the sample that it duplicates. */
  readonly detail: Text;
}
export interface DataProblem {
  readonly kind: ProblemKind;
  /** `error`: left out of training; `warning`: likely to spoil a result; `info`: good to know. */
  readonly severity: "error" | "warning" | "info";
  /** One sentence with numbers: "3 of 2,000 images cannot be read". */
  readonly title: Text;
  /** What to do. */
  readonly remedy: Text;
  /** How many items there are; `items` holds at most the first 1,000. */
  readonly total: number;
  readonly items: readonly ProblemItem[];
  /** Other ways to read the data that solve the problem. Absent where there are none. */
  readonly instead?: readonly GuessAlternative[];
}
/** A histogram with equal bins from `low` to `high`; the last bin holds `high` itself. */
export interface Histogram {
  readonly low: number;
  readonly high: number;
  readonly counts: readonly number[];
}
/** Statistics of a set of numbers. Missing ones count only in `missing`. */
export interface NumberSummary {
  readonly count: number;
  readonly missing: number;
  readonly mean: number | null;
  /** Sample standard deviation: divided by count − 1. */
  readonly deviation: number | null;
  readonly min: number | null;
  /** Quartiles by linear interpolation (numpy's default). Null while not exact. */
  readonly q1: number | null;
  readonly median: number | null;
  readonly q3: number | null;
  readonly max: number | null;
  /** Number of distinct values; null where they were not counted. */
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
/** Strength of the association between two columns of a table, at least one of them categorical. */
export interface Association {
  /** The first column is categorical. */
  readonly columns: readonly [string, string];
  /**
   * `etaSquared` (η²): the fraction of the second column's variance that is explained by the categories of the first. `cramersV`: for two
   * categorical columns, with bias correction (Bergsma 2013). Both range from 0 (no association) to 1 (one column determines the other).
   */
  readonly measure: "etaSquared" | "cramersV";
  readonly value: number;
  /** Whether one of the two columns is the target. */
  readonly withTarget: boolean;
}
/** Mean samples, row-major in `shape`. */
export interface MeanSamples {
  readonly shape: readonly number[];
  readonly overall: readonly number[];
  /** Standard deviation of every element across the samples. */
  readonly deviation: readonly number[];
  /** One mean sample per class; empty for a regression. */
  readonly classes: readonly (readonly number[])[];
}
/** The first two principal components of at most 2,000 standardized samples. */
export interface Projection {
  readonly points: readonly { readonly sample: number; readonly x: number; readonly y: number /** Class number, or value. */; readonly target: number }[];
  /** Fraction of the variance along each component. */
  readonly explained: readonly [number, number];
}
export interface Inspection {
  /** Hash of the files and of how they are read: the same fingerprint means the same results. */
  readonly fingerprint: string;
  /** Facts about the features as they are in the files, before any encoding. */
  readonly facts: DatasetFacts;
  readonly kind: SampleKind;
  /** Whether all samples were read. Before that, statistics cover the samples seen so far, and those that need all samples are absent. */
  readonly exact: boolean;
  readonly samplesSeen: number;
  readonly bytes: number | null;
  readonly target: TargetSummary;
  /** Over all values of all samples. For a table: over the numeric features, without quartiles and histogram, because columns have different units. */
  readonly values: NumberSummary;
  /** One summary per channel: images, signals, volumes. */
  readonly channels: readonly NumberSummary[];
  /** Columns of a table, including the target and the ignored ones; empty for other data. */
  readonly columns: readonly ColumnSummary[];
  /** Pearson correlation over the rows in which both values are present; null where a column is constant. At most 60 numeric columns. */
  readonly correlations: { readonly names: readonly string[]; readonly matrix: readonly (readonly (number | null)[])[] } | null;
  /**
   * Associations of categorical columns with each other and with numeric columns, strongest first; empty where there are none. Computed for at most
   * 40 categorical columns (of at most 500 categories each) and 60 numeric ones, on at most 100,000 evenly spaced rows.
   */
  readonly associations: readonly Association[];
  readonly means: MeanSamples | null;
  /** Image sizes in the files, most frequent first. */
  readonly sizes: readonly { readonly height: number; readonly width: number; readonly channels: number; readonly count: number }[];
  readonly projection: Projection | null;
  readonly problems: readonly DataProblem[];
  /** Duration of the inspection in seconds. */
  readonly seconds: number;
}
export type InspectionEvent =
  | { readonly type: "progress"; readonly done: number; readonly total: number; readonly doing: string }
  | { readonly type: "inspection"; readonly inspection: Inspection };
/** The data's own units, or standard deviations from the mean of the training rows, per feature. */
export type SampleUnit = "own" | "deviations";
/** One sample for display. */
export interface SampleView {
  readonly sample: number;
  /** The class name or the target value. */
  readonly label: string;
  /** Its file or row, where known. */
  readonly place: string | null;
  readonly shape: readonly number[];
  /**
   * Base64. Images and volumes: one byte per value, from 0 (black, `low`) to 255 (white, `high`). Everything else: float32, little endian, in the
   * data's own units unless stated otherwise; NaN where missing.
   */
  readonly values: string;
  readonly encoding: "bytes" | "floats";
  readonly low: number;
  readonly high: number;
}
