/** What a loss is: one file each, a scalar from a batch of outputs and targets. */
import type { z } from "zod";
import type { Value } from "../../graph/value.ts";
import type { Words } from "../../kit/words.ts";
import type { TorchExpression } from "../common/torch.ts";

export interface LossContext<C> {
  /** The model's output, [batch, width]. Logits for classification. */
  readonly output: Value;
  /** Class numbers (int64 [batch]) or regression targets (float32, shaped like the output). */
  readonly target: Value;
  readonly config: C;
  /** Classes of a classification, whose number may differ from the width; 0 for a regression. */
  readonly classes: number;
  /** Training samples of each class; empty for a regression. */
  readonly classCounts: readonly number[];
}

/** A loss that does not suit its target or its configuration the data. */
export interface LossMisfit {
  /** The field at fault, empty for the loss as a whole. */
  readonly field: string;
  readonly expected: string;
  readonly received: string;
  readonly remedy: string;
}

/**
 * What a loss counts: the surprise at the right answer; that, multiplied by weights; differences of scores, which have no scale but their own; or the
 * distance to the target, or its square.
 */
export type LossUnit = "nats" | "weightedNats" | "score" | "target" | "squaredTarget";

export interface LossDefinition<C = never> {
  /** What it is called. */
  readonly title: Words;
  readonly summary: Words;
  readonly source: string;
  readonly task: "classification" | "regression";
  readonly schema: z.ZodType<C>;
  /** Numbers the model must give a sample, for this count of classes (or of target values, for a regression). */
  width(classes: number): number;
  /**
   * What makes probabilities of the scores of the classes; absent where they are none. A sigmoid's stand each for itself. Two classes of one logit are
   * spread to two scores, whose softmax is the logit's sigmoid.
   */
  readonly activation?: "softmax" | "sigmoid";
  /** Of the values as the loss takes them: where targets are standardized, its target is in standard deviations. */
  unit(config: C): LossUnit;
  /** What cannot be, with this count of classes: a list of weights of another length, a softmax over one class. */
  misfits(config: C, classes: number): readonly LossMisfit[];
  /** float32 scalar: the mean over the batch (of per-sample terms, weighted or not, always divided by the number of samples). */
  forward(context: LossContext<C>): Value;
  /** Configurations for documentation and tests; the one with the defaults is among them. */
  readonly samples: readonly { readonly config: Readonly<Record<string, unknown>>; readonly classes: number }[];
  /** A function of (output, target) in PyTorch: `lambda output, target: F.cross_entropy(output, target)`. */
  torch(config: C, classes: number, classCounts: readonly number[]): TorchExpression;
}
