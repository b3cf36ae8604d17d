/**
 * Light and colour of pictures in [0, 1], [batch, channels, height, width], as Pillow and torchvision define them, but without rounding to bytes where
 * the operation itself does not ask for levels.
 */

import { add, floor, globalAveragePool, max, min, mul, pad, reshape, slice, sub } from "../../graph/functions.ts";
import { staticShape } from "../../graph/types.ts";
import type { Value } from "../../graph/value.ts";
import type { AugmentationMisfit } from "./augmentation.ts";

export const clipped = (x: Value): Value => max(min(x, 1), 0);

/** The nearest of 256 levels, 0 … 255. */
export const levelsOf = (x: Value): Value => floor(add(mul(clipped(x), 255), 0.5));

export const isColour = (shape: readonly number[]): boolean => shape.length === 3 && shape[0] === 3;

/** What only colours can be changed by has nothing to do on other pictures. */
export function colourMisfits(shape: readonly number[]): readonly AugmentationMisfit[] {
  const [channels = 1] = shape;
  if (isColour(shape)) return [];
  return [
    {
      field: "",
      expected: "needs colours: images of three channels, red, green and blue",
      received: `images of ${channels === 1 ? "one channel" : `${channels} channels`}`,
      remedy: 'Remove it, or use "brightness", "contrast" or "gamma".',
    },
  ];
}

/** Luma after ITU-R BT.601 of three channels, [batch, 1, height, width]; any other number of channels as it is. */
export function grayOf(x: Value, shape: readonly number[]): Value {
  if (!isColour(shape)) return x;
  const [red, green, blue] = channelsOf(x);
  return add(add(mul(red, 0.299), mul(green, 0.587)), mul(blue, 0.114));
}

/** Red, green and blue, each [batch, 1, height, width]. */
export function channelsOf(x: Value): readonly [Value, Value, Value] {
  const channel = (i: number) => slice(x, [i], [i + 1], [1], [1]);
  return [channel(0), channel(1), channel(2)];
}

/** The sample's mean, [batch, 1, …, 1] with the rank of x. Pooled, since the sums of a reduction depend on the place in the batch. */
export function meanOf(x: Value): Value {
  const [batch = 1, ...shape] = staticShape(x.shape);
  const size = shape.reduce((product, dim) => product * dim, 1);
  return reshape(globalAveragePool(reshape(x, [batch, 1, 1, size])), [batch, ...shape.map(() => 1)]);
}

/** `x` moved away from what it is without the property: 0 takes the property away, 1 leaves it, above 1 exaggerates (Haeberli & Voorhies 1994). */
export const blended = (x: Value, without: Value, factor: Value): Value => clipped(add(without, mul(factor, sub(x, without))));

/** Each value in the weighted mean of its eight neighbours and itself, with weight 5 (Pillow's SMOOTH); the outermost pixels stay. */
export function smoothed(x: Value, shape: readonly number[]): Value {
  const [, height = 1, width = 1] = shape;
  if (height < 3 || width < 3) return x;
  const threes = (value: Value, axis: number, size: number) =>
    [0, 1, 2].map((i) => slice(value, [i], [size - 2 + i], [axis], [1])).reduce((sum, part) => add(sum, part));
  const box = threes(threes(x, 3, width), 2, height);
  const inner = slice(x, [1, 1], [height - 1, width - 1], [2, 3], [1, 1]);
  // What is added to the middle is nothing at the border.
  const change = sub(mul(add(box, mul(inner, 4)), 1 / 13), inner);
  return add(x, pad(change, [0, 0, 1, 1, 0, 0, 1, 1]));
}
