/** Mean over all rows and the target's values of |y − t|. */
import { abs, reduceMean, sub } from "../../graph/functions.ts";
import { meanError } from "./errors.ts";
import type { MetricDefinition } from "./metric.ts";

export const meanAbsoluteError: MetricDefinition = {
  summary: "Mean distance to the target, in the target's own unit.",
  task: "regression",
  largerIsBetter: false,
  unit: "target",
  accumulator: () => meanError(Math.abs),
  forward: (output, target) => reduceMean(abs(sub(output, target)), [0, 1]),
  numpy: { make: "lambda y, t: np.abs(y - t).mean()" },
};
