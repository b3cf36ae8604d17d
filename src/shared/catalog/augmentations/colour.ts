/**
 * Brightness and colour of images in [0, 1], [batch, channels, height, width], as defined by Pillow and torchvision, but rounded to bytes only if
 * the operation itself is defined on levels.
 */
import { add, floor, globalAveragePool, max, min, mul, pad, reshape, slice, sub } from "../../graph/functions.ts";
import { staticShape } from "../../graph/types.ts";
import type { Value } from "../../graph/value.ts";
import { say } from "../../kit/say.ts";
import type { AugmentationMisfit } from "./augmentation.ts";

export const clipped = (x: Value): Value => max(min(x, 1), 0);

/** The nearest of 256 levels, 0 … 255. */
export const levelsOf = (x: Value): Value => floor(add(mul(clipped(x), 255), 0.5));

export const isColour = (shape: readonly number[]): boolean => shape.length === 3 && shape[0] === 3;

/** Rejects images without colour for operations that only change colours. */
export function colourMisfits(shape: readonly number[]): readonly AugmentationMisfit[] {
  const [channels = 1] = shape;
  if (isColour(shape)) return [];
  return [
    {
      field: "",
      expected: say`needs colours: images of three channels, red, green and blue`,
      received: channels === 1 ? say`images of one channel` : say`images of ${channels} channels`,
      remedy: say`Remove it, or use "brightness", "contrast" or "gamma".`,
    },
  ];
}

/** Luma by ITU-R BT.601 from three channels, [batch, 1, height, width]; other numbers of channels are returned unchanged. */
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

/** The mean of each sample, [batch, 1, …, 1] with the rank of x. Uses pooling, because the rounding of a reduction depends on the position in the batch. */
export function meanOf(x: Value): Value {
  const [batch = 1, ...shape] = staticShape(x.shape);
  const size = shape.reduce((product, dim) => product * dim, 1);
  return reshape(globalAveragePool(reshape(x, [batch, 1, 1, size])), [batch, ...shape.map(() => 1)]);
}

/** Interpolates between `x` without a property (factor 0) and `x` (factor 1); above 1 it exaggerates the property (Haeberli & Voorhies 1994). */
export const blended = (x: Value, without: Value, factor: Value): Value => clipped(add(without, mul(factor, sub(x, without))));

/** Weighted mean over 3×3 pixels with weight 5 in the centre (Pillow's SMOOTH); the outermost pixels are unchanged. */
export function smoothed(x: Value, shape: readonly number[]): Value {
  const [, height = 1, width = 1] = shape;
  if (height < 3 || width < 3) return x;
  const threes = (value: Value, axis: number, size: number) =>
    [0, 1, 2].map((i) => slice(value, [i], [size - 2 + i], [axis], [1])).reduce((sum, part) => add(sum, part));
  const box = threes(threes(x, 3, width), 2, height);
  const inner = slice(x, [1, 1], [height - 1, width - 1], [2, 3], [1, 1]);
  // The change is computed for inner pixels and padded with zeros.
  const change = sub(mul(add(box, mul(inner, 4)), 1 / 13), inner);
  return add(x, pad(change, [0, 0, 1, 1, 0, 0, 1, 1]));
}
