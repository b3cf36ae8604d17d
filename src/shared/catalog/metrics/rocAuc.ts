/**
 * Area under the ROC curve: the probability that a sample of the class scores higher than one of another class, with ties counted as half, computed
 * exactly from ranks (Hanley & McNeil 1982; Mann & Whitney 1947). With more than two classes: each class against the rest by its softmax
 * probability, averaged over the classes that have both positive and negative samples.
 */
import { at } from "../../kit/fault.ts";
import { meanOfDefined, undefinedAt } from "./classes.ts";
import type { MetricDefinition, Predictions } from "./metric.ts";

export const rocAuc: MetricDefinition = {
  title: { en: "ROC AUC", ko: "ROC AUC" },
  summary: {
    en: "Probability that a sample of a class is ranked above one of another class: 0.5 is guessing, 1 is perfect, whatever the threshold.",
    ko: "한 클래스의 표본이 다른 클래스의 표본보다 높은 순위를 얻을 확률. 임계값과 관계없이 0.5는 찍는 것, 1은 완벽한 것입니다.",
  },
  source: "Hanley & McNeil 1982; averaged one against the rest, as in scikit-learn",
  task: "classification",
  largerIsBetter: true,
  unit: "score",
  accumulator: (width) => {
    const scores: number[][] = Array.from({ length: width }, () => []);
    const targets: number[] = [];
    const areas = () =>
      scores.map((column, c) =>
        areaOf(
          column,
          targets.map((target) => target === c),
        ),
      );
    return {
      add: (predictions) => {
        for (let row = 0; row < predictions.rows; row++) {
          const probabilities = softmaxOf(predictions, row);
          for (const [c, column] of scores.entries()) column.push(at(probabilities, c));
          targets.push(predictions.targets[row] ?? 0);
        }
      },
      // For two classes, one of the two areas is enough.
      value: () => (width === 2 ? at(areas(), 1) : meanOfDefined(areas())),
      undefinedFor: () => undefinedAt(areas()),
    };
  },
  numpy: {
    make: "roc_auc",
    definitions: [
      `def roc_auc(y, t):
    """One class against the rest by softmax, averaged; ties count half."""
    y = np.exp(y - y.max(1, keepdims=True))
    p = y / np.cumsum(y, 1)[:, -1:]
    areas = []
    for c in [1] if y.shape[1] == 2 else range(y.shape[1]):
        of, others = np.sort(p[t == c, c]), np.sort(p[t != c, c])
        below = (np.searchsorted(others, of, "left") + np.searchsorted(others, of, "right")) / 2
        if len(of) * len(others) > 0:
            areas.append(below.sum() / (len(of) * len(others)))
    return np.mean(areas) if areas else np.nan
`,
    ],
  },
};

function softmaxOf({ outputs, width }: Predictions, row: number): readonly number[] {
  const own = outputs.subarray(row * width, (row + 1) * width);
  const highest = own.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const powers = Array.from(own, (value) => Math.exp(value - highest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/** NaN if all samples are of the class, or none. */
function areaOf(scores: readonly number[], positive: readonly boolean[]): number {
  const order = scores.map((_, i) => i).sort((a, b) => at(scores, a) - at(scores, b));
  let ranks = 0;
  for (let first = 0; first < order.length; ) {
    let end = first + 1;
    while (end < order.length && at(scores, at(order, end)) === at(scores, at(order, first))) end++;
    // Equal scores get the mean of their ranks.
    for (let i = first; i < end; i++) if (positive[at(order, i)]) ranks += (first + 1 + end) / 2;
    first = end;
  }
  const positives = positive.filter(Boolean).length;
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (positive.length - positives));
}
