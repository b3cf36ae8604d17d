/** Shared by the metrics for regression. */
import type { Accumulator } from "./metric.ts";

/** The mean of `measure` over all errors in all rows and values, converted by `finish`. */
export function meanError(measure: (error: number) => number, finish: (mean: number) => number = (mean) => mean): Accumulator {
  let sum = 0;
  let count = 0;
  return {
    add: ({ outputs, targets, rows, width }) => {
      for (let i = 0; i < rows * width; i++) sum += measure((outputs[i] ?? Number.NaN) - (targets[i] ?? Number.NaN));
      count += rows * width;
    },
    value: () => finish(sum / count),
  };
}
