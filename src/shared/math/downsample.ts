/**
 * Down-sampling of a series for drawing: each bucket keeps its first, minimum, maximum and last point, so that no spike is lost (M4 aggregation,
 * Jugel et al. 2014, without its per-pixel alignment).
 */
import { at } from "../kit/fault.ts";

export interface SeriesPoint {
  /** Position on the x axis: the step. */
  readonly step: number;
  readonly value: number;
}

/**
 * At most `maxPoints` of the given points, in order, always with the first and the last.
 * The minimum and the maximum of every bucket survive.
 * @param points ordered by step
 * @param maxPoints at least 4
 */
export function downsample<P extends SeriesPoint>(points: readonly P[], maxPoints: number): P[] {
  if (points.length <= maxPoints) return [...points];
  const buckets = Math.max(1, Math.floor(maxPoints / 4));
  const kept: P[] = [];
  for (let bucket = 0; bucket < buckets; bucket++) {
    const start = Math.floor((bucket * points.length) / buckets);
    const end = Math.floor(((bucket + 1) * points.length) / buckets);
    let low = start;
    let high = start;
    for (let i = start; i < end; i++) {
      if (at(points, i).value < at(points, low).value) low = i;
      if (at(points, i).value > at(points, high).value) high = i;
    }
    for (const i of [...new Set([start, low, high, end - 1])].sort((a, b) => a - b)) kept.push(at(points, i));
  }
  return kept;
}
