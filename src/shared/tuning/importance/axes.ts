/** Points of a space as coordinates, with the measure of each axis: what both importance methods average over. */
import { type Dimension, exists, fractionOf, type Point, type Space } from "../../catalog/samplers/space.ts";
import { at } from "../../kit/fault.ts";

/** Coordinate of a dimension that does not exist at a point; present ones lie between 0 and 1. */
export const ABSENT = -1;

/** One dimension as an axis: an interval [−1, 0) for "absent", whose probability is `absent`, and [0, 1] for its values. */
export interface Axis {
  readonly name: string;
  /** Probability that the dimension does not exist at a point drawn uniformly. */
  readonly absent: number;
  /** Number of values of a choice, which have no order; null for numbers. */
  readonly choices: number | null;
}

export function axesOf(space: Space): readonly Axis[] {
  const present = new Map<string, number>();
  return space.map((dimension) => {
    const probability = presence(dimension, space, present);
    present.set(dimension.name, probability);
    return { name: dimension.name, absent: 1 - probability, choices: dimension.type === "choice" ? dimension.values.length : null };
  });
}

/** Coordinates of a point, one for each dimension. */
export function coordinates(space: Space, point: Point): Float64Array {
  return Float64Array.from(space, (dimension) => {
    const value = exists(dimension, point) ? point[dimension.name] : undefined;
    return value === undefined ? ABSENT : fractionOf(dimension, value);
  });
}

/** Probability of the part of an axis below a coordinate. */
export function measureBelow({ absent }: Axis, coordinate: number): number {
  if (coordinate < 0) return absent * Math.min(Math.max(coordinate + 1, 0), 1);
  return absent + (1 - absent) * Math.min(coordinate, 1);
}

/** The fraction of the condition's values among those of the named dimension, times the probability that this one exists. */
function presence({ when }: Dimension, space: Space, present: ReadonlyMap<string, number>): number {
  if (when === undefined) return 1;
  const parent = space.find(({ name }) => name === when.name);
  if (parent === undefined) return 1;
  const count = parent.type === "choice" ? parent.values.length : Math.floor((parent.max - parent.min) / (parent.step ?? 1) + 1e-9) + 1;
  return (present.get(parent.name) ?? 1) * Math.min(when.values.length / count, 1);
}

/** Pairs of two different indices below a number. */
export function pairsBelow(count: number): readonly (readonly [number, number])[] {
  return Array.from({ length: count }, (_, i) => Array.from({ length: count - i - 1 }, (_unused, j) => [i, i + 1 + j] as const)).flat();
}

/** A quantile of sorted numbers, between two of them linearly. @param fraction 0 … 1 */
export function quantileOf(sorted: ArrayLike<number>, fraction: number): number {
  const place = fraction * (sorted.length - 1);
  const low = at(sorted, Math.floor(place));
  return low + (at(sorted, Math.ceil(place)) - low) * (place - Math.floor(place));
}
