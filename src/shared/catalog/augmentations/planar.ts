/**
 * Pictures moved in their plane: every sample by a matrix of its own that leads from places of the result to places of the picture (the inverse of what
 * is seen), about the picture's middle, in pixels. Sampling is linear between pixels (Jaderberg et al. 2015, equation 5).
 */
import type { Value } from "../../graph/builder.ts";
import { add, concat, gridSample, mul, reshape } from "../../graph/functions.ts";
import type { ApplyContext } from "./augmentation.ts";

/** [[xx, xy, x0], [yx, yy, y0]]: column = xx · u + xy · v + x0 for the result's column u and row v. */
export interface PlaneMap {
  readonly xx: number;
  readonly xy: number;
  readonly x0: number;
  readonly yx: number;
  readonly yy: number;
  readonly y0: number;
}

/** Numbers that a map takes. */
export const MAP_WIDTH = 6;

export const STILL: PlaneMap = { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 };

export interface Movement {
  /** Counter-clockwise, in degrees. */
  readonly rotate?: number;
  /** Larger than 1 brings nearer. */
  readonly zoom?: number;
  /** To the right and down, in pixels. */
  readonly right?: number;
  readonly down?: number;
  /** Slant along the rows and along the columns, in degrees. */
  readonly shearX?: number;
  readonly shearY?: number;
}

/** The map of a movement: shear, then rotation and zoom, then translation. */
export function mapOf({ rotate = 0, zoom = 1, right = 0, down = 0, shearX = 0, shearY = 0 }: Movement): PlaneMap {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians(rotate)), Math.sin(radians(rotate))];
  const [kx, ky] = [Math.tan(radians(shearX)), Math.tan(radians(shearY))];
  // Forward: zoom · R · S with R turning counter-clockwise where rows count downwards.
  const [a, b] = [zoom * (cos + sin * ky), zoom * (cos * kx + sin)];
  const [c, d] = [zoom * (-sin + cos * ky), zoom * (-sin * kx + cos)];
  const determinant = a * d - b * c;
  const [xx, xy, yx, yy] = [d / determinant, -b / determinant, -c / determinant, a / determinant];
  return { xx, xy, x0: -(xx * right + xy * down), yx, yy, y0: -(yx * right + yy * down) };
}

/** The numbers of a map for the graph, where −1 and 1 are the outermost pixels. */
export function mapNumbers({ xx, xy, x0, yx, yy, y0 }: PlaneMap, shape: readonly number[]): readonly number[] {
  const height = Math.max(1, (shape.at(-2) ?? 1) - 1);
  const width = Math.max(1, (shape.at(-1) ?? 1) - 1);
  return [xx, (xy * height) / width, (2 * x0) / width, (yx * width) / height, yy, (2 * y0) / height];
}

/** @param first the number where the map's begin */
export function moveInPlane<C>(
  context: Pick<ApplyContext<C>, "x" | "numbers" | "shape" | "batch">,
  first: number,
  outside: "zeros" | "border" | "reflection",
): Value {
  const { x, numbers, shape, batch } = context;
  const [height, width] = [shape.at(-2) ?? 1, shape.at(-1) ?? 1];
  const along = (length: number) => Array.from({ length }, (_, i) => (length === 1 ? 0 : (2 * i) / (length - 1) - 1));
  const builder = x.builder.innermost;
  const columns = builder.constant(along(width), [1, 1, width, 1], "float32", `grid/columns/${width}`);
  const rows = builder.constant(along(height), [1, height, 1, 1], "float32", `grid/rows/${height}`);
  const number = (i: number) => reshape(numbers(first + i, 1), [batch, 1, 1, 1]);
  const place = (i: number) => add(add(mul(columns, number(i)), mul(rows, number(i + 1))), number(i + 2));
  return gridSample(x, concat([place(0), place(3)], 3), outside);
}
