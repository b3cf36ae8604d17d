/** Mean over the classes of the share of their samples that are classified correctly; classes without samples are left out. */
import { confusion, mean, tallyOf } from "./classes.ts";
import type { MetricDefinition } from "./metric.ts";

export const balancedAccuracy: MetricDefinition = {
  summary: "Accuracy of each class by itself, averaged, so that rare classes count as much as common ones.",
  source: "Brodersen et al. 2010",
  task: "classification",
  largerIsBetter: true,
  unit: "fraction",
  accumulator: (width) =>
    confusion(width, (counts) => {
      const tallies = Array.from({ length: width }, (_, c) => tallyOf(counts, width, c)).filter(({ wanted }) => wanted > 0);
      return mean(tallies.map(({ right, wanted }) => right / wanted));
    }),
  numpy: { make: "lambda y, t: np.mean([(y[t == c].argmax(1) == c).mean() for c in np.unique(t)])" },
};
