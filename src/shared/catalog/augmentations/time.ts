/** Helper for the time axis, the last axis of signals [channels, time] and spectrograms [channels, bands, time]. */
import type { Value } from "../../graph/value.ts";

export const lengthOf = (shape: readonly number[]): number => shape.at(-1) ?? 1;

/** 0, 1, … size − 1 along one axis, with the rank of x; exact in float32 up to 2²⁴. */
export function stepsOf(x: Value, size: number, axis = -1): Value {
  const rank = x.shape.length;
  const along = axis < 0 ? rank + axis : axis;
  return x.builder.innermost.constant(
    Array.from({ length: size }, (_, i) => i),
    Array.from({ length: rank }, (_, other) => (other === along ? size : 1)),
    "float32",
    `steps/${rank}/${along}/${size}`,
  );
}
