/** Mean over the classes of the fraction of their samples that are classified correctly; classes without samples are left out. */
import { confusion, mean, tallyOf } from "./classes.ts";
import type { MetricDefinition } from "./metric.ts";

export const balancedAccuracy: MetricDefinition = {
  title: { en: "Balanced accuracy", ko: "균형 정확도" },
  summary: {
    en: "Accuracy of each class, averaged over the classes, so that rare classes count as much as common ones.",
    ko: "클래스마다 정확도를 구해 평균합니다. 드문 클래스도 흔한 클래스만큼 반영됩니다.",
  },
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
