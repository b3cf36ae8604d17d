/** Tables `metric` and `metric_name`: all values of all steps, written in blocks and read down-sampled. */
import type { MetricPoint, MetricSeries } from "../../shared/contract/runs.ts";
import { at, internal } from "../../shared/kit/fault.ts";
import { downsample } from "../../shared/math/downsample.ts";
import type { Connection, Statement } from "./connection.ts";
import { bucketWidth, Pyramid, type RawPoint, TOP_LEVEL } from "./pyramid.ts";

/** Consecutive values of one metric: parallel arrays, ordered by step. */
export interface MetricRows {
  readonly name: string;
  readonly steps: readonly number[];
  readonly epochs: readonly number[];
  readonly values: readonly number[];
  readonly wallTimeMs: number;
}

export type NamedPoint = MetricPoint & { readonly name: string };

/** Rows per transaction: takes less than 10 ms. */
export const MAX_ROWS_PER_TRANSACTION = 2000;

/** Rows read at once. */
const PAGE_ROWS = 5000;

/** Largest number of points read per returned point. */
const READ_RATIO = 8;

export class Metrics {
  readonly #pyramid: Pyramid;
  readonly #upsert: Statement<[number, number, number, number, number, number]>;
  readonly #addName: Statement<[string]>;
  readonly #findName: Statement<[string], { key: number }>;
  readonly #page: Statement<[number, number, number, number, number], RawPoint>;
  readonly #first: Statement<[number, number, number, number], RawPoint>;
  readonly #last: Statement<[number, number, number, number], RawPoint>;

  constructor(connection: Connection) {
    this.#pyramid = new Pyramid(connection);
    this.#upsert = connection.prepare(
      `INSERT INTO metric (run, name, step, epoch, wall_time_ms, value) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET epoch = excluded.epoch, wall_time_ms = excluded.wall_time_ms, value = excluded.value`,
    );
    this.#addName = connection.prepare("INSERT INTO metric_name (name) VALUES (?)");
    this.#findName = connection.prepare("SELECT key FROM metric_name WHERE name = ?");
    const columns = "SELECT step, epoch, value FROM metric WHERE run = ? AND name = ?";
    this.#page = connection.prepareRaw(`${columns} AND step > ? AND step <= ? ORDER BY step LIMIT ?`);
    this.#first = connection.prepareRaw(`${columns} AND step BETWEEN ? AND ? ORDER BY step LIMIT 1`);
    this.#last = connection.prepareRaw(`${columns} AND step BETWEEN ? AND ? ORDER BY step DESC LIMIT 1`);
  }

  /** Writes or overwrites rows, within the caller's transaction, which holds at most {@link MAX_ROWS_PER_TRANSACTION}. */
  write(run: number, blocks: readonly MetricRows[]): void {
    for (const { name, steps, epochs, values, wallTimeMs } of blocks) {
      const key = this.#keyOf(name) ?? Number(this.#addName.run(name).lastInsertRowid);
      const points: RawPoint[] = [];
      for (let i = 0; i < steps.length; i++) {
        const point = [at(steps, i), at(epochs, i), at(values, i)] as const;
        this.#upsert.run(run, key, point[0], point[1], wallTimeMs, point[2]);
        points.push(point);
      }
      this.#pyramid.update(run, key, points);
    }
  }

  /** Names of a run's series, in alphabetical order. */
  names(run: number): readonly string[] {
    return this.#pyramid.names(run).map(({ name }) => name);
  }

  /**
   * Series down-sampled to at most `maxPoints` each; minima and maxima are kept.
   * @param names null for all
   * @param from first step, inclusive; null for the beginning
   * @param to last step, inclusive; null for the end
   */
  series(run: number, names: readonly string[] | null, maxPoints: number, from: number | null = null, to: number | null = null): readonly MetricSeries[] {
    const wanted = this.#pyramid.names(run).filter(({ name }) => names === null || names.includes(name));
    return wanted.map(({ key, name }) => ({ name, ...this.#read(run, key, maxPoints, from ?? 0, to ?? Number.MAX_SAFE_INTEGER) }));
  }

  #read(run: number, name: number, maxPoints: number, from: number, to: number): Omit<MetricSeries, "name"> {
    const first = this.#first.get(run, name, from, to);
    const last = this.#last.get(run, name, from, to);
    if (first === undefined || last === undefined) return { total: 0, points: [] };
    const [start] = first;
    const [end] = last;
    const total = this.#pyramid.count(run, name, start, end);
    const points = this.#pyramid.extremes(run, name, levelFor(total, end - start + 1, maxPoints), start, end);
    if (points[0]?.step !== start) points.unshift(pointOf(first));
    if (points.at(-1)?.step !== end) points.push(pointOf(last));
    return { total, points: downsample(points, maxPoints) };
  }

  /**
   * The raw values of one series from step 1 on; ends at the first missing step.
   * @param most number of values, at most; null for all
   */
  values(run: number, name: string, most: number | null): readonly number[] {
    const found = this.#pyramid.names(run).find((series) => series.name === name);
    const values: number[] = [];
    for (let read = 0; found !== undefined && read === values.length; ) {
      const page = this.#page.all(run, found.key, read, most ?? Number.MAX_SAFE_INTEGER, PAGE_ROWS);
      for (const [step, , value] of page) if (step === values.length + 1 && value !== null) values.push(value);
      if (page.length < PAGE_ROWS) break;
      read += PAGE_ROWS;
    }
    return values;
  }

  /** Every value measured at one step. */
  valuesAt(run: number, step: number): Readonly<Record<string, number>> {
    const found = this.#pyramid.names(run).map(({ key, name }) => [name, this.#first.get(run, key, step, step)?.[2]] as const);
    return Object.fromEntries(found.flatMap(([name, value]) => (typeof value === "number" ? [[name, value] as const] : [])));
  }

  /** The last step of each series. */
  lastSteps(run: number): ReadonlyMap<string, number> {
    const found = this.#pyramid.names(run).map(({ key, name }) => [name, this.#last.get(run, key, 0, Number.MAX_SAFE_INTEGER)?.[0]] as const);
    return new Map(found.flatMap(([name, step]) => (step === undefined ? [] : [[name, step] as const])));
  }

  /** Every point of one series, ordered by step; none if the run has no such series. */
  all(run: number, name: string): readonly MetricPoint[] {
    const key = this.#keyOf(name);
    const points: MetricPoint[] = [];
    for (let after = -1; key !== undefined; ) {
      const page = this.#page.all(run, key, after, Number.MAX_SAFE_INTEGER, PAGE_ROWS);
      points.push(...page.map(pointOf));
      if (page.length < PAGE_ROWS) break;
      after = points.at(-1)?.step ?? after;
    }
    return points;
  }

  /** Points of one series after a step and up to another, at most `limit`, ordered by step. */
  page(run: number, name: string, after: number, upTo: number, limit: number): readonly NamedPoint[] {
    const key = this.#keyOf(name);
    if (key === undefined) throw internal(`no metric ${name}`);
    return this.#page.all(run, key, after, upTo, limit).map((row) => ({ name, ...pointOf(row) }));
  }

  /** Not cached, because a key from a rolled-back transaction would be wrong. */
  #keyOf(name: string): number | undefined {
    return this.#findName.get(name)?.key;
  }
}

function pointOf([step, epoch, value]: RawPoint): MetricPoint {
  return { step, epoch, value: value ?? Number.NaN };
}

/** The finest level with at most a few rows per point. */
function levelFor(total: number, span: number, maxPoints: number): number {
  if (total <= READ_RATIO * maxPoints) return 0;
  for (let level = 1; level < TOP_LEVEL; level++) if (Math.min(total, Math.ceil(span / bucketWidth(level)) + 1) <= (READ_RATIO / 2) * maxPoints) return level;
  return TOP_LEVEL;
}

/** Splits blocks so that each fits into one transaction. Keeps the order; no block is empty. */
export function* splitRows(blocks: readonly MetricRows[], maxRows = MAX_ROWS_PER_TRANSACTION): Generator<readonly MetricRows[]> {
  let part: MetricRows[] = [];
  let room = maxRows;
  for (const { name, steps, epochs, values, wallTimeMs } of blocks)
    for (let start = 0; start < steps.length; ) {
      const end = Math.min(steps.length, start + room);
      part.push({ name, steps: steps.slice(start, end), epochs: epochs.slice(start, end), values: values.slice(start, end), wallTimeMs });
      room -= end - start;
      start = end;
      if (room === 0) {
        yield part;
        part = [];
        room = maxRows;
      }
    }
  if (part.length > 0) yield part;
}
