/** Constants that several gradients need, once in a graph: where two nodes read the same one, the runtime can see that they compute the same. */

import type { DType } from "../types.ts";
import type { Value } from "../value.ts";

/** @param name says everything that the values depend on */
export function sharedConstant({ builder }: Value, name: string, shape: readonly number[], values: () => number[], dtype: DType = "float32"): Value {
  const { innermost } = builder;
  return innermost.owns(name) ? innermost.value(name) : innermost.constant(values(), shape, dtype, name);
}
