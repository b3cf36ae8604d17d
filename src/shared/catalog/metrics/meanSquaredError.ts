/** Mean over all rows and the target's values of (y − t)². */
import { mul, reduceMean, sub } from "../../graph/functions.ts";
import { meanError } from "./errors.ts";
import type { MetricDefinition } from "./metric.ts";

export const meanSquaredError: MetricDefinition = {
  title: { en: "Mean squared error", ko: "평균 제곱 오차" },
  summary: { en: "Mean squared distance to the target; a few large errors decide it.", ko: "목표값과의 거리 제곱의 평균. 몇 개의 큰 오차가 값을 정합니다." },
  task: "regression",
  largerIsBetter: false,
  unit: "score",
  accumulator: () => meanError((error) => error * error),
  forward: (output, target) => {
    const error = sub(output, target);
    return reduceMean(mul(error, error), [0, 1]);
  },
  numpy: { make: "lambda y, t: ((y - t) ** 2).mean()" },
};
