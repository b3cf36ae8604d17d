/** Mean over the classes of F1 = 2 · right / (given + wanted); classes that neither occur nor are ever given are left out. */
import { confusion, mean, tallyOf } from "./classes.ts";
import type { MetricDefinition } from "./metric.ts";

export const macroF1: MetricDefinition = {
  summary: "Harmonic mean of precision and recall of each class, averaged over the classes.",
  source: "Van Rijsbergen 1979, chapter 7; macro average as in scikit-learn",
  task: "classification",
  largerIsBetter: true,
  unit: "fraction",
  accumulator: (width) =>
    confusion(width, (counts) => {
      const tallies = Array.from({ length: width }, (_, c) => tallyOf(counts, width, c)).filter(({ given, wanted }) => given + wanted > 0);
      return mean(tallies.map(({ right, given, wanted }) => (2 * right) / (given + wanted)));
    }),
  numpy: {
    make: "macro_f1",
    definitions: [
      `def macro_f1(y, t):
    given = y.argmax(1)
    return np.mean([2 * ((given == c) & (t == c)).sum() / ((given == c).sum() + (t == c).sum()) for c in np.union1d(given, t)])
`,
    ],
  },
};
