/** Predictions of a trained network, as plain values that cross processes, and as CSV text. */

/** What is predicted: a part of the run's own data, or a file or folder. */
export type PredictFrom = { readonly part: "train" | "validation" | "test" } | { readonly path: string };

/** The meaning of the numbers of a row. */
export type PredictedOutput =
  /**
   * One number per class: probabilities, or scores where the loss has no probabilities (hinge). Softmax probabilities sum to 1; sigmoid
   * probabilities are independent.
   */
  | { readonly kind: "classes"; readonly classes: readonly string[]; readonly numbers: "probability" | "score" }
  /** In the target's own units. */
  | { readonly kind: "values"; readonly names: readonly string[] };

export interface PredictionRow {
  /** Index of the sample in its data set or file, from 0. */
  readonly sample: number;
  /** The file or row of the sample; null where unknown. */
  readonly source: string | null;
  /** The name of the true class, or the true values; null where unknown. The class may be one that training never saw. */
  readonly truth: string | readonly number[] | null;
  /** The class with the largest number; null for values. */
  readonly predicted: string | null;
  /** One number per class, or the predicted values. */
  readonly numbers: readonly number[];
}

/** Which weights make the predictions: the same ones that the run is tested with. */
export interface PredictingWeights {
  readonly kind: "best" | "last";
  readonly step: number;
  readonly epoch: number;
  /** Whether they are an average over steps (EMA, SWA). */
  readonly averaged: boolean;
}

export interface PredictionSummary {
  readonly predicted: number;
  /** Samples that could not be read: how many, and the first of them with the reason. */
  readonly leftOut: { readonly count: number; readonly first: readonly { readonly source: string; readonly reason: string }[] };
  /** Number of samples with a known truth and, for classes, how many of these were predicted correctly. */
  readonly known: number;
  readonly correct: number | null;
  /** Mean of |predicted − truth| for every target value; null for classes, and where no truth is known. */
  readonly meanAbsoluteError: readonly number[] | null;
}

export type PredictionEvent =
  | {
      readonly type: "begin";
      readonly run: string;
      readonly total: number;
      readonly output: PredictedOutput;
      readonly weights: PredictingWeights;
      /** What was ignored or interpreted in a certain way while reading. */
      readonly notes: readonly string[];
    }
  | { readonly type: "rows"; readonly rows: readonly PredictionRow[] }
  | { readonly type: "end"; readonly summary: PredictionSummary };

const LINE = "\r\n";

/**
 * The header of the table: sample, source, truth, predicted. Classes add `correct` and one column per class (`probability setosa`). Several target
 * values have one truth and one predicted column each.
 */
export function predictionHeader(output: PredictedOutput): string {
  const start = ["sample", "source"];
  if (output.kind === "classes") return csvLine([...start, "truth", "predicted", "correct", ...output.classes.map((name) => `${output.numbers} ${name}`)]);
  const several = output.names.length > 1;
  return csvLine([...start, ...["truth", "predicted"].flatMap((what) => output.names.map((name) => (several ? `${what} ${name}` : what)))]);
}

/** Rows under {@link predictionHeader}, as RFC 4180, with the shortest decimals that identify each float32. Cells are empty where the truth is unknown. */
export function predictionLines(rows: readonly PredictionRow[], output: PredictedOutput): string {
  return rows.map((row) => csvLine(cellsOf(row, output))).join("");
}

function cellsOf({ sample, source, truth, predicted, numbers }: PredictionRow, output: PredictedOutput): readonly string[] {
  const start = [String(sample), source ?? ""];
  if (output.kind === "classes") {
    const name = typeof truth === "string" ? truth : "";
    const correct = typeof truth === "string" ? String(truth === predicted) : "";
    return [...start, name, predicted ?? "", correct, ...numbers.map(String)];
  }
  const known = typeof truth === "object" && truth !== null ? truth : [];
  return [...start, ...output.names.map((_, i) => (known[i] === undefined ? "" : String(known[i]))), ...numbers.map(String)];
}

function csvLine(cells: readonly string[]): string {
  return cells.map(quoted).join(",") + LINE;
}

/** Names are not altered, so that they can be compared with those in the data. */
function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** A float32 as the shortest decimal that is read back as the same float32. */
export function shortestFloat(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}
