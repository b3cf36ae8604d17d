/** What a metric is: one file each, a per-batch mean that averages over batches weighted by their size. */
import type { Value } from "../../graph/builder.ts";

export interface MetricDefinition {
  readonly summary: string;
  readonly task: "classification" | "regression";
  /** Whether a larger value is better. */
  readonly largerIsBetter: boolean;
  /** `fraction` is shown as a percentage, `target` in the target's own unit. */
  readonly unit: "fraction" | "target";
  /** float32 scalar: the mean over the batch. Output and target as in a loss. */
  forward(output: Value, target: Value): Value;
}
