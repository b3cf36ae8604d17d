/** What inspections are made of: exact order statistics, correlations with missing values, groups of equal samples, components; how they go on and end. */
import { describe, expect, it } from "vitest";
import { type Batch, Dataset } from "../../src/main/data/dataset.ts";
import { columnFigures, numberFigures } from "../../src/main/data/inspect/columnFigures.ts";
import { correlate } from "../../src/main/data/inspect/correlations.ts";
import { firstEqual, Hashes } from "../../src/main/data/inspect/groups.ts";
import { inspectDataset } from "../../src/main/data/inspect/inspect.ts";
import { Pace } from "../../src/main/data/inspect/pace.ts";
import { alikePairs, ImageHashes } from "../../src/main/data/inspect/perceptual.ts";
import { principalComponents } from "../../src/main/data/inspect/projection.ts";
import { QuartileSelection } from "../../src/main/data/inspect/quartiles.ts";
import { sortNumbers } from "../../src/main/data/inspect/sortNumbers.ts";
import type { Table, TableColumn } from "../../src/main/data/table.ts";
import type { Inspection } from "../../src/shared/contract/inspection.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { RandomStream } from "../../src/shared/math/random.ts";

const COUNT = 20_000;
const draw = new RandomStream(5, "numbers");
const normal = (i: number) => draw.normal(i);

/** Numbers of many kinds; some missing, some −0. */
const numbers: Readonly<Record<string, (i: number) => number>> = {
  normal,
  "with missing ones": (i) => (i % 7 === 0 ? Number.NaN : i % 11 === 0 ? -0 : normal(i)),
  whole: (i) => Math.round(20 * normal(i)),
  "whole and far apart": (i) => Math.round(1e12 * normal(i)),
  "of heavy tails": (i) => normal(i) / normal(i + COUNT),
  "of all sizes": (i) => Math.exp(40 * normal(i)) * (i % 2 === 0 ? 1 : -1),
  constant: () => -3.25,
  "nearly all one": (i) => (i % 1000 === 0 ? normal(i) : 1),
};

const pace = () => new Pace(1, () => {}, undefined);

describe("order statistics", () => {
  it.each(Object.keys(numbers))("of numbers %s are those of the built-in sort", (name) => {
    const values = Float64Array.from({ length: COUNT }, (_, i) => numbers[name]?.(i) ?? 0);
    const expected = Array.from(values)
      .filter(Number.isFinite)
      .map((value) => value + 0)
      .sort((a, b) => a - b);
    const before = values.slice();
    expect(Array.from(sortNumbers(values).values)).toEqual(expected);
    expect(values).toEqual(before);
    const { summary } = numberFigures(values, true);
    expect([summary.count, summary.missing, summary.distinct, summary.min, summary.max]).toEqual([
      expected.length,
      COUNT - expected.length,
      new Set(expected).size,
      expected[0],
      expected.at(-1),
    ]);
    expect(summary.zeros).toBe(expected.filter((value) => value === 0).length);
    expect(summary.histogram?.counts.reduce((sum, count) => sum + count, 0)).toBe(expected.length);
  });

  it.each(Object.keys(numbers))("selected in two passes, of numbers %s", (name) => {
    const values = Float32Array.from({ length: COUNT }, (_, i) => numbers[name]?.(i) ?? 0);
    const sorted = Array.from(values)
      .filter(Number.isFinite)
      .map((value) => value + 0)
      .sort((a, b) => a - b);
    const quantile = (fraction: number) => {
      const position = (sorted.length - 1) * fraction;
      const below = at(sorted, Math.floor(position));
      return below + (at(sorted, Math.min(sorted.length - 1, Math.floor(position) + 1)) - below) * (position - Math.floor(position));
    };
    const selection = new QuartileSelection();
    for (let pass = 0; pass < 2; pass++) {
      for (let start = 0; start < COUNT; start += 3000) selection.add(values, start, Math.min(COUNT, start + 3000));
      selection.narrow();
    }
    expect(selection.quartiles).toEqual({ q1: quantile(0.25), median: quantile(0.5), q3: quantile(0.75) });
  });

  it("of no numbers there are none", () => {
    const selection = new QuartileSelection();
    selection.add(Float32Array.of(Number.NaN));
    selection.narrow();
    expect(selection.quartiles).toBeNull();
    expect(numberFigures(Float64Array.of(Number.NaN), true).summary).toMatchObject({ count: 0, missing: 1, mean: null, median: null, histogram: null });
  });
});

describe("correlations", () => {
  it("are those of the rows where both are there", async () => {
    const length = 3000;
    const base = Array.from({ length: 7 }, (_, k) => Float64Array.from({ length }, (__, i) => 1e6 * k + normal(k * length + i)));
    // A few missing, most of them, and all for a while.
    const isMissing = (k: number, i: number) => {
      const one = (of: number) => draw.below(of, k * length + i) === 0;
      return k === 1 ? one(4) : k === 3 ? !one(10) : k === 5 && (i < 1500 || one(50));
    };
    const columns = base.map((values, k) => values.map((value, i) => (isMissing(k, i) ? Number.NaN : value + 0.7 * at(at(base, (k + 2) % 7), i))));
    const figures = columns.map((values, k) => columnFigures({ role: "feature", column: { name: `c${k}`, kind: "numeric", values } }, true));
    const correlations = await correlate(figures, pace());
    for (const [i, x] of columns.entries())
      for (const [j, y] of columns.entries()) {
        const rows = Array.from(x.keys()).filter((row) => !Number.isNaN(x[row]) && !Number.isNaN(y[row]));
        const mean = (values: Float64Array) => rows.reduce((sum, row) => sum + at(values, row), 0) / rows.length;
        const [mx, my] = [mean(x), mean(y)];
        const product = (a: Float64Array, ma: number, b: Float64Array, mb: number) => rows.reduce((sum, row) => sum + (at(a, row) - ma) * (at(b, row) - mb), 0);
        expect(correlations?.matrix[i]?.[j]).toBeCloseTo(product(x, mx, y, my) / Math.sqrt(product(x, mx, x, mx) * product(y, my, y, my)), 9);
      }
  });
});

describe("groups of equal samples", () => {
  it("name the first of each, even where all hashes are one", () => {
    const keys = Array.from({ length: 5000 }, (_, i) => draw.below(900, i));
    const [different, same] = [new Hashes(keys.length), new Hashes(keys.length)];
    for (const [i, key] of keys.entries()) different.mix(i, key, 0);
    const expected = Uint32Array.from(keys, (key) => keys.indexOf(key));
    expect(firstEqual(different)).toEqual(expected);
    expect(firstEqual(same, (a, b) => keys[a] === keys[b])).toEqual(expected);
  });
});

describe("images that look alike", () => {
  it("are all whose hashes differ in at most four bits, wherever they are", async () => {
    const pairs = 300;
    const hashes = ImageHashes.for([1, 16, 16], 2 * pairs);
    if (hashes === null) throw new Error("no hashes");
    // Of each pair the second is the first with some bits flipped: four in the even pairs, six in the odd ones.
    const expected: { readonly earlier: number; readonly later: number }[] = [];
    for (let pair = 0; pair < pairs; pair++) {
      const flipped = [0n, 0n].map((_, half) => BigInt(draw.below(2 ** 32, 2 * pair + half)));
      const bits = Array.from(new RandomStream(pair, "bits").permutation(64).subarray(0, pair % 2 === 0 ? 4 : 6));
      for (const [sample, flips] of [[2 * pair, []] as const, [2 * pair + 1, bits] as const]) {
        const hash = flips.reduce((value, bit) => value ^ (1n << BigInt(bit)), at(flipped, 0) | (at(flipped, 1) << 32n));
        hashes.first[sample] = Number(hash & 0xffff_ffffn);
        hashes.second[sample] = Number(hash >> 32n);
      }
      if (pair % 2 === 0) expected.push({ earlier: 2 * pair, later: 2 * pair + 1 });
    }
    const all = Uint32Array.from({ length: 2 * pairs }, (_, i) => i);
    expect(await alikePairs(hashes, all, pace())).toEqual(expected);
  });
});

describe("components", () => {
  it.each([40, 700])("of %i features made of two hidden ones explain everything, with scores as they were made", async (width) => {
    const rows = 150;
    const hidden = Float64Array.from({ length: 2 * rows }, (_, i) => normal(i));
    const loadings = Float64Array.from({ length: 2 * width }, (_, i) => normal(1000 + i) * (i % 2 === 0 ? 3 : 1));
    const data = Float64Array.from({ length: rows * width }, (_, i) => {
      const [row, column] = [Math.floor(i / width), i % width];
      return 5 + at(hidden, 2 * row) * at(loadings, 2 * column) + at(hidden, 2 * row + 1) * at(loadings, 2 * column + 1);
    });
    const components = await principalComponents(data, rows, pace());
    const [first, second] = components?.explained ?? [0, 0];
    expect(first + second).toBeCloseTo(1, 9);
    expect(first).toBeGreaterThan(second);
    // Scores have the variance that they explain of standardized features, and are uncorrelated.
    const scores = components?.scores ?? new Float64Array();
    const product = (k: number, l: number) =>
      Array.from({ length: rows }, (_, i) => at(scores, 2 * i + k) * at(scores, 2 * i + l)).reduce((sum, value) => sum + value, 0);
    expect(product(0, 0) / (rows * width)).toBeCloseTo(first, 9);
    expect(product(1, 1) / (rows * width)).toBeCloseTo(second, 9);
    expect(product(0, 1) / rows).toBeCloseTo(0, 6);
  });

  it.each([
    [120, 600],
    [600, 120],
  ])("of %i rows of %i features in which nothing stands out have settled", async (rows, width) => {
    const data = Float64Array.from({ length: rows * width }, (_, i) => normal(i));
    const components = await principalComponents(data, rows, pace());
    // The data is standardized by now. X·Xᵀ stretches the scores of a component by the variance along it, and does not turn them.
    const scores = components?.scores ?? new Float64Array();
    for (let k = 0; k < 2; k++) {
      const along = Array.from({ length: width }, (_, j) => {
        let sum = 0;
        for (let i = 0; i < rows; i++) sum += at(data, i * width + j) * at(scores, 2 * i + k);
        return sum;
      });
      const stretch = rows * width * (components?.explained[k] ?? 0);
      for (let i = 0; i < rows; i++) {
        let sum = 0;
        for (let j = 0; j < width; j++) sum += at(data, i * width + j) * at(along, j);
        expect(sum / stretch).toBeCloseTo(at(scores, 2 * i + k), 3);
      }
    }
  });

  it("are none where nothing varies", async () => {
    expect(await principalComponents(new Float64Array(30).fill(2), 10, pace())).toBeNull();
  });
});

class Rows extends Dataset {
  readonly name = "rows";
  readonly length: number;
  readonly sampleShape = [2];
  readonly elementType = "float32";
  readonly target = { kind: "classification", classes: ["no", "yes"] } as const;
  override readonly table: Table | null;
  readonly #columns: readonly TableColumn[];

  constructor(length: number, hasTable: boolean) {
    super();
    this.length = length;
    const numeric = (name: string, offset: number): TableColumn => ({
      name,
      kind: "numeric",
      values: Float64Array.from({ length }, (_, i) => Math.fround(normal(offset + i))),
    });
    const codes = Int32Array.from({ length }, (_, i) => i % 2);
    this.#columns = [numeric("x", 0), numeric("y", length), { name: "answer", kind: "categorical", codes, categories: this.target.classes }];
    this.table = hasTable ? { length, columns: this.#columns, badCells: [], badCellCount: 0 } : null;
  }

  async fetch(indices: Uint32Array): Promise<Batch> {
    const values = this.#columns.flatMap((column) => (column.kind === "numeric" ? [column.values] : []));
    return {
      samples: Float32Array.from({ length: 2 * indices.length }, (_, i) => at(at(values, i % 2), at(indices, i >> 1))),
      targets: indices.map((i) => i % 2) as never,
    };
  }

  async targets(): Promise<Int32Array> {
    return Int32Array.from({ length: this.length }, (_, i) => i % 2);
  }
}

describe("the course of an inspection", () => {
  const LENGTH = 12_000;

  it("gives a first image of some samples, then that of all", async () => {
    const partial: Inspection[] = [];
    const progress: number[] = [];
    const inspection = await inspectDataset(new Rows(LENGTH, true), {
      fingerprint: "f",
      bytes: 12,
      onInspection: (each) => partial.push(each),
      onProgress: (done, total) => progress.push(done / total),
    });
    expect(partial.map(({ exact, samplesSeen }) => [exact, samplesSeen])).toEqual([[false, 2000]]);
    const [first] = partial;
    const x = first?.columns[0];
    expect(x?.kind === "numeric" && [x.numbers.count, x.numbers.median, x.numbers.distinct]).toEqual([2000, null, null]);
    expect(x?.kind === "numeric" && x.numbers.histogram).not.toBeNull();
    expect([first?.correlations, first?.projection, first?.problems]).toEqual([null, null, []]);
    expect([inspection.exact, inspection.samplesSeen, inspection.bytes, inspection.projection?.points.length]).toEqual([true, LENGTH, 12, 2000]);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(Math.max(...progress)).toBeLessThanOrEqual(1);
    // Plain JSON: it crosses processes.
    expect(JSON.parse(JSON.stringify(inspection))).toEqual(inspection);
  });

  it("finds the same in rows without a table", async () => {
    const options = { fingerprint: "f", bytes: null, onInspection: () => {}, onProgress: () => {} };
    const [table, rows] = [await inspectDataset(new Rows(LENGTH, true), options), await inspectDataset(new Rows(LENGTH, false), options)];
    expect(rows.columns.map(({ name, role }) => [name, role])).toEqual([
      ["feature 0", "feature"],
      ["feature 1", "feature"],
      ["target", "target"],
    ]);
    for (const key of ["values", "target", "projection", "problems", "kind"] as const) expect(rows[key]).toEqual(table[key]);
    expect(rows.correlations?.matrix).toEqual(table.correlations?.matrix);
  });

  it("ends where it is no longer wanted", async () => {
    const controller = new AbortController();
    const inspection = inspectDataset(new Rows(LENGTH, true), {
      fingerprint: "f",
      bytes: null,
      signal: controller.signal,
      onInspection: () => controller.abort(new Error("no longer wanted")),
      onProgress: () => {},
    });
    await expect(inspection).rejects.toThrow("no longer wanted");
  });
});
