/** The projective map between two sets of four points (Hartley & Zisserman 2004, section 4.1), and images transformed by it. */

import { div, max, min, reshape, slice } from "../../graph/functions.ts";
import type { Value } from "../../graph/value.ts";
import { at } from "../../kit/fault.ts";
import type { ApplyContext } from "./augmentation.ts";
import { planes, sampledAt } from "./planar.ts";

export type Point = readonly [number, number];

/** [a, b, c, d, e, f, g, h, 1]: u = (a x + b y + c) / (g x + h y + 1), v = (d x + e y + f) / (g x + h y + 1). */
export const HOMOGRAPHY_WIDTH = 9;

/** The coefficients that map each point `from` to its point `to`; no three points of either set may be collinear. */
export function homography(from: readonly Point[], to: readonly Point[]): readonly number[] {
  const rows = from.flatMap(([x, y], i) => {
    const [u, v] = at(to, i);
    return [
      [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
      [0, 0, 0, x, y, 1, -v * x, -v * y, v],
    ];
  });
  return [...solved(rows), 1];
}

/** Gauss–Jordan elimination with partial pivoting; the last column is the right-hand side. */
function solved(system: readonly (readonly number[])[]): readonly number[] {
  const rows = system.map((row) => [...row]);
  for (let column = 0; column < rows.length; column++) {
    let best = column;
    for (let row = column + 1; row < rows.length; row++) if (Math.abs(at(at(rows, row), column)) > Math.abs(at(at(rows, best), column))) best = row;
    const pivot = at(rows, best);
    rows[best] = at(rows, column);
    const unit = pivot.map((value) => value / at(pivot, column));
    rows[column] = unit;
    for (let row = 0; row < rows.length; row++) {
      if (row === column) continue;
      const factor = at(at(rows, row), column);
      rows[row] = at(rows, row).map((value, i) => value - factor * at(unit, i));
    }
  }
  return rows.map((row) => at(row, rows.length));
}

/** Minimum divisor. Positions on or behind the horizon are mapped far outside. */
const HORIZON = 1e-3;
/** Maximum coordinate, so that float32 can still distinguish reflected pixels. */
const FARTHEST = 8;

/**
 * Samples x through a homography from output coordinates to input coordinates; −1 and 1 are the outermost pixels in both.
 * @param first index of the homography's first number
 */
export function seenThrough<C>(
  { x, numbers, shape, batch }: Pick<ApplyContext<C>, "x" | "numbers" | "shape" | "batch">,
  first: number,
  outside: "zeros" | "border" | "reflection",
): Value {
  const all = planes(reshape(numbers(first, HOMOGRAPHY_WIDTH), [batch, 3, 3]), shape.at(-2) ?? 1, shape.at(-1) ?? 1);
  const depth = max(slice(all, [2], [3], [1], [1]), HORIZON);
  return sampledAt(x, max(min(div(slice(all, [0], [2], [1], [1]), depth), FARTHEST), -FARTHEST), outside);
}
