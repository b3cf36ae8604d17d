/** The definition of a metric: exact over a whole part of the data and, where useful, per batch in the graph for the training curve. One file each. */
import type { Value } from "../../graph/value.ts";
import type { Words } from "../../kit/words.ts";
import type { TorchExpression } from "../common/torch.ts";

/** The model's outputs for some rows. */
export interface Predictions {
  /** [rows, width], row-major: one score per class (higher is more likely), or the predicted values. */
  readonly outputs: Float32Array;
  /** Class indices [rows], or target values [rows, width]. */
  readonly targets: Int32Array | Float32Array;
  readonly rows: number;
  /**
   * Number of columns of the outputs: classes, or target values. A binary model with one logit has two columns, because the engine expands it to [0,
   * logit].
   */
  readonly width: number;
}

/** Collects predictions in pieces; their order does not matter. */
export interface Accumulator {
  add(predictions: Predictions): void;
  /** The metric over all added predictions, and over the classes or columns for which it is defined; NaN if there are none. */
  value(): number;
  /** Indices of the classes or columns for which it is undefined; absent for a metric that is always defined. */
  undefinedFor?(): readonly number[];
}

export interface MetricDefinition {
  /** Display name. */
  readonly title: Words;
  readonly summary: Words;
  /** Definition or paper, if the name alone is ambiguous. */
  readonly source?: string;
  readonly task: "classification" | "regression";
  /** Whether a larger value is better. */
  readonly largerIsBetter: boolean;
  /** `fraction` is shown as a percentage, `target` in the target's own unit, `score` as a plain number. */
  readonly unit: "fraction" | "target" | "score";
  /** Whether it is the fraction of samples for which something holds. Only then a binomial interval says how far it can be relied on. */
  readonly countsSamples?: true;
  /** Minimum number of classes for which it differs usefully from accuracy, if there is one. */
  readonly fewestClasses?: number;
  accumulator(width: number): Accumulator;
  /** float32 scalar over one batch, equal to the accumulator's value on it; absent if the value of one batch is not useful. */
  forward?(output: Value, target: Value): Value;
  /**
   * The metric in numpy as a function of (outputs, targets), `lambda y, t: (y.argmax(1) == t).mean()`: outputs are float64 [rows, width], targets as
   * in {@link Predictions}.
   */
  readonly numpy: TorchExpression;
}
