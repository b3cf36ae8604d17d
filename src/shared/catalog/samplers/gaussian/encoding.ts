/**
 * How the Gaussian process sees a point: one coordinate per dimension of the space.
 *
 * A numeric dimension is a number between 0 and 1 on its own scale. A discrete one has the coordinate of its value and none between two values, so that the
 * model is constant around each value (E. C. Garrido-Merchán and D. Hernández-Lobato, "Dealing with categorical and integer-valued variables in
 * Bayesian optimization with Gaussian processes", 2020). A choice is the index of its value, and any two values are at the distance of ½.
 *
 * A dimension that does not exist at a point is NaN. It counts as half a range beside the middle of the range, so that its distance to a value is between
 * ½ and √½, whatever the value.
 */
import { at } from "../../../kit/fault.ts";
import { type Dimension, exists, fractionOf, type Point, type Space, type Value, valueAt, valueCount } from "../space.ts";

/** One coordinate per dimension of the space. The point may be of an earlier space, whose ranges and choices were others. */
export function encode(space: Space, point: Point): Float64Array<ArrayBuffer> {
  return Float64Array.from(space, (dimension) => {
    const value = exists(dimension, point) && Object.hasOwn(point, dimension.name) ? point[dimension.name] : undefined;
    return value === undefined ? Number.NaN : coordinateOf(dimension, value);
  });
}

/** Whether the dimension is a range of real numbers, along which a gradient leads. Its coordinates are its fractions. */
export function isContinuous(dimension: Dimension): boolean {
  return valueCount(dimension) === Number.POSITIVE_INFINITY;
}

function coordinateOf(dimension: Dimension, value: Value): number {
  // All values that a choice has no longer are −1.
  if (dimension.type === "choice") return dimension.values.indexOf(value);
  const [low, high] = isContinuous(dimension) ? [0, 1] : [fractionOf(dimension, dimension.min), fractionOf(dimension, at([valueAt(dimension, 1)], 0))];
  const coordinate = high > low ? (fractionOf(dimension, value) - low) / (high - low) : 0.5;
  return Number.isFinite(coordinate) ? Math.min(Math.max(coordinate, -1), 2) : Number.NaN;
}
