/**
 * Images transformed in their plane. Each sample has a matrix that maps output positions to input positions (the inverse of the visible
 * transformation), about the image's centre, in pixels. Sampling is bilinear (Jaderberg et al. 2015, equation 5).
 */

import { add, gridSample, mul, reshape, slice, transpose } from "../../graph/functions.ts";
import { staticShape } from "../../graph/types.ts";
import type { Value } from "../../graph/value.ts";
import type { ApplyContext } from "./augmentation.ts";
import { bilinear, pixelsOf } from "./bilinear.ts";

/** [[xx, xy, x0], [yx, yy, y0]]: column = xx · u + xy · v + x0 for the result's column u and row v. */
export interface PlaneMap {
  readonly xx: number;
  readonly xy: number;
  readonly x0: number;
  readonly yx: number;
  readonly yy: number;
  readonly y0: number;
}

/** Number of numbers of a map. */
export const MAP_WIDTH = 6;

export const STILL: PlaneMap = { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 };

export interface Movement {
  /** Counter-clockwise, in degrees. */
  readonly rotate?: number;
  /** Above 1 enlarges. */
  readonly zoom?: number;
  /** To the right and down, in pixels. */
  readonly right?: number;
  readonly down?: number;
  /** Shear along the rows and along the columns, in degrees. */
  readonly shearX?: number;
  readonly shearY?: number;
}

/** The map of a transformation: shear, then rotation and scaling, then translation. */
export function mapOf({ rotate = 0, zoom = 1, right = 0, down = 0, shearX = 0, shearY = 0 }: Movement): PlaneMap {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians(rotate)), Math.sin(radians(rotate))];
  const [kx, ky] = [Math.tan(radians(shearX)), Math.tan(radians(shearY))];
  // Forward matrix: zoom · R · S. R rotates counter-clockwise when rows point down.
  const [a, b] = [zoom * (cos + sin * ky), zoom * (cos * kx + sin)];
  const [c, d] = [zoom * (-sin + cos * ky), zoom * (-sin * kx + cos)];
  const determinant = a * d - b * c;
  const [xx, xy, yx, yy] = [d / determinant, -b / determinant, -c / determinant, a / determinant];
  return { xx, xy, x0: -(xx * right + xy * down), yx, yy, y0: -(yx * right + yy * down) };
}

/** The numbers of a map for the graph; −1 and 1 are the outermost pixels. */
export function mapNumbers({ xx, xy, x0, yx, yy, y0 }: PlaneMap, shape: readonly number[]): readonly number[] {
  const height = Math.max(1, (shape.at(-2) ?? 1) - 1);
  const width = Math.max(1, (shape.at(-1) ?? 1) - 1);
  return [xx, (xy * height) / width, (2 * x0) / width, (yx * width) / height, yy, (2 * y0) / height];
}

/** Coordinates along an axis; −1 and 1 are the outermost elements. */
export const placesAlong = (size: number): readonly number[] => Array.from({ length: size }, (_, i) => (size === 1 ? 0 : (2 * i) / (size - 1) - 1));

/**
 * a · column + b · row + c at every output position. Products and sums avoid a last axis of length 1, for which the runtime takes fifteen times as
 * long.
 * @param factors a, b and c: [batch, parts, 3]
 * @returns [batch, parts, height, width]
 */
export function planes(factors: Value, height: number, width: number): Value {
  const [batch = 1, parts = 1] = staticShape(factors.shape);
  const builder = factors.builder.innermost;
  const factor = (i: number) => slice(factors, [i], [i + 1], [2], [1]);
  const along = (size: number) => builder.constant(placesAlong(size), [size], "float32", `grid/${size}`);
  const columns = mul(factor(0), along(width));
  const rows = add(mul(factor(1), along(height)), factor(2));
  return add(reshape(rows, [batch, parts, height, 1]), reshape(columns, [batch, parts, 1, width]));
}

type Outside = "zeros" | "border" | "reflection";

/** Samples x at coordinates (column, row), [batch, 2, height, width]; −1 and 1 are the outermost pixels. */
export function sampledAt(x: Value, places: Value, outside: Outside): Value {
  if (outside === "reflection") return gridSample(x, transpose(places, [0, 2, 3, 1]), outside);
  const { scales, offsets } = inPixels(x);
  const pair = (name: string, values: readonly number[]) => x.builder.innermost.constant(values, [1, 2, 1, 1], "float32", `grid/${name}`);
  return bilinear(x, add(mul(places, pair("scales", scales)), pair("offsets", offsets)), outside);
}

/** Scales and offsets that convert coordinates (column, row) from [−1, 1] to the pixels of bilinear.ts. */
function inPixels(x: Value): { readonly scales: readonly [number, number]; readonly offsets: readonly [number, number] } {
  const [, , height = 1, width = 1] = staticShape(x.shape);
  const [columns, rows] = [pixelsOf(width), pixelsOf(height)];
  return { scales: [columns.scale, rows.scale], offsets: [columns.offset, rows.offset] };
}

/** @param first index of the map's first number */
export function moveInPlane<C>(
  { x, numbers, shape, batch }: Pick<ApplyContext<C>, "x" | "numbers" | "shape" | "batch">,
  first: number,
  outside: Outside,
): Value {
  const [height, width] = [shape.at(-2) ?? 1, shape.at(-1) ?? 1];
  const factors = reshape(numbers(first, MAP_WIDTH), [batch, 2, 3]);
  if (outside === "reflection") return sampledAt(x, planes(factors, height, width), outside);
  // Converting the few factors to pixels is cheaper than converting all positions.
  const { scales, offsets } = inPixels(x);
  const builder = x.builder.innermost;
  const scaled = mul(factors, builder.constant(scales, [1, 2, 1], "float32", "map/scales"));
  const moved = add(scaled, builder.constant([0, 0, offsets[0], 0, 0, offsets[1]], [1, 2, 3], "float32", "map/offsets"));
  return bilinear(x, planes(moved, height, width), outside);
}
