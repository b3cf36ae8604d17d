/** What metrics over predicted numbers share. */
import type { Accumulator } from "./metric.ts";

/** The mean over all rows and values of what `measure` says of each error, and what `finish` makes of it. */
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
