/** Operations on levels or extreme values of images in [0, 1], [batch, channels, height, width], as in Pillow's ImageOps. */

import {
  add,
  cast,
  div,
  equal,
  expand,
  floor,
  gatherElements,
  greater,
  less,
  matMul,
  max,
  min,
  mul,
  neg,
  reduceMax,
  reduceSum,
  reshape,
  scatterElements,
  sub,
  where,
} from "../../graph/functions.ts";
import type { Value } from "../../graph/value.ts";
import { clipped, levelsOf } from "./colour.ts";

const LEVELS = 256;

/** Rounds levels down to multiples of `step`, a power of two: 2^(8 − bits) keeps `bits` bits. */
export const posterized = (x: Value, step: Value): Value => mul(mul(floor(div(levelsOf(x), step)), step), 1 / 255);

/** Inverts values from the threshold on. */
export const solarized = (x: Value, threshold: Value): Value => where(less(x, threshold), x, sub(x.builder.innermost.scalar(1), x));

/** Stretches every channel from black to white; a constant channel is unchanged. */
export function autoContrasted(x: Value): Value {
  const [low, high] = [neg(reduceMax(neg(x), [2, 3], true)), reduceMax(x, [2, 3], true)];
  const range = sub(high, low);
  const some = greater(range, 1 / 512);
  return where(some, clipped(div(sub(x, low), where(some, range, 1))), x);
}

/**
 * Histogram equalization per channel, identical to ImageOps.equalize on 256 levels. A channel with too few pixels or a single level is unchanged.
 * Counts are integers below 2²⁴, so sums in any order are exact (images of up to 8 million pixels).
 */
export function equalized(x: Value, shape: readonly number[], batch: number): Value {
  const [channels = 1, height = 1, width = 1] = shape;
  const [rows, pixels] = [batch * channels, height * width];
  const builder = x.builder.innermost;
  const levels = reshape(levelsOf(x), [rows, pixels]);
  const places = cast(levels, "int64");
  const none = expand(builder.scalar(0), [rows, LEVELS]);
  const histogram = scatterElements(none, places, expand(builder.scalar(1), [rows, pixels]), 1, "add");
  const numbers = builder.constant(
    Array.from({ length: LEVELS }, (_, i) => i),
    [1, LEVELS],
    "float32",
    "levels",
  );
  const lightest = mul(histogram, cast(equal(numbers, reduceMax(levels, [1], true)), "float32"));
  const step = floor(div(sub(builder.scalar(pixels), reduceSum(lightest, [1], true)), 255));
  // Selects the pixels below each level.
  const triangle = builder.constant(
    Array.from({ length: LEVELS * LEVELS }, (_, i) => (Math.floor(i / LEVELS) < i % LEVELS ? 1 : 0)),
    [LEVELS, LEVELS],
    "float32",
    "levels/below",
  );
  const below = matMul(histogram, triangle);
  const table = min(floor(div(add(below, floor(mul(step, 0.5))), max(step, 1))), 255);
  const equal256 = reshape(mul(gatherElements(table, places, 1), 1 / 255), [batch, channels, height, width]);
  return where(greater(reshape(step, [batch, channels, 1, 1]), 0.5), equal256, x);
}
