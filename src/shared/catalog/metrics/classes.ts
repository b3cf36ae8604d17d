/** Shared by the metrics for classification. */
import type { Accumulator, Predictions } from "./metric.ts";

/** The class with the highest score in a row, the first of equal ones. */
export function predictedClass({ outputs, width }: Predictions, row: number): number {
  let best = 0;
  for (let c = 1; c < width; c++) if ((outputs[row * width + c] ?? 0) > (outputs[row * width + best] ?? 0)) best = c;
  return best;
}

/** The mean of `measure` over all rows. */
export function meanOverRows(measure: (predictions: Predictions, row: number) => number): Accumulator {
  let sum = 0;
  let rows = 0;
  return {
    add: (predictions) => {
      for (let row = 0; row < predictions.rows; row++) sum += measure(predictions, row);
      rows += predictions.rows;
    },
    value: () => sum / rows,
  };
}

/** Builds a confusion matrix of target by prediction, row-major [C, C], and computes the metric from it with `finish`. */
export function confusion(width: number, finish: (counts: Float64Array) => number): Accumulator {
  const counts = new Float64Array(width * width);
  return {
    add: (predictions) => {
      for (let row = 0; row < predictions.rows; row++) {
        const cell = (predictions.targets[row] ?? 0) * width + predictedClass(predictions, row);
        counts[cell] = (counts[cell] ?? 0) + 1;
      }
    },
    value: () => finish(counts),
  };
}

/** Counts for one class: correct predictions, predictions of the class, and samples of the class. */
export function tallyOf(counts: Float64Array, width: number, of: number): { readonly right: number; readonly given: number; readonly wanted: number } {
  let [given, wanted] = [0, 0];
  for (let other = 0; other < width; other++) {
    given += counts[other * width + of] ?? 0;
    wanted += counts[of * width + other] ?? 0;
  }
  return { right: counts[of * width + of] ?? 0, given, wanted };
}

/** The mean of the defined values; NaN if there are none. */
export function meanOfDefined(values: readonly number[]): number {
  return mean(values.filter((value) => !Number.isNaN(value)));
}

/** Indices of the undefined values (NaN) in a list. */
export function undefinedAt(values: readonly number[]): readonly number[] {
  return values.flatMap((value, i) => (Number.isNaN(value) ? [i] : []));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
