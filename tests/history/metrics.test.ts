import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { History } from "../../src/main/history/history.ts";
import { MAX_ROWS_PER_TRANSACTION, type MetricRows, splitRows } from "../../src/main/history/metrics.ts";
import { downsample } from "../../src/shared/math/downsample.ts";
import { insertRun, rows, temporaryHistory } from "./fixtures.ts";

function write(history: History, run: number, ...blocks: MetricRows[]): void {
  for (const part of splitRows(blocks)) history.connection.transaction(() => history.metrics.write(run, part));
}

/** Everything the pyramid holds, to compare. */
function pyramid(history: History): unknown[] {
  return history.connection.prepareRaw<[], unknown>("SELECT * FROM metric_pyramid ORDER BY run, level, name, bucket").all();
}

const noise = (step: number) => Math.sin(step * 12.9898) * 43758.5453 - Math.floor(Math.sin(step * 12.9898) * 43758.5453);

describe("metrics", () => {
  it("reads back every point as it was written", () => {
    const history = temporaryHistory();
    const run = insertRun(history);
    write(
      history,
      run,
      rows("train.loss", 1, 500, (step) => 1 / step),
      rows("validation.loss", 100, 500, (step) => 2 / step, 100),
    );
    const [train, validation] = history.metrics.series(run, null, 1000);
    expect(train?.total).toBe(500);
    expect(train?.points.map(({ value }) => value)).toEqual(Array.from({ length: 500 }, (_, i) => 1 / (i + 1)));
    expect(train?.points[10]).toEqual({ step: 11, epoch: 2, value: 1 / 11 });
    expect(validation).toEqual({
      name: "validation.loss",
      total: 5,
      points: [100, 200, 300, 400, 500].map((step) => ({ step, epoch: step / 10, value: 2 / step })),
    });
  });

  it("is unchanged by writing the same rows again, in other portions", () => {
    const history = temporaryHistory();
    const run = insertRun(history);
    write(history, run, rows("train.loss", 1, 3000, noise));
    const before = { pyramid: pyramid(history), series: history.metrics.series(run, null, 100) };
    for (let from = 1001; from <= 3000; from += 37) write(history, run, rows("train.loss", from, Math.min(from + 36, 3000), noise));
    expect({ pyramid: pyramid(history), series: history.metrics.series(run, null, 100) }).toEqual(before);
    expect(before.pyramid.length).toBeGreaterThan(3000 / 16);
  });

  it("forgets a value that is replaced by another, in the pyramid too", () => {
    const history = temporaryHistory();
    const run = insertRun(history);
    write(
      history,
      run,
      rows("train.loss", 1, 5000, (step) => (step === 2500 ? 99 : noise(step))),
    );
    write(history, run, rows("train.loss", 2500, 2500, noise));
    const [series] = history.metrics.series(run, null, 50);
    expect(series?.total).toBe(5000);
    expect(Math.max(...(series?.points ?? []).map(({ value }) => value))).toBeLessThan(1);
  });

  it("keeps the minimum and the maximum of any range at any zoom, and counts it exactly", () => {
    const history = temporaryHistory();
    const run = insertRun(history);
    const length = 40_000;
    write(history, run, rows("train.loss", 1, length, noise));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: length }), fc.integer({ min: 1, max: length }), fc.constantFrom(8, 40, 300, 1000), (a, b, maxPoints) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const [series] = history.metrics.series(run, ["train.loss"], maxPoints, from, to);
        const truth = Array.from({ length: to - from + 1 }, (_, i) => noise(from + i));
        const drawn = (series?.points ?? []).map(({ value }) => value);
        expect(series?.total).toBe(truth.length);
        expect(drawn.length).toBeLessThanOrEqual(maxPoints);
        expect(Math.min(...drawn)).toBe(Math.min(...truth));
        expect(Math.max(...drawn)).toBe(Math.max(...truth));
        expect(series?.points[0]?.step).toBe(from);
        expect(series?.points.at(-1)?.step).toBe(to);
        const steps = (series?.points ?? []).map(({ step }) => step);
        expect(steps).toEqual([...new Set(steps)].sort((x, y) => x - y));
      }),
      { numRuns: 200 },
    );
  });

  it("gives points enough to fill the chart at every zoom", () => {
    const history = temporaryHistory();
    const run = insertRun(history);
    write(history, run, rows("train.loss", 1, 100_000, noise));
    for (const to of [1000, 5000, 9000, 20_000, 50_000, 70_000, 100_000])
      expect(history.metrics.series(run, null, 1000, 1, to)[0]?.points.length, `up to ${to}`).toBeGreaterThanOrEqual(400);
  });

  it("reads a million points through a few thousand rows", () => {
    const history = temporaryHistory();
    const run = insertRun(history);
    write(
      history,
      run,
      rows("train.loss", 1, 1_000_000, (step) => (step === 543_210 ? 1000 : noise(step))),
    );
    const [series] = history.metrics.series(run, null, 1000);
    expect(series?.total).toBe(1_000_000);
    expect(series?.points.find(({ value }) => value === 1000)?.step).toBe(543_210);
    const plan = history.connection
      .prepare<[], { detail: string }>(
        "EXPLAIN QUERY PLAN SELECT SUM(count) FROM metric_pyramid WHERE run = 1 AND level = 5 AND name = 1 AND bucket BETWEEN 0 AND 9",
      )
      .all();
    expect(plan.map(({ detail }) => detail).join()).toContain("SEARCH metric_pyramid USING PRIMARY KEY");
    expect(pyramid(history).length).toBeLessThan(1_000_000 / 16 + 1_000_000 / 100);
  });

  it("keeps NaN and infinity as values, outside the pyramid's extremes", () => {
    const history = temporaryHistory();
    const run = insertRun(history);
    write(
      history,
      run,
      rows("train.loss", 1, 20_000, (step) => (step === 7000 ? Number.NaN : noise(step))),
    );
    const around = history.metrics.series(run, null, 100, 6999, 7001)[0]?.points.map(({ value }) => value);
    expect(around).toEqual([noise(6999), Number.NaN, noise(7001)]);
    expect(history.metrics.series(run, null, 100)[0]?.total).toBe(20_000);
  });

  it("writes nothing of a transaction that fails, not even a new name", () => {
    const history = temporaryHistory();
    const run = insertRun(history);
    expect(() =>
      history.connection.transaction(() => {
        history.metrics.write(run, [rows("train.loss", 1, 10, noise)]);
        throw new Error("stop");
      }),
    ).toThrow("stop");
    expect(history.metrics.names(run)).toEqual([]);
    write(history, run, rows("other", 1, 3, noise), rows("train.loss", 1, 2, noise));
    expect(history.metrics.series(run, null, 10).map(({ name, total }) => [name, total])).toEqual([
      ["other", 3],
      ["train.loss", 2],
    ]);
  });

  it("splits large blocks into transactions of a bounded size and loses nothing", () => {
    const blocks = [rows("a", 1, 5001, noise), rows("b", 1, 10, noise), rows("c", 1, 2989, noise)];
    const parts = [...splitRows(blocks)];
    expect(parts.length).toBe(4);
    for (const part of parts) expect(part.reduce((sum, { steps }) => sum + steps.length, 0)).toBeLessThanOrEqual(MAX_ROWS_PER_TRANSACTION);
    for (const block of blocks) {
      const joined = parts.flat().filter(({ name }) => name === block.name);
      expect(joined.flatMap(({ steps }) => steps)).toEqual(block.steps);
      expect(joined.flatMap(({ values }) => values)).toEqual(block.values);
      expect(joined.flatMap(({ epochs }) => epochs)).toEqual(block.epochs);
    }
  });

  it("agrees with down-sampling the points themselves where they are few", () => {
    const history = temporaryHistory();
    const run = insertRun(history);
    write(history, run, rows("train.loss", 1, 700, noise));
    const points = Array.from({ length: 700 }, (_, i) => ({ step: i + 1, epoch: Math.ceil((i + 1) / 10), value: noise(i + 1) }));
    expect(history.metrics.series(run, null, 100)[0]?.points).toEqual(downsample(points, 100));
  });
});
