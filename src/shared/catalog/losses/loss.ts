/** What a loss is: one file each, a scalar from a batch of outputs and targets. */
import type { z } from "zod";
import type { Value } from "../../graph/builder.ts";

export interface LossContext<C> {
  /** The model's output, [batch, ...]. Logits for classification. */
  readonly output: Value;
  /** Class numbers (int64 [batch]) or regression targets (float32, shaped like the output). */
  readonly target: Value;
  readonly config: C;
}

export interface LossDefinition<C = never> {
  readonly summary: string;
  readonly source: string;
  readonly task: "classification" | "regression";
  readonly schema: z.ZodType<C>;
  /** float32 scalar: the mean over the batch. */
  forward(context: LossContext<C>): Value;
}
