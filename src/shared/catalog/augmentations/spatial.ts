/**
 * Volumes transformed in space. Each sample has a matrix that maps output positions to input positions (the inverse of the visible transformation),
 * about the volume's centre, in voxels. Sampling is trilinear. The counterpart of planar.ts.
 */

import { add, gridSample, mul, reshape, slice, transpose } from "../../graph/functions.ts";
import type { Value } from "../../graph/value.ts";
import { at } from "../../kit/fault.ts";
import type { ApplyContext } from "./augmentation.ts";
import { placesAlong } from "./planar.ts";

/** Three rows of four: input (column, row, plane) from output (column, row, plane, 1). */
export type SpaceMap = readonly (readonly [number, number, number, number])[];

/** Number of numbers of a map. */
export const SPACE_MAP_WIDTH = 12;

export interface SpaceMovement {
  /** Rotations in degrees about the column, row and plane axes; the last is the rotation of planar.ts. */
  readonly turns?: readonly [number, number, number];
  /** Above 1 enlarges. */
  readonly zoom?: number;
  /** In voxels along columns, rows and planes. */
  readonly shift?: readonly [number, number, number];
}

/** The map of a transformation: rotations about columns, rows and planes in this order, and scaling, then translation. */
export function spaceMapOf({ turns = [0, 0, 0], zoom = 1, shift = [0, 0, 0] }: SpaceMovement): SpaceMap {
  const turned = (degrees: number): readonly [number, number] => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const [[cx, sx], [cy, sy], [cz, sz]] = [turned(turns[0]), turned(turns[1]), turned(turns[2])];
  // The transposed forward matrices, which are the inverse rotations. Rows point down, so the last one rotates counter-clockwise.
  const aboutX = [
    [1, 0, 0],
    [0, cx, sx],
    [0, -sx, cx],
  ];
  const aboutY = [
    [cy, 0, sy],
    [0, 1, 0],
    [-sy, 0, cy],
  ];
  const aboutZ = [
    [cz, -sz, 0],
    [sz, cz, 0],
    [0, 0, 1],
  ];
  const inverse = product(product(aboutX, aboutY), aboutZ);
  return inverse.map((row) => {
    const [a, b, c] = [at(row, 0) / zoom, at(row, 1) / zoom, at(row, 2) / zoom];
    return [a, b, c, -(a * shift[0] + b * shift[1] + c * shift[2])] as const;
  });
}

function product(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return a.map((row) => at(b, 0).map((_, column) => row.reduce((sum, value, k) => sum + value * at(at(b, k), column), 0)));
}

/** The numbers of a map for the graph; −1 and 1 are the outermost voxels. */
export function spaceMapNumbers(map: SpaceMap, shape: readonly number[]): readonly number[] {
  const lengths = [3, 2, 1].map((axis) => Math.max(1, at(shape, axis) - 1));
  return map.flatMap((row, to) => row.map((value, from) => (from === 3 ? (2 * value) / at(lengths, to) : (value * at(lengths, from)) / at(lengths, to))));
}

/** @param first index of the map's first number */
export function moveInSpace<C>(
  { x, numbers, shape, batch }: Pick<ApplyContext<C>, "x" | "numbers" | "shape" | "batch">,
  first: number,
  outside: "zeros" | "border" | "reflection",
): Value {
  const builder = x.builder.innermost;
  const [depth, height, width] = [at(shape, 1), at(shape, 2), at(shape, 3)];
  const factors = reshape(numbers(first, SPACE_MAP_WIDTH), [batch, 3, 4]);
  const factor = (i: number) => slice(factors, [i], [i + 1], [2], [1]);
  const along = (size: number, i: number) => mul(factor(i), builder.constant(placesAlong(size), [size], "float32", `grid/${size}`));
  const columns = reshape(along(width, 0), [batch, 3, 1, 1, width]);
  const rows = reshape(along(height, 1), [batch, 3, 1, height, 1]);
  const levels = reshape(add(along(depth, 2), factor(3)), [batch, 3, depth, 1, 1]);
  return gridSample(x, transpose(add(add(levels, rows), columns), [0, 2, 3, 4, 1]), outside);
}
