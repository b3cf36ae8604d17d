/** What metrics over classes share. */
import type { Accumulator, Predictions } from "./metric.ts";

/** The class with the highest score of a row, the first of several. */
export function predictedClass({ outputs, width }: Predictions, row: number): number {
  let best = 0;
  for (let c = 1; c < width; c++) if ((outputs[row * width + c] ?? 0) > (outputs[row * width + best] ?? 0)) best = c;
  return best;
}

/** Means over rows of what `measure` says of each. */
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

/** Counts of target by prediction, row-major [C, C], and what is made of them. */
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

/** Of a class: samples rightly given, given to it in all, and of it in all. */
export function tallyOf(counts: Float64Array, width: number, of: number): { readonly right: number; readonly given: number; readonly wanted: number } {
  let [given, wanted] = [0, 0];
  for (let other = 0; other < width; other++) {
    given += counts[other * width + of] ?? 0;
    wanted += counts[of * width + other] ?? 0;
  }
  return { right: counts[of * width + of] ?? 0, given, wanted };
}

/** The mean of what is defined; NaN where nothing is. */
export function meanOfDefined(values: readonly number[]): number {
  return mean(values.filter((value) => !Number.isNaN(value)));
}

/** Where a list has no number. */
export function undefinedAt(values: readonly number[]): readonly number[] {
  return values.flatMap((value, i) => (Number.isNaN(value) ? [i] : []));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
