/** Constants that several gradients of a graph share: if two nodes read the same constant, the runtime can merge equal computations. */

import type { DType } from "../types.ts";
import type { Value } from "../value.ts";

/** @param name must determine the values */
export function sharedConstant({ builder }: Value, name: string, shape: readonly number[], values: () => number[], dtype: DType = "float32"): Value {
  const { innermost } = builder;
  return innermost.owns(name) ? innermost.value(name) : innermost.constant(values(), shape, dtype, name);
}
