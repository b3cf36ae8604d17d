/**
 * Smooth random displacements: cubic B-splines over a coarse grid of control points (free-form deformation: Rueckert et al. 1999), instead of
 * Simard's Gaussian filter over a field of the image's size. They are equally smooth with fewer numbers and operations.
 */

import { add, mul, slice } from "../../graph/functions.ts";
import { staticShape } from "../../graph/types.ts";
import type { Value } from "../../graph/value.ts";
import { at } from "../../kit/fault.ts";
import { placesAlong, sampledAt } from "./planar.ts";

/** The four weights of a uniform cubic B-spline at t ∈ [0, 1] in its interval. */
const basis = (t: number): readonly number[] => [(1 - t) ** 3 / 6, (3 * t ** 3 - 6 * t ** 2 + 4) / 6, (-3 * t ** 3 + 3 * t ** 2 + 3 * t + 1) / 6, t ** 3 / 6];

/** Standard deviation of the field in an image for control points of standard deviation 1: the mean sum of squared weights is 151/315 per axis. */
export const FIELD_DEVIATION = 151 / 315;

/** Number of grid intervals along an axis. There are three more control points than intervals. */
export const intervalsOf = (smoothness: number): number => Math.max(1, Math.round(1 / smoothness));

/** Weight of every control point at every position: [size][intervals + 3]. */
export function splineWeights(size: number, intervals: number): readonly (readonly number[])[] {
  return Array.from({ length: size }, (_, i) => {
    const place = size === 1 ? 0 : (i * intervals) / (size - 1);
    const from = Math.min(intervals - 1, Math.floor(place));
    const weights = basis(place - from);
    return Array.from({ length: intervals + 3 }, (_, k) => (k >= from && k < from + 4 ? at(weights, k - from) : 0));
  });
}

/**
 * @param control [batch, parts, intervals + 3, intervals + 3]
 * @returns [batch, parts, height, width]
 */
export function splineField(control: Value, intervals: number, height: number, width: number): Value {
  const builder = control.builder.innermost;
  const along = (x: Value, axis: number, size: number): Value => {
    const weights = splineWeights(size, intervals);
    const shape = [1, 1, 1, 1].map((one, other) => (other === axis ? size : one));
    return Array.from({ length: intervals + 3 }, (_, k) => {
      const weight = builder.constant(
        weights.map((row) => at(row, k)),
        shape,
        "float32",
        `spline/${axis}/${size}/${k}`,
      );
      return mul(slice(x, [k], [k + 1], [axis], [1]), weight);
    }).reduce((sum, part) => add(sum, part));
  };
  return along(along(control, 3, width), 2, height);
}

/**
 * x sampled at positions that are displaced by the field.
 * @param field [batch, 2, height, width], right and down, as fractions of the width and of the height
 */
export function displaced(x: Value, field: Value, outside: "zeros" | "border" | "reflection"): Value {
  const [, , height = 1, width = 1] = staticShape(field.shape);
  const builder = x.builder.innermost;
  const [columns, rows] = [placesAlong(width), placesAlong(height)];
  const here = [rows.flatMap(() => columns), rows.flatMap((row) => columns.map(() => row))].flat();
  const still = builder.constant(here, [1, 2, height, width], "float32", `grid/${height}x${width}`);
  const step = (size: number) => (2 * size) / Math.max(1, size - 1);
  const steps = builder.constant([step(width), step(height)], [1, 2, 1, 1], "float32", `grid/steps/${height}x${width}`);
  return sampledAt(x, add(mul(field, steps), still), outside);
}
