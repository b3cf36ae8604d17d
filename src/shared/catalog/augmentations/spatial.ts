/**
 * Volumes moved in space: every sample by a matrix of its own that leads from places of the result to places of the volume (the inverse of what is
 * seen), about the volume's middle, in voxels; sampling is linear between voxels. The counterpart of planar.ts.
 */
import type { Value } from "../../graph/builder.ts";
import { add, concat, gridSample, mul, reshape } from "../../graph/functions.ts";
import { at } from "../../kit/fault.ts";
import type { ApplyContext } from "./augmentation.ts";

/** Three rows of four: (column, row, plane) of the volume from (column, row, plane, 1) of the result. */
export type SpaceMap = readonly (readonly [number, number, number, number])[];

/** Numbers that a map takes. */
export const SPACE_MAP_WIDTH = 12;

export interface SpaceMovement {
  /** Degrees about the columns' axis, the rows' axis and the planes' axis; the last is the rotation of planar.ts. */
  readonly turns?: readonly [number, number, number];
  /** Larger than 1 brings nearer. */
  readonly zoom?: number;
  /** In voxels along columns, rows and planes. */
  readonly shift?: readonly [number, number, number];
}

/** The map of a movement: rotations about columns, rows and planes in this order and zoom, then translation. */
export function spaceMapOf({ turns = [0, 0, 0], zoom = 1, shift = [0, 0, 0] }: SpaceMovement): SpaceMap {
  const turned = (degrees: number): readonly [number, number] => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const [[cx, sx], [cy, sy], [cz, sz]] = [turned(turns[0]), turned(turns[1]), turned(turns[2])];
  // Forward, transposed: the inverse of a rotation. About the planes' axis rows count downwards, so that it turns counter-clockwise.
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

/** The numbers of a map for the graph, where −1 and 1 are the outermost voxels. */
export function spaceMapNumbers(map: SpaceMap, shape: readonly number[]): readonly number[] {
  const lengths = [3, 2, 1].map((axis) => Math.max(1, at(shape, axis) - 1));
  return map.flatMap((row, to) => row.map((value, from) => (from === 3 ? (2 * value) / at(lengths, to) : (value * at(lengths, from)) / at(lengths, to))));
}

/** @param first the number where the map's begin */
export function moveInSpace<C>(
  context: Pick<ApplyContext<C>, "x" | "numbers" | "shape" | "batch">,
  first: number,
  outside: "zeros" | "border" | "reflection",
): Value {
  const { x, numbers, shape, batch } = context;
  const along = (length: number) => Array.from({ length }, (_, i) => (length === 1 ? 0 : (2 * i) / (length - 1) - 1));
  const builder = x.builder.innermost;
  const axes = [3, 2, 1].map((axis) => {
    const size = at(shape, axis);
    const place = [1, 1, 1, 1, 1].map((one, other) => (other === axis ? size : one));
    return builder.constant(along(size), place, "float32", `grid/space/${axis}/${size}`);
  });
  const number = (i: number) => reshape(numbers(first + i, 1), [batch, 1, 1, 1, 1]);
  const row = (to: number) => axes.reduce((sum, axis, from) => add(sum, mul(axis, number(4 * to + from))), number(4 * to + 3));
  return gridSample(x, concat([row(0), row(1), row(2)], 4), outside);
}
