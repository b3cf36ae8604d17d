/** The root of the mean of (y − t)² over all rows and target values. The roots of batches cannot be averaged, so there is no value per batch. */
import { meanError } from "./errors.ts";
import type { MetricDefinition } from "./metric.ts";

export const rootMeanSquaredError: MetricDefinition = {
  title: { en: "Root mean squared error", ko: "평균 제곱근 오차" },
  summary: {
    en: "Typical size of an error, in the target's own unit; large errors weigh more.",
    ko: "전형적인 오차의 크기. 단위는 목표값과 같고, 큰 오차가 더 무겁습니다.",
  },
  task: "regression",
  largerIsBetter: false,
  unit: "target",
  accumulator: () => meanError((error) => error * error, Math.sqrt),
  numpy: { make: "lambda y, t: ((y - t) ** 2).mean() ** 0.5" },
};
