/** Arrow files that Polars wrote, against what Polars holds (fixtures/tables/make_arrow.mjs). */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { detectSource } from "../../src/main/data/detect.ts";
import { reader as arrow } from "../../src/main/data/readers/arrow.ts";
import type { TableColumn } from "../../src/main/data/table.ts";
import { loadArrow } from "../../src/main/data/tables/loadArrow.ts";
import { Fault } from "../../src/shared/kit/fault.ts";
import { english } from "../helpers/english.ts";
import { faultOf, scratchFolder } from "./files.ts";

const scratch = scratchFolder();
const folder = path.join(import.meta.dirname, "fixtures", "tables");
const golden: { readonly kinds: Readonly<Record<string, readonly (number | string | boolean | null)[]>> } = JSON.parse(
  readFileSync(path.join(folder, "arrow.json"), "utf8"),
);
const DAY = 86_400_000;

const fileOf = (name: string) => ({ path: path.join(folder, name), field: "data.source.path" });
const source = (file: string) => ({ type: "arrow", path: file, target: "kind", task: "classification" }) as const;

function valuesOf(column: TableColumn): (number | string | null)[] {
  if (column.kind === "categorical") return Array.from(column.codes, (code) => column.categories[code] ?? null);
  return Array.from(column.values, (value) => (Number.isNaN(value) ? null : value));
}

describe.each(["plain.arrow", "lz4.feather", "zstd.arrow", "stream.arrows"])("%s", (name) => {
  it("holds what Polars wrote", async () => {
    const { table } = await loadArrow(fileOf(name));
    expect(table.columns.map((column) => column.name)).toEqual(Object.keys(golden.kinds));
    for (const column of table.columns) {
      const stored = golden.kinds[column.name] ?? [];
      const expected = stored.map((value) => (column.name === "day" ? Number(value) * DAY : typeof value === "boolean" ? String(value) : value));
      expect(valuesOf(column), column.name).toEqual(expected);
    }
    const kinds = Object.fromEntries(table.columns.map((column) => [column.name, column.kind]));
    expect(kinds).toMatchObject({ i64: "numeric", flag: "categorical", colour: "categorical", group: "categorical", day: "time", at: "time" });
  });

  it("says that it is cut off or damaged", async () => {
    const whole = readFileSync(fileOf(name).path);
    const file = scratch.write(`half-${name}`, whole.subarray(0, whole.length >> 1));
    const { problems, kind } = await faultOf(arrow.open(source(file)));
    expect(kind).toBe("input");
    expect(problems).toMatchObject([{ place: file, expected: "must be a complete Arrow file", received: expect.stringContaining("cut off or damaged") }]);
  });
});

describe("arrow", () => {
  it("unpacks LZ4 over many blocks", async () => {
    const { table } = await loadArrow(fileOf("long.feather"));
    const [a, kind] = table.columns;
    expect(a?.kind === "numeric" && [...a.values]).toEqual(Array.from({ length: 20_000 }, (_, i) => (i * 7) % 1000));
    expect(kind?.kind === "categorical" && [...kind.codes]).toEqual(Array.from({ length: 20_000 }, (_, i) => i % 3));
  });

  it("is a data set", async () => {
    const dataset = await arrow.open(source(fileOf("lz4.feather").path));
    expect(dataset.length).toBe(40);
    expect(dataset.columns).toContainEqual({ name: "group", kind: "categorical", missing: 0, categories: ["x", "y", "z"] });
    expect(dataset.columns).toContainEqual({ name: "f64", kind: "numeric", missing: 10 });
    expect(dataset.place(0)).toBe("row 1");
    expect([...(await dataset.fetch(Uint32Array.of(39))).samples].slice(0, 2)).toEqual([19, Math.fround(39 * 1_000_003 - 20)]);
  });

  it("says what is wrong with damaged bytes, and never throws anything else", async () => {
    const whole = readFileSync(fileOf("lz4.feather").path);
    let faults = 0;
    for (let start = 8; start < whole.length - 100; start += 300) {
      const file = scratch.write(`damaged${start}.feather`, Buffer.from(whole).fill(0xa5, start, start + 40));
      const result = await arrow.open(source(file)).catch((error: unknown) => error);
      if (result instanceof Fault) faults++;
      else expect(result).not.toBeInstanceOf(Error);
    }
    expect(faults).toBeGreaterThan(3);
  });

  it("names nested columns", async () => {
    const { problems } = await faultOf(loadArrow(fileOf("list.arrow")));
    expect(problems).toMatchObject([{ place: `${fileOf("list.arrow").path}, column "tags"`, received: "lists" }]);
  });

  it("refuses what is none", async () => {
    const file = scratch.write("text.arrow", "a,b\n1,2\n");
    expect(english((await faultOf(arrow.open(source(file)))).problems)).toMatchObject([{ place: file, expected: "must be an Arrow file or stream" }]);
  });

  it("knows a file that was dropped", async () => {
    for (const name of ["lz4.feather", "stream.arrows"])
      expect(await arrow.detect?.(fileOf(name).path)).toEqual({ type: "arrow", path: fileOf(name).path, target: "kind", task: "classification" });
    expect(await arrow.detect?.(fileOf("list.arrow").path)).toMatchObject({ ignore: ["tags"] });
    expect(english((await faultOf(detectSource(scratch.write("text.feather", "a,b\n1,2\n")))).problems)).toMatchObject([
      { expected: "must be an Arrow file or stream" },
    ]);
  });
});
