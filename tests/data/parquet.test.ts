/** Parquet files that DuckDB wrote, against what DuckDB reads in them (fixtures/tables/make_parquet.mjs). */
import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { parquetWriteFile } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { detectSource } from "../../src/main/data/detect.ts";
import { reader as parquet } from "../../src/main/data/readers/parquet.ts";
import type { TableColumn } from "../../src/main/data/table.ts";
import { loadParquet } from "../../src/main/data/tables/loadParquet.ts";
import { at, Fault } from "../../src/shared/kit/fault.ts";
import { english } from "../helpers/english.ts";
import { faultOf, scratchFolder } from "./files.ts";

const scratch = scratchFolder();
const folder = path.join(import.meta.dirname, "fixtures", "tables");
const golden: {
  readonly kinds: readonly Readonly<Record<string, number | string | null>>[];
  readonly groups: Readonly<Record<"rows" | "a" | "b" | "weighed" | "present", number>>;
} = JSON.parse(readFileSync(path.join(folder, "parquet.json"), "utf8"));

const fileOf = (name: string) => ({ path: path.join(folder, name), field: "data.source.path" });
const source = (file: string) => ({ type: "parquet", path: file, target: "kind", task: "classification" }) as const;

function valuesOf(column: TableColumn): (number | string | null)[] {
  if (column.kind === "categorical") return Array.from(column.codes, (code) => column.categories[code] ?? null);
  return Array.from(column.values, (value) => (Number.isNaN(value) ? null : value));
}

describe.each(["snappy.parquet", "zstd.parquet", "gzip.parquet", "plain.parquet"])("%s", (name) => {
  it("holds what DuckDB reads in it", async () => {
    const { table, badCounts } = await loadParquet(fileOf(name));
    expect(table.length).toBe(golden.kinds.length);
    expect(table.columns.map((column) => column.name)).toEqual(Object.keys(at(golden.kinds, 0)));
    for (const column of table.columns) expect(valuesOf(column), column.name).toEqual(golden.kinds.map((row) => row[column.name]));
    const kindOf = (columnName: string) => table.columns.find((column) => column.name === columnName)?.kind;
    expect(["u64", "d38", "flag", "colour", "day", "at_ns", "at_zone"].map(kindOf)).toEqual([
      "numeric",
      "numeric",
      "categorical",
      "categorical",
      "time",
      "time",
      "time",
    ]);
    expect(badCounts.size).toBe(0);
  });
});

describe("parquet", () => {
  it("reads several row groups, with gaps and a dictionary each", async () => {
    const { table } = await loadParquet(fileOf("groups.parquet"));
    const [a, b, c] = table.columns;
    if (a?.kind !== "numeric" || b?.kind !== "numeric" || c?.kind !== "categorical") throw new Error("other kinds");
    const present = [...b.values.entries()].filter(([, value]) => !Number.isNaN(value));
    const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
    expect({
      rows: table.length,
      a: sum(a.values),
      b: sum(present.map(([, value]) => value)),
      weighed: sum(present.map(([row, value]) => row * value)),
      present: present.length,
    }).toEqual(golden.groups);
    expect(c.categories).toEqual(Array.from({ length: 9 }, (_, i) => `g${i}`));
    expect(Array.from(c.codes)).toEqual(Array.from({ length: 9000 }, (_, row) => Math.floor(row / 1000)));
  });

  it.each([1, 1000, 2500, 9000, 9001])("reads the first %i rows alone where those are enough", async (limit) => {
    const [whole, some] = [await loadParquet(fileOf("groups.parquet")), await loadParquet(fileOf("groups.parquet"), { limit })];
    expect(some.table.length).toBe(Math.min(limit, 9000));
    expect(some.table.columns.map(valuesOf)).toEqual(whole.table.columns.map((column) => valuesOf(column).slice(0, limit)));
  });

  it("is a data set, its rows numbered from 1", async () => {
    const dataset = await parquet.open({ ...source(fileOf("snappy.parquet").path), ignore: ["u64", "i64"] });
    expect(dataset.facts).toEqual(await parquet.describe({ ...source(fileOf("snappy.parquet").path), ignore: ["u64", "i64"] }));
    expect(dataset.name).toBe("snappy");
    expect(dataset.place(2)).toBe("row 3");
    expect(dataset.target).toEqual({ kind: "classification", classes: ["a", "b"] });
    expect(dataset.columns).toHaveLength(18);
    expect(dataset.columns).toContainEqual({ name: "flag", kind: "categorical", missing: 8, categories: ["false", "true"] });
    const { samples, targets } = await dataset.fetch(Uint32Array.of(3));
    const row = at(golden.kinds, 3);
    expect([...targets]).toEqual([1]);
    expect(samples[0]).toBe(row.i8);
    const place = dataset.columns?.findIndex(({ name }) => name === "day") ?? -1;
    expect(samples[place]).toBe(Number(row.day) / 86_400_000);
  });

  it("makes classes of numbers, and numbers of texts where told", async () => {
    const { table } = await loadParquet(fileOf("snappy.parquet"), { kinds: { u8: "categorical", day: "categorical", colour: "numeric" } });
    const column = (name: string) => table.columns.find((each) => each.name === name);
    expect(column("u8")).toMatchObject({ kind: "categorical", categories: Array.from({ length: 40 }, (_, i) => String(i * 6)) });
    expect(column("day")).toMatchObject({ kind: "categorical", categories: expect.arrayContaining(["1969-12-20", "1970-01-01"]) });
    expect(column("colour")?.kind).toBe("numeric");
    expect(table.badCells[0]).toEqual({ row: 1, column: "colour", place: "row 2", text: "grün" });
  });

  it.each([
    ["list.parquet", "tags", "lists"],
    ["struct.parquet", "pair", "structures"],
    ["map.parquet", "pairs", "maps"],
  ])("of %s names the column and its kind, and can leave it out", async (name, column, kind) => {
    const { problems } = await faultOf(loadParquet(fileOf(name)));
    expect(problems).toMatchObject([{ place: `${fileOf(name).path}, column "${column}"`, received: kind }]);
    const { table, skipped } = await loadParquet(fileOf(name), { maySkip: (each) => each === column });
    expect([table.columns.map((each) => each.name), skipped]).toEqual([["a", "kind"], [column]]);
  });

  it("says that a file is cut off, wherever it is cut", async () => {
    const whole = readFileSync(fileOf("groups.parquet").path);
    for (const part of [0.5, 0.9, 0.999]) {
      const file = scratch.write(`cut${part}.parquet`, whole.subarray(0, Math.floor(whole.length * part)));
      const { problems, kind } = await faultOf(parquet.open(source(file)));
      expect(kind).toBe("input");
      expect(problems).toMatchObject([{ place: file, expected: "must be a complete Parquet file", received: expect.stringContaining("cut off or damaged") }]);
      expect((await faultOf(detectSource(file))).problems).toEqual(problems);
    }
  });

  it("says that a file is damaged where bytes in the middle are others", async () => {
    const whole = readFileSync(fileOf("groups.parquet").path);
    let faults = 0;
    for (let start = 4; start < whole.length - 600; start += 500) {
      const damaged = Buffer.from(whole).fill(0xa5, start, start + 60);
      const file = scratch.write(`damaged${start}.parquet`, damaged);
      // Never another error than a fault, and never for long.
      const result = await parquet.open(source(file)).catch((error: unknown) => error);
      if (result instanceof Fault) {
        faults++;
        expect(result.problems[0]?.place).toContain(file);
      } else expect(result).not.toBeInstanceOf(Error);
    }
    expect(faults).toBeGreaterThan(3);
  });

  it("stops unpacking a page at the size that it says", async () => {
    const column = (name: string) => ({ name, type: "DOUBLE" as const, data: Float64Array.from({ length: 40 }, (_, i) => i % 2) });
    const file = scratch.write("bomb.parquet", "");
    const endless = gzipSync(Buffer.alloc(64 * 2 ** 20));
    const compressors = Object.fromEntries([["GZIP", () => endless]]);
    parquetWriteFile({ filename: file, columnData: [column("a"), column("kind")], codec: "GZIP", compressors });
    expect(english((await faultOf(parquet.open(source(file)))).problems)).toMatchObject([
      { place: file, received: expect.stringContaining("Cannot create a Buffer larger than") },
    ]);
  });

  it("refuses what is none", async () => {
    const file = scratch.write("text.parquet", "a,b\n1,2\n");
    expect(english((await faultOf(parquet.open(source(file)))).problems)).toMatchObject([{ place: file, expected: "must be a Parquet file" }]);
    expect(english((await faultOf(parquet.open(source(scratch.write("nothing.parquet", ""))))).problems)).toMatchObject([
      { expected: "must be a Parquet file" },
    ]);
    expect(english((await faultOf(loadParquet(fileOf("empty.parquet")))).problems)).toMatchObject([{ received: "only columns" }]);
    expect((await faultOf(parquet.open({ ...source(fileOf("snappy.parquet").path), target: "kinds" }))).message).toContain('Did you mean "kind"?');
  });

  it("knows a file that was dropped", async () => {
    const file = fileOf("snappy.parquet").path;
    expect(await parquet.detect?.(file)).toEqual({ type: "parquet", path: file, target: "kind", task: "classification" });
    expect(await parquet.detect?.(fileOf("list.parquet").path)).toMatchObject({ target: "kind", ignore: ["tags"] });
    expect(await parquet.detect?.(fileOf("parquet.json").path)).toBeNull();
  });
});
