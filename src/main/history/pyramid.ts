/**
 * Table `metric_pyramid`: for buckets of 16, 128, 1024, 8192 and 65536 steps, the number of a series' points, its minimum and its maximum. So a zoomed-out
 * read needs a few thousand rows however long the run is, and no spike is lost.
 *
 * When a point is written, its buckets are recomputed from the level below. So the pyramid depends only on the points, and writing the same points again
 * changes nothing. With a factor of 8 between levels, a read uses between maxPoints/2 and 4·maxPoints buckets at every zoom.
 */
import type { MetricPoint } from "../../shared/contract/runs.ts";
import { at } from "../../shared/kit/fault.ts";
import type { Connection, Statement } from "./connection.ts";

/** Steps in one bucket of level 1. */
export const BASE_WIDTH = 16;
const FACTOR = 8;
export const TOP_LEVEL = 5;

/** Steps in one bucket of a level; 1 for the points themselves (level 0). */
export function bucketWidth(level: number): number {
  return level === 0 ? 1 : BASE_WIDTH * FACTOR ** (level - 1);
}

/** count, then step, epoch and value of the minimum and of the maximum (null if no point is a number). */
type Bucket = readonly [number, number | null, number | null, number | null, number | null, number | null, number | null];

/** A range of one level: buckets `from` … `to`, inclusive. */
interface Stretch {
  readonly level: number;
  readonly from: number;
  readonly to: number;
}

export type RawPoint = readonly [step: number, epoch: number, value: number | null];

export class Pyramid {
  readonly #put: Statement<[number, number, number, number, ...Bucket]>;
  readonly #buckets: Statement<[number, number, number, number, number], Bucket>;
  readonly #points: Statement<[number, number, number, number], RawPoint>;
  readonly #sum: Statement<[number, number, number, number, number], [number | null]>;
  readonly #countPoints: Statement<[number, number, number, number], [number]>;
  readonly #names: Statement<[number], { key: number; name: string }>;

  constructor(connection: Connection) {
    this.#put = connection.prepare(
      `INSERT OR REPLACE INTO metric_pyramid (run, level, name, bucket, count, min_step, min_epoch, min_value, max_step, max_epoch, max_value)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#buckets = connection.prepareRaw(
      `SELECT count, min_step, min_epoch, min_value, max_step, max_epoch, max_value FROM metric_pyramid
       WHERE run = ? AND level = ? AND name = ? AND bucket BETWEEN ? AND ? ORDER BY bucket`,
    );
    this.#points = connection.prepareRaw("SELECT step, epoch, value FROM metric WHERE run = ? AND name = ? AND step BETWEEN ? AND ? ORDER BY step");
    this.#sum = connection.prepareRaw("SELECT SUM(count) FROM metric_pyramid WHERE run = ? AND level = ? AND name = ? AND bucket BETWEEN ? AND ?");
    this.#countPoints = connection.prepareRaw("SELECT COUNT(*) FROM metric WHERE run = ? AND name = ? AND step BETWEEN ? AND ?");
    this.#names = connection.prepare(
      `SELECT DISTINCT metric_name.key, metric_name.name FROM metric_pyramid JOIN metric_name ON metric_name.key = metric_pyramid.name
       WHERE run = ? AND level = ${TOP_LEVEL} ORDER BY metric_name.name`,
    );
  }

  /** Names and keys of all series of a run. */
  names(run: number): readonly { readonly key: number; readonly name: string }[] {
    return this.#names.all(run);
  }

  /** Recomputes the buckets of points that were just written, ordered by step. */
  update(run: number, name: number, points: readonly RawPoint[]): void {
    let touched: number[] = [];
    for (let start = 0; start < points.length; ) {
      const bucket = Math.floor(at(points, start)[0] / BASE_WIDTH);
      let end = start;
      while (end < points.length && Math.floor(at(points, end)[0] / BASE_WIDTH) === bucket) end++;
      const whole = end - start === BASE_WIDTH;
      const inside = whole ? points.slice(start, end) : this.#points.all(run, name, bucket * BASE_WIDTH, (bucket + 1) * BASE_WIDTH - 1);
      this.#put.run(run, 1, name, bucket, ...bucketOf(inside));
      touched.push(bucket);
      start = end;
    }
    for (let level = 2; level <= TOP_LEVEL; level++) {
      touched = [...new Set(touched.map((bucket) => Math.floor(bucket / FACTOR)))];
      for (const bucket of touched)
        this.#put.run(run, level, name, bucket, ...merge(this.#buckets.all(run, level - 1, name, bucket * FACTOR, (bucket + 1) * FACTOR - 1)));
    }
  }

  /** Number of points of a series in a range of steps, inclusive. */
  count(run: number, name: number, from: number, to: number): number {
    let total = 0;
    for (const stretch of cover(TOP_LEVEL, from, to))
      total +=
        (stretch.level === 0
          ? this.#countPoints.get(run, name, stretch.from, stretch.to)
          : this.#sum.get(run, stretch.level, name, stretch.from, stretch.to))?.[0] ?? 0;
    return total;
  }

  /** Minimum and maximum of every bucket of a level in the range; finer levels are used at both ends of the range. */
  extremes(run: number, name: number, level: number, from: number, to: number): MetricPoint[] {
    const points: MetricPoint[] = [];
    for (const stretch of cover(level, from, to)) {
      if (stretch.level === 0)
        for (const [step, epoch, value] of this.#points.all(run, name, stretch.from, stretch.to)) points.push({ step, epoch, value: value ?? Number.NaN });
      else
        for (const [, minStep, minEpoch, minimum, maxStep, maxEpoch, maximum] of this.#buckets.all(run, stretch.level, name, stretch.from, stretch.to)) {
          if (minStep === null || minEpoch === null || minimum === null || maxStep === null || maxEpoch === null || maximum === null) continue;
          const low = { step: minStep, epoch: minEpoch, value: minimum };
          const high = { step: maxStep, epoch: maxEpoch, value: maximum };
          if (minStep === maxStep) points.push(low);
          else if (minStep < maxStep) points.push(low, high);
          else points.push(high, low);
        }
    }
    return points;
  }
}

/** Covers steps `from` … `to` with whole buckets of `level`, and finer ones at both ends, in order. */
function* cover(level: number, from: number, to: number): Generator<Stretch> {
  if (from > to) return;
  const width = bucketWidth(level);
  const first = Math.ceil(from / width);
  const last = Math.floor((to + 1) / width) - 1;
  if (level === 0 || first <= last) {
    if (level > 0) yield* cover(level - 1, from, first * width - 1);
    yield { level, from: first, to: last };
    if (level > 0) yield* cover(level - 1, (last + 1) * width, to);
  } else yield* cover(level - 1, from, to);
}

function bucketOf(points: readonly RawPoint[]): Bucket {
  let low: RawPoint | undefined;
  let high: RawPoint | undefined;
  for (const point of points) {
    const value = point[2];
    if (value === null || Number.isNaN(value)) continue;
    if (low === undefined || value < (low[2] ?? Number.NaN)) low = point;
    if (high === undefined || value > (high[2] ?? Number.NaN)) high = point;
  }
  return [points.length, ...(low ?? NONE), ...(high ?? NONE)];
}

const NONE = [null, null, null] as const;

function merge(buckets: readonly Bucket[]): Bucket {
  let count = 0;
  let low: Bucket | undefined;
  let high: Bucket | undefined;
  for (const bucket of buckets) {
    count += bucket[0];
    if (bucket[3] === null || bucket[6] === null) continue;
    if (low === undefined || bucket[3] < (low[3] ?? Number.NaN)) low = bucket;
    if (high === undefined || bucket[6] > (high[6] ?? Number.NaN)) high = bucket;
  }
  return [count, low?.[1] ?? null, low?.[2] ?? null, low?.[3] ?? null, high?.[4] ?? null, high?.[5] ?? null, high?.[6] ?? null];
}
