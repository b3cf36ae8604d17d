/** Coefficient of determination: 1 − Σ(y − t)² / Σ(t − mean t)², averaged over the target values that are not constant. */
import { at } from "../../kit/fault.ts";
import { meanOfDefined, undefinedAt } from "./classes.ts";
import type { MetricDefinition } from "./metric.ts";

export const r2: MetricDefinition = {
  title: { en: "R²", ko: "R²" },
  summary: {
    en: "Fraction of the target's variance that is explained: 0 is as good as always predicting the mean, 1 is perfect, less than 0 is worse than the mean.",
    ko: "설명된 목표값 분산의 비율. 0이면 언제나 평균을 예측하는 것과 같고, 1이면 완벽하며, 0보다 작으면 평균보다 나쁩니다.",
  },
  source: "Wright 1921; averaged over values as in scikit-learn",
  task: "regression",
  largerIsBetter: true,
  unit: "score",
  accumulator: (width) => {
    const [errors, means, spreads] = [new Float64Array(width), new Float64Array(width), new Float64Array(width)];
    let rows = 0;
    const scores = () => Array.from(errors, (error, v) => (at(spreads, v) > 0 ? 1 - error / at(spreads, v) : Number.NaN));
    return {
      add: (predictions) => {
        for (let row = 0; row < predictions.rows; row++) {
          rows += 1;
          for (let v = 0; v < width; v++) {
            const target = predictions.targets[row * width + v] ?? Number.NaN;
            const error = (predictions.outputs[row * width + v] ?? Number.NaN) - target;
            errors[v] = at(errors, v) + error * error;
            // Welford 1962: accurate even if the mean is large compared to the standard deviation.
            const delta = target - at(means, v);
            means[v] = at(means, v) + delta / rows;
            spreads[v] = at(spreads, v) + delta * (target - at(means, v));
          }
        }
      },
      value: () => meanOfDefined(scores()),
      undefinedFor: () => undefinedAt(scores()),
    };
  },
  numpy: {
    make: "r2",
    definitions: [
      `def r2(y, t):
    errors, spreads = ((y - t) ** 2).sum(0), ((t - t.mean(0, dtype=np.float64)) ** 2).sum(0)
    scores = [1 - error / spread for error, spread in zip(errors, spreads) if spread > 0]
    return np.mean(scores) if scores else np.nan
`,
    ],
  },
};
