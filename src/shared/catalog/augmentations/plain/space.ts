/** Transformations in plain numbers, each as its inverse: from an output offset from the centre to the input offset. Columns point right, rows down. */
import { at } from "../../../kit/fault.ts";
import type { Outside, Sample } from "./sample.ts";

/** [right, down] or [right, down, back], in pixels from the centre. */
export type Offset = readonly number[];

/** A sample resampled by an inverse transformation. */
export function seen(sample: Sample, back: (offset: Offset) => Offset, outside: Outside): Sample {
  const middle = sample.space.map((size) => (size - 1) / 2);
  return sample.moved((place) => {
    const offset = place.map((each, axis) => each - at(middle, axis)).toReversed();
    return back(offset)
      .toReversed()
      .map((each, axis) => each + at(middle, axis));
  }, outside);
}

/** Rotates two components of an offset back by an angle in degrees. */
export function turnedBack(offset: Offset, first: number, second: number, degrees: number): Offset {
  const radians = (degrees * Math.PI) / 180;
  const [a, b] = [at(offset, first), at(offset, second)];
  return offset.with(first, a * Math.cos(radians) - b * Math.sin(radians)).with(second, a * Math.sin(radians) + b * Math.cos(radians));
}

/** The inverse of the shear u' = u + tan(x) v, v' = v + tan(y) u. @param x in degrees @param y in degrees */
export function slantedBack([u = 0, v = 0]: Offset, x: number, y: number): Offset {
  const [kx, ky] = [x, y].map((degrees) => Math.tan((degrees * Math.PI) / 180)) as [number, number];
  return [(u - kx * v) / (1 - kx * ky), (v - ky * u) / (1 - kx * ky)];
}

export const shiftedBack = (offset: Offset, by: Offset): Offset => offset.map((each, i) => each - at(by, i));
