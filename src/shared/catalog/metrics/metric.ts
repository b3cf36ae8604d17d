/** What a metric is: one file each, exact over a whole part of the data and, where that makes sense, per batch in the graph for the training curve. */
import type { Value } from "../../graph/value.ts";
import type { Words } from "../../kit/words.ts";
import type { TorchExpression } from "../common/torch.ts";

/** The model's outputs for some rows. */
export interface Predictions {
  /** [rows, width], row-major: one score a class (higher is likelier), or the predicted values. */
  readonly outputs: Float32Array;
  /** Class numbers [rows], or target values [rows, width]. */
  readonly targets: Int32Array | Float32Array;
  readonly rows: number;
  /** Columns of the outputs: classes (two for a binary model of one logit, which the engine spreads to [0, logit]), or target values. */
  readonly width: number;
}

/** Gathers predictions piece by piece; the order of the pieces does not matter. */
export interface Accumulator {
  add(predictions: Predictions): void;
  /** The metric over everything added, of those classes or columns for which it is defined; NaN where there are none. */
  value(): number;
  /** The classes or columns for which it is not defined, by number; absent of a metric that needs nothing of them one by one. */
  undefinedFor?(): readonly number[];
}

export interface MetricDefinition {
  /** What it is called. */
  readonly title: Words;
  readonly summary: Words;
  /** Definition or paper, where the name alone does not fix it. */
  readonly source?: string;
  readonly task: "classification" | "regression";
  /** Whether a larger value is better. */
  readonly largerIsBetter: boolean;
  /** `fraction` is shown as a percentage, `target` in the target's own unit, `score` as a plain number. */
  readonly unit: "fraction" | "target" | "score";
  /** Fewest classes for which it means something beyond accuracy, where there is such a bound. */
  readonly fewestClasses?: number;
  accumulator(width: number): Accumulator;
  /** float32 scalar over one batch, equal to the accumulator's value on it; absent where a batch alone says little. */
  forward?(output: Value, target: Value): Value;
  /** The metric as a function of (outputs, targets) in numpy, `lambda y, t: (y.argmax(1) == t).mean()`: float64 [rows, width], and as {@link Predictions}. */
  readonly numpy: TorchExpression;
}
