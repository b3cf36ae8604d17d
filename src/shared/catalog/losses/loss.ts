/** The definition of a loss: a scalar computed from a batch of outputs and targets. One file each. */
import type { z } from "zod";
import type { Value } from "../../graph/value.ts";
import type { Text, Words } from "../../kit/words.ts";
import type { TorchExpression } from "../common/torch.ts";

export interface LossContext<C> {
  /** The model's output, [batch, width]. Logits for classification. */
  readonly output: Value;
  /** Class indices (int64 [batch]) or regression targets (float32, shaped like the output). */
  readonly target: Value;
  readonly config: C;
  /** Number of classes, which may differ from the output width; 0 for a regression. */
  readonly classes: number;
  /** Number of training samples per class; empty for a regression. */
  readonly classCounts: readonly number[];
}

/** A loss that does not fit its target, or a configuration that does not fit the data. */
export interface LossMisfit {
  /** The invalid field; empty for the loss as a whole. */
  readonly field: string;
  readonly expected: Text;
  readonly received: Text;
  readonly remedy: Text;
}

/**
 * The unit of a loss: the negative log-likelihood of the correct answer; the same, weighted; differences of scores, which have an arbitrary scale;
 * or the distance to the target, or its square.
 */
export type LossUnit = "nats" | "weightedNats" | "score" | "target" | "squaredTarget";

export interface LossDefinition<C = never> {
  /** Display name. */
  readonly title: Words;
  readonly summary: Words;
  readonly source: string;
  readonly task: "classification" | "regression";
  readonly schema: z.ZodType<C>;
  /** Output width that the model needs for this number of classes (or of target values, for a regression). */
  width(classes: number): number;
  /**
   * Converts class scores to probabilities; absent if the scores have none. Sigmoid probabilities are independent of each other. A single logit of
   * two classes is expanded to two scores with a softmax that equals the logit's sigmoid.
   */
  readonly activation?: "softmax" | "sigmoid";
  /** For the values that the loss gets: standardized targets are in standard deviations. */
  unit(config: C): LossUnit;
  /** Errors for this number of classes, such as a list of weights with another length, or a softmax over one class. */
  misfits(config: C, classes: number): readonly LossMisfit[];
  /** float32 scalar: the mean over the batch. Weighted terms are also divided by the number of samples. */
  forward(context: LossContext<C>): Value;
  /** Configurations for documentation and tests, including the defaults. */
  readonly samples: readonly { readonly config: Readonly<Record<string, unknown>>; readonly classes: number }[];
  /** A function of (output, target) in PyTorch: `lambda output, target: F.cross_entropy(output, target)`. */
  torch(config: C, classes: number, classCounts: readonly number[]): TorchExpression;
}
