/** The total weight of an exponential average after t steps: 1 − βᵗ. */

import { add, div, mul, tanh } from "../../graph/functions.ts";
import type { Value } from "../../graph/value.ts";

/**
 * Computed as 2T / (1 + T) with T = tanh(−t ln β / 2), because in float32, 1 − βᵗ loses five digits to cancellation for small t.
 * @param step float32 scalar, counted from 1
 */
export function biasCorrection(step: Value, beta: number): Value {
  // β = 0 has no memory: the weight is one from the first step on, which a large decay gives.
  const decay = beta === 0 ? 100 : -Math.log(beta);
  const t = tanh(mul(step, decay / 2));
  return div(mul(t, 2), add(t, 1));
}
