/** Samples far from the mean of their class. Uses the same rule as for columns: three interquartile ranges beyond the quartiles of the class's distances. */
import type { DataProblem } from "../../../shared/contract/inspection.ts";
import { at } from "../../../shared/kit/fault.ts";
import { plural, say } from "../../../shared/kit/say.ts";
import { quantileSorted } from "../../../shared/math/statistics.ts";
import type { Inspected } from "./findings.ts";
import type { MeanFigures } from "./meanSamples.ts";
import { FAR_OUT } from "./outliers.ts";
import { ItemList, type NounName, problemOf, share } from "./problems.ts";

/** With fewer samples the quartiles are not reliable. */
const MIN_SAMPLES = 20;

export function distanceOutliers({ dataset }: Inspected, means: MeanFigures, distances: Float64Array, noun: NounName): readonly DataProblem[] {
  const groups = Array.from({ length: means.groups }, (): number[] => []);
  for (let i = 0; i < distances.length; i++) at(groups, means.groupOf(i)).push(i);
  const found: { readonly sample: number; readonly group: number; readonly spreads: number }[] = [];
  for (const [group, samples] of groups.entries()) {
    if (samples.length < MIN_SAMPLES) continue;
    const sorted = Float64Array.from(samples, (index) => at(distances, index)).sort();
    const [q1, q3] = [quantileSorted(sorted, 0.25), quantileSorted(sorted, 0.75)];
    if (!(q3 > q1)) continue;
    for (const sample of samples) {
      const spreads = (at(distances, sample) - q3) / (q3 - q1);
      if (spreads > FAR_OUT) found.push({ sample, group, spreads });
    }
  }
  const list = new ItemList(dataset);
  const { target } = dataset;
  const classOf = (group: number) => (target.kind === "classification" && means.groups > 1 ? say`the mean of ${at(target.classes, group)}` : say`the mean`);
  for (const { sample, group, spreads } of found.sort((a, b) => b.spreads - a.spreads || a.sample - b.sample))
    list.add(sample, () => say`${spreads.toFixed(1)} interquartile ranges farther from ${classOf(group)} than three quarters of the others`);
  return problemOf({
    kind: "outliers",
    severity: "info",
    title:
      means.groups === 1
        ? say`${share(list.total, dataset.length, noun)} ${plural(list.total, "is", "are")} far from the mean of all`
        : say`${share(list.total, dataset.length, noun)} ${plural(list.total, "is", "are")} far from the mean of ${plural(list.total, "its class", "their class")}`,
    remedy: say`Look at the farthest first: its label may be wrong, its file damaged, or it may just be rare.`,
    items: list.items,
    total: list.total,
  });
}
