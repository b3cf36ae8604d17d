/** The weight that exponential averages have gathered after t steps: 1 − βᵗ. */

import { add, div, mul, tanh } from "../../graph/functions.ts";
import type { Value } from "../../graph/value.ts";

/**
 * Written as 2T / (1 + T) with T = tanh(−t ln β / 2): in float32, 1 − βᵗ itself loses five digits to cancellation while t is small.
 * @param step float32 scalar, counted from 1
 */
export function biasCorrection(step: Value, beta: number): Value {
  // β = 0 remembers nothing: the weight is one from the first step on, as tanh of a large number is.
  const decay = beta === 0 ? 100 : -Math.log(beta);
  const t = tanh(mul(step, decay / 2));
  return div(mul(t, 2), add(t, 1));
}
