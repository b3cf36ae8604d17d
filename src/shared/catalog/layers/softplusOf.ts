/** log(1 + eˣ), which several activations are made of. */
import type { Value } from "../../graph/builder.ts";
import { abs, add, exp, log, max, neg } from "../../graph/functions.ts";

/** Written max(x, 0) + log(1 + e^−|x|), so that nothing overflows. */
export function softplusOf(x: Value): Value {
  return add(max(x, 0), log(add(exp(neg(abs(x))), 1)));
}
