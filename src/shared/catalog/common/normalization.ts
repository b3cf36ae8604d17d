/**
 * Shared by the normalization layers. Scale and shift are written as one multiplication and one addition per value, because the runtime fuses these,
 * together with a following addition or ReLU, into one pass over memory.
 */

import { add, batchNormalization, div, mul, reshape, sqrt, sub } from "../../graph/functions.ts";
import { staticShape } from "../../graph/types.ts";
import type { Value } from "../../graph/value.ts";
import { at } from "../../kit/fault.ts";

/** x · scale + shift. @param x [N, C, ...space] @param scale [C] @param shift [C] */
export function scaleAndShift(x: Value, scale: Value, shift: Value): Value {
  const channels = (each: Value) => reshape(each, [at(staticShape(each.shape), 0), ...x.shape.slice(2).map(() => 1)]);
  return add(mul(x, channels(scale)), channels(shift));
}

export interface BatchNormalized {
  readonly y: Value;
  /** [C]: mean of each channel over the batch and the spatial axes. */
  readonly mean: Value;
  /** [C]: population variance. Running averages usually use the unbiased one, n / (n − 1) times this. */
  readonly variance: Value;
}

/**
 * Batch normalization in training, with the statistics of the batch.
 * @param x [N, C, ...space] @param scale [C] @param bias [C]
 */
export function normalizeByBatch(x: Value, scale: Value, bias: Value, epsilon: number): BatchNormalized {
  const channels = at(staticShape(scale.shape), 0);
  // With a momentum of 0, the updated running statistics are those of the batch, whatever the previous ones were.
  const before = x.builder.innermost.constant(new Float64Array(channels), [channels], "float32", `zeros/${channels}`);
  const outputs = batchNormalization(x, scale, bias, before, before, { epsilon, momentum: 0, training_mode: 1 });
  return { y: at(outputs, 0), mean: at(outputs, 1), variance: at(outputs, 2) };
}

/** Batch normalization at inference: the running statistics, folded into one scale and one shift per channel. */
export function normalizeByRunning(x: Value, scale: Value, bias: Value, mean: Value, variance: Value, epsilon: number): Value {
  const slope = div(scale, sqrt(add(variance, epsilon)));
  return scaleAndShift(x, slope, sub(bias, mul(mean, slope)));
}
