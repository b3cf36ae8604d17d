/**
 * Mean over the classes of F1 = 2 · right / (given + wanted), from the counts of correct predictions, predictions and samples; classes without
 * samples and predictions are left out.
 */
import { confusion, mean, tallyOf } from "./classes.ts";
import type { MetricDefinition } from "./metric.ts";

export const macroF1: MetricDefinition = {
  title: { en: "Macro F1", ko: "매크로 F1" },
  summary: {
    en: "Harmonic mean of precision and recall of each class, averaged over the classes.",
    ko: "클래스마다 정밀도와 재현율의 조화 평균을 구해 클래스에 걸쳐 평균합니다.",
  },
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
