/** The root of the mean over all rows and the target's values of (y − t)². Roots of batches do not average, so no batch has one of its own. */
import { meanError } from "./errors.ts";
import type { MetricDefinition } from "./metric.ts";

export const rootMeanSquaredError: MetricDefinition = {
  summary: "Typical size of an error, in the target's own unit, large ones weighing more.",
  task: "regression",
  largerIsBetter: false,
  unit: "target",
  accumulator: () => meanError((error) => error * error, Math.sqrt),
  numpy: { make: "lambda y, t: ((y - t) ** 2).mean() ** 0.5" },
};
