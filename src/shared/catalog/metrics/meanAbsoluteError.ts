/** Mean over the batch and the target's values of |y − t|. */
import { abs, reduceMean, sub } from "../../graph/functions.ts";
import type { MetricDefinition } from "./metric.ts";

export const meanAbsoluteError: MetricDefinition = {
  summary: "Mean distance to the target, in the target's own unit.",
  task: "regression",
  largerIsBetter: false,
  unit: "target",
  forward: (output, target) => reduceMean(abs(sub(output, target)), [0, 1]),
};
