/** Mean over all rows and the target's values of |y − t|. */
import { abs, reduceMean, sub } from "../../graph/functions.ts";
import { meanError } from "./errors.ts";
import type { MetricDefinition } from "./metric.ts";

export const meanAbsoluteError: MetricDefinition = {
  title: { en: "Mean absolute error", ko: "평균 절대 오차" },
  summary: { en: "Mean absolute distance to the target, in the target's own unit.", ko: "목표값과의 평균 절대 거리. 단위는 목표값과 같습니다." },
  task: "regression",
  largerIsBetter: false,
  unit: "target",
  accumulator: () => meanError(Math.abs),
  forward: (output, target) => reduceMean(abs(sub(output, target)), [0, 1]),
  numpy: { make: "lambda y, t: np.abs(y - t).mean()" },
};
