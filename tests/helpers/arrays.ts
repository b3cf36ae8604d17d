/** Random arrays for the batteries, and how close two arrays are. */
import type { NdArray, TensorType } from "../../src/shared/graph/types.ts";
import { staticShape } from "../../src/shared/graph/types.ts";
import type { RandomStream } from "../../src/shared/math/random.ts";

export interface Draw {
  /** Of float inputs; [-1, 1] where absent. */
  readonly range?: readonly [number, number];
  /** Whole numbers are drawn from 0 … below − 1; 5 where absent. */
  readonly below?: number | readonly number[];
  /** Distinct values with gaps that no small step closes. */
  readonly separated?: boolean;
  /** Floats of three distinct values. */
  readonly ties?: boolean;
}

/** An array of the given type for an operator's n-th input. Give every array a stream of its own. */
export function randomArray(type: TensorType, stream: RandomStream, draw: Draw = {}, input = 0): NdArray {
  const shape = staticShape(type.shape);
  const size = shape.reduce((a, b) => a * b, 1);
  const [low, high] = draw.range ?? [-1, 1];
  // Distinct over the two arrays of a binary operator as well: every array has its own offset within the gaps.
  const order = stream.permutation(size);
  const below = (typeof draw.below === "object" ? draw.below[input] : draw.below) ?? 5;
  const offset = 0.2 + 0.6 * stream.uniform(size);
  const data = Float64Array.from({ length: size }, (_, i) => {
    // Both truth values occur wherever there is room for both, and two arrays are not each other's opposite.
    if (type.dtype === "bool") return order[i] === 0 ? 0 : order[i] === 1 ? 1 : stream.below(2, i);
    if (type.dtype !== "float32") return stream.below(below, i);
    if (draw.ties) return low + ((high - low) * stream.below(3, i)) / 2;
    const position = draw.separated ? ((order[i] ?? 0) + offset) / size : stream.uniform(i);
    // Rounded to float32, so that both sides start from the very same numbers.
    return Math.fround(low + (high - low) * position);
  });
  return { shape, data };
}

/** The largest |a − b| / max(1, |b|). */
export function largestError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let worst = 0;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] ?? Number.NaN, b[i] ?? Number.NaN];
    const error = Math.abs(x - y) / Math.max(1, Math.abs(y));
    worst = Number.isNaN(error) ? Number.POSITIVE_INFINITY : Math.max(worst, error);
  }
  return worst;
}
