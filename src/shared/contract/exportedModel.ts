/** A trained network written as an ONNX file: what goes in, what comes out, and how it was checked. */
import type { PredictingWeights } from "./predictions.ts";

export interface ExportedInput {
  readonly name: string;
  readonly type: "float32" | "uint8" | "string";
  /** The first dimension is the batch. */
  readonly shape: readonly (number | string)[];
  readonly meaning: string;
  /** Column names in the order of the features, where one input holds all features of a table. */
  readonly columns?: readonly string[];
  /** The categories of a text column that were seen in training. */
  readonly categories?: readonly string[];
}

export interface ExportedOutput {
  readonly name: string;
  readonly type: "float32" | "int64";
  readonly shape: readonly (number | string)[];
  readonly meaning: string;
  /** Names of the numbers: classes, or target values. */
  readonly columns?: readonly string[];
}

export interface ExportedModel {
  /** Absolute path. */
  readonly file: string;
  readonly bytes: number;
  readonly run: string;
  readonly weights: PredictingWeights;
  readonly inputs: readonly ExportedInput[];
  readonly outputs: readonly ExportedOutput[];
  /** Which preprocessing the file contains, and which is left to the caller. */
  readonly preprocessing: string;
  /** Comparison with the studio's own predictions, on samples of the test part, or on random samples where the data are no longer there. */
  readonly checked: { readonly samples: number; readonly from: "test" | "drawn"; readonly largestDifference: number };
  readonly notes: readonly string[];
}
