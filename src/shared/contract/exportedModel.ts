/** A trained network written as an ONNX file: what goes in, what comes out, and how it was checked. */
import type { PredictingWeights } from "./predictions.ts";

export interface ExportedInput {
  readonly name: string;
  readonly type: "float32" | "uint8" | "string";
  /** The first dimension is the batch. */
  readonly shape: readonly (number | string)[];
  readonly meaning: string;
  /** The columns of a table in the order of their numbers, where one input holds them all. */
  readonly columns?: readonly string[];
  /** The categories of a column of texts that training knew. */
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
  /** Absolute. */
  readonly file: string;
  readonly bytes: number;
  readonly run: string;
  readonly weights: PredictingWeights;
  readonly inputs: readonly ExportedInput[];
  readonly outputs: readonly ExportedOutput[];
  /** What is inside the file, and what is left to its user. */
  readonly preprocessing: string;
  /** Held against the studio's own predictions: of samples of the test part, or of drawn ones where the data have gone. */
  readonly checked: { readonly samples: number; readonly from: "test" | "drawn"; readonly largestDifference: number };
  readonly notes: readonly string[];
}
