/** Quartiles and histogram of several columns taken together, without copying them: of their values as float32, as the samples hold them. */
import type { Histogram } from "../../../shared/contract/inspection.ts";
import { Counter, chooseBins, type Spread } from "../../../shared/math/histogram.ts";
import type { Pace } from "./pace.ts";
import { QuartileSelection, type Quartiles } from "./quartiles.ts";

export async function pooledHistogram(
  columns: readonly Float64Array[],
  spread: Omit<Spread, "interquartile">,
  pace: Pace,
): Promise<{ readonly histogram: Histogram; readonly quartiles: Quartiles | null }> {
  const selection = new QuartileSelection();
  for (let pass = 0; pass < 2; pass++) {
    for (const values of columns) {
      selection.add(values);
      await pace.step(0, "pooling columns");
    }
    selection.narrow();
  }
  const { quartiles } = selection;
  const counter = new Counter(chooseBins({ ...spread, interquartile: quartiles === null ? null : quartiles.q3 - quartiles.q1 }));
  for (const values of columns) {
    counter.addAll(values);
    await pace.step(0, "pooling columns");
  }
  return { histogram: counter.histogram, quartiles };
}
