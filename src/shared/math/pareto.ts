/**
 * Comparing points of several objectives, all of which are minimized: fronts, crowding, and the volume that a front dominates.
 *
 * Fronts and crowding: K. Deb et al., "A fast and elitist multiobjective genetic algorithm: NSGA-II", IEEE Transactions on Evolutionary Computation 6, 2002,
 * sections III-A and III-B. Volume: slices along the last objective (L. While et al., "A faster algorithm for calculating hypervolume", 2006).
 */
import { at } from "../kit/fault.ts";

/** The values of one point, one per objective. NaN is as bad as infinity. */
export type Objectives = readonly number[];

/** Whether a is no worse than b in every objective and better in one. */
export function dominates(a: Objectives, b: Objectives): boolean {
  let better = false;
  for (const [i, value] of a.entries()) {
    const [left, right] = [worstIfNaN(value), worstIfNaN(at(b, i))];
    if (left > right) return false;
    if (left < right) better = true;
  }
  return better;
}

/** The front of each point: 0 for those that no other dominates, 1 for those that only points of front 0 dominate, and so on. */
export function frontsOf(points: readonly Objectives[]): readonly number[] {
  const dominated = points.map((point) => points.flatMap((other, i) => (dominates(point, other) ? [i] : [])));
  const waiting = points.map(() => 0);
  for (const each of dominated) for (const i of each) waiting[i] = at(waiting, i) + 1;
  const fronts = points.map(() => 0);
  let current = [...points.keys()].filter((i) => at(waiting, i) === 0);
  for (let front = 0; current.length > 0; front++) {
    const next: number[] = [];
    for (const i of current) {
      fronts[i] = front;
      for (const j of at(dominated, i)) {
        waiting[j] = at(waiting, j) - 1;
        if (at(waiting, j) === 0) next.push(j);
      }
    }
    current = next;
  }
  return fronts;
}

/**
 * How far from its neighbours each point of a front lies: the sum over the objectives of the distance between the next smaller and the next larger
 * value, relative to the range; infinite at the ends of a range. An objective in which all are equal adds nothing.
 */
export function crowdingOf(front: readonly Objectives[]): readonly number[] {
  const distances = front.map(() => 0);
  for (let objective = 0; objective < (front[0]?.length ?? 0); objective++) {
    const values = front.map((point) => bounded(at(point, objective)));
    const order = [...values.keys()].sort((a, b) => at(values, a) - at(values, b) || a - b);
    const sorted = order.map((i) => at(values, i));
    const range = at(sorted, sorted.length - 1) - at(sorted, 0);
    if (range === 0) continue;
    for (const [rank, i] of order.entries()) {
      const isEnd = rank === 0 || rank === order.length - 1;
      distances[i] = at(distances, i) + (isEnd ? Number.POSITIVE_INFINITY : (at(sorted, rank + 1) - at(sorted, rank - 1)) / range);
    }
  }
  return distances;
}

/**
 * The volume between the points and a reference point, exactly. Points that are not better than the reference in every objective add nothing. The
 * time grows with the number of points to the power of the number of objectives minus one: for up to four of them.
 */
export function hypervolume(points: readonly Objectives[], reference: Objectives): number {
  const inside = points.filter((point) => point.every((value, i) => value < at(reference, i)));
  return volume(inside, reference);
}

function volume(points: readonly Objectives[], reference: Objectives): number {
  const [first = 0] = reference;
  if (points.length === 0) return 0;
  if (reference.length === 1) return first - Math.min(...points.map((point) => at(point, 0)));
  const last = reference.length - 1;
  const sorted = points.toSorted((a, b) => at(a, last) - at(b, last));
  const rest = reference.slice(0, last);
  let sum = 0;
  /** Non-dominated points so far, without the last objective. */
  let slice: Objectives[] = [];
  for (const [i, point] of sorted.entries()) {
    const projected = point.slice(0, last);
    if (!slice.some((other) => other.every((value, d) => value <= at(projected, d)))) {
      slice = slice.filter((other) => !projected.every((value, d) => value <= at(other, d)));
      slice.push(projected);
    }
    const depth = (sorted[i + 1]?.[last] ?? at(reference, last)) - at(point, last);
    if (depth > 0) sum += depth * volume(slice, rest);
  }
  return sum;
}

function worstIfNaN(value: number): number {
  return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
}

/** So that differences are finite. */
function bounded(value: number): number {
  const limit = Number.MAX_VALUE / 4;
  return Math.min(Math.max(worstIfNaN(value), -limit), limit);
}
