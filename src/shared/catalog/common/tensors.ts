/** Helpers for values that catalog entries share. */

import { cast, equal, reshape } from "../../graph/functions.ts";
import { type Shape, staticShape } from "../../graph/types.ts";
import type { Value } from "../../graph/value.ts";
import { at, internal } from "../../kit/fault.ts";

/** A parameter or slot that must exist; throws an internal error otherwise. */
export function tensorOf(tensors: Readonly<Record<string, Value>>, name: string): Value {
  const value = tensors[name];
  if (value === undefined) throw internal(`no tensor is named ${name}`);
  return value;
}

/** The shape of one sample of a batch. */
export function sampleShapeOf(batch: Shape): readonly number[] {
  return staticShape(batch.slice(1));
}

/** Class indices int64 [N] as one-hot float32 [N, classes]. */
export function oneHot(target: Value, classes: number): Value {
  const columns = target.builder.innermost.constant(
    Array.from({ length: classes }, (_, i) => i),
    [1, classes],
    "int64",
    `classes/${classes}`,
  );
  return cast(equal(reshape(target, [at(staticShape(target.shape), 0), 1]), columns), "float32");
}
