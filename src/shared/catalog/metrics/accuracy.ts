/** Share of samples whose largest output is the target's class. */
import { argMax, cast, equal, reduceMean } from "../../graph/functions.ts";
import type { MetricDefinition } from "./metric.ts";

export const accuracy: MetricDefinition = {
  summary: "Share of samples classified correctly.",
  task: "classification",
  largerIsBetter: true,
  unit: "fraction",
  forward: (output, target) => reduceMean(cast(equal(argMax(output, 1), target), "float32"), [0]),
};
