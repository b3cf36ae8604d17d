/** Rows of tables as numbers: against pandas's own filling in and one-hot (fixtures/tables/make_tables.py), and what must hold whatever the rows. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Dataset } from "../../src/main/data/dataset.ts";
import { EncodedDataset, encodeDataset } from "../../src/main/data/encode.ts";
import { reader as csv } from "../../src/main/data/readers/csv.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { type EncodingConfig, encodedFacts, encodedFeatures, encodingSchema } from "../../src/shared/recipe/encoding.ts";
import type { DatasetFacts } from "../../src/shared/recipe/facts.ts";
import { scratchFolder } from "./files.ts";

const scratch = scratchFolder();
let files = 0;
const folder = path.join(import.meta.dirname, "fixtures", "tables");
const {
  encoding: golden,
}: {
  readonly encoding: Readonly<Record<"mean" | "median" | "mostFrequent", { readonly a: number; readonly b: number }>> & {
    readonly train: number;
    readonly oneHot: readonly (readonly number[])[];
    readonly ordinal: readonly number[];
    readonly indicator: readonly (readonly number[])[];
  };
} = JSON.parse(readFileSync(path.join(folder, "tables.json"), "utf8"));

const config = (given: Partial<EncodingConfig> = {}): EncodingConfig => encodingSchema.parse(given);
const count = (length: number) => Uint32Array.from({ length }, (_, i) => i);
const gaps = () => csv.open({ type: "csv", path: path.join(folder, "gaps.tsv"), target: "y", task: "classification", ignore: ["when"] });

function table(content: string, kinds?: Record<string, "numeric" | "categorical">): Promise<Dataset> {
  const file = scratch.write(`t${++files}.csv`, content);
  return csv.open({ type: "csv", path: file, target: "kind", task: "classification", ...(kinds === undefined ? {} : { kinds }) });
}

async function encoded(dataset: Dataset, train: Uint32Array, given: Partial<EncodingConfig> = {}) {
  const made = await encodeDataset(dataset, train, config(given));
  if (!(made instanceof EncodedDataset)) throw new Error("nothing was encoded");
  const { samples } = await made.fetch(count(made.length));
  const width = at(made.sampleShape, 0);
  const rows = Array.from({ length: made.length }, (_, row) => Array.from(samples.subarray(row * width, (row + 1) * width)));
  // What is known beforehand is what is made.
  expect(made.facts).toEqual(encodedFacts(dataset.facts, config(given)));
  expect(made.features.names).toHaveLength(width);
  expect(made.features.binary).toEqual(encodedFeatures(dataset.facts, config(given)).binary);
  for (const row of rows) for (const [i, value] of row.entries()) if (made.features.binary[i]) expect([0, 1]).toContain(value);
  return { made, rows };
}

describe("encoding, as pandas has it", () => {
  it.each(["mean", "median", "mostFrequent", "zero"] as const)("fills missing numbers in with the training rows' %s", async (missing) => {
    const dataset = await gaps();
    const { made, rows } = await encoded(dataset, count(golden.train), { missing });
    const expected = missing === "zero" ? { a: 0, b: 0 } : golden[missing];
    expect(made.fills.get("a")).toBeCloseTo(expected.a, 6);
    expect(made.fills.get("b")).toBeCloseTo(expected.b, 12);
    const { samples } = await dataset.fetch(count(dataset.length));
    for (const [row, values] of rows.entries()) {
      expect(values[0]).toBe(Number.isNaN(samples[row * 3]) ? Math.fround(made.fills.get("a") ?? 0) : samples[row * 3]);
      expect(values[1]).toBe(Number.isNaN(samples[row * 3 + 1]) ? Math.fround(made.fills.get("b") ?? 0) : samples[row * 3 + 1]);
    }
  });

  it("makes a feature of each category, and of none", async () => {
    const { made, rows } = await encoded(await gaps(), count(golden.train));
    expect(made.features).toEqual({
      names: ["a", "b", "colour = green", "colour = red", "colour = missing"],
      binary: [false, false, true, true, true],
      blocks: [3],
    });
    expect(rows.map((row) => row.slice(2))).toEqual(golden.oneHot);
  });

  it("numbers categories", async () => {
    const { made, rows } = await encoded(await gaps(), count(golden.train), { categories: "ordinal" });
    expect(made.features).toEqual({ names: ["a", "b", "colour"], binary: [false, false, false], blocks: [] });
    expect(rows.map((row) => row[2])).toEqual(golden.ordinal);
  });

  it("says where values were missing", async () => {
    const { made, rows } = await encoded(await gaps(), count(golden.train), { indicator: true });
    expect(made.features.names.slice(0, 4)).toEqual(["a", "b", "a is missing", "b is missing"]);
    expect(rows.map((row) => row.slice(2, 4))).toEqual(golden.indicator);
  });
});

describe("encoding", () => {
  it("looks at no row but those of the training", async () => {
    const rows = (last: string) => `a,c,kind\n1,x,p\n,y,q\n3,x,p\n${last}\n`;
    const train = Uint32Array.of(0, 1, 2);
    for (const missing of ["mean", "median", "mostFrequent"] as const) {
      const [one, other] = [await encoded(await table(rows("5,y,q")), train, { missing }), await encoded(await table(rows("1e9,y,q")), train, { missing })];
      expect(one.made.fills).toEqual(other.made.fills);
      expect(one.rows.slice(0, 3)).toEqual(other.rows.slice(0, 3));
    }
  });

  it("keeps the most frequent of too many categories, counted on the training rows", async () => {
    const names = ["a", "b", "b", "c", "c", "c", "d", "e", "e", "e", "e", ""];
    const content = `c,kind\n${names.map((name, i) => `${name},k${i % 2}`).join("\n")}\n`;
    const all = await encoded(await table(content), count(12), { maxCategories: 3 });
    expect(all.made.features.names).toEqual(["c = c", "c = e", "c = other", "c = missing"]);
    const part = await encoded(await table(content), count(6), { maxCategories: 3 });
    expect(part.made.features.names).toEqual(["c = b", "c = c", "c = other", "c = missing"]);
    expect(part.rows.map((row) => row.indexOf(1))).toEqual([2, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 3]);
    // Of equally frequent ones the first.
    expect((await encoded(await table(content), Uint32Array.of(6, 0, 1), { maxCategories: 3 })).made.features.names.slice(0, 2)).toEqual(["c = a", "c = b"]);
    const ordinal = await encoded(await table(content), count(6), { maxCategories: 3, categories: "ordinal" });
    expect(ordinal.rows.flat()).toEqual([2, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 3]);
  });

  it("orders features: numbers, gaps, categories", async () => {
    const { made, rows } = await encoded(await table("c,a,d,b,kind\nx,1,p,,k\ny,,q,2,l\nx,3,p,4,k\n"), count(3), { indicator: true, missing: "mean" });
    expect(made.features.names).toEqual(["a", "b", "a is missing", "b is missing", "c = x", "c = y", "d = p", "d = q"]);
    expect(made.features.blocks).toEqual([2, 2]);
    expect(rows).toEqual([
      [1, 3, 0, 1, 1, 0, 1, 0],
      [2, 2, 1, 0, 0, 1, 0, 1],
      [3, 4, 0, 0, 1, 0, 1, 0],
    ]);
  });

  it("fills with zero where no training row has a value", async () => {
    const { rows } = await encoded(await table("a,kind\n,k\n,l\n3,k\n"), count(2), { missing: "median" });
    expect(rows).toEqual([[0], [0], [3]]);
  });

  it("leaves numbers alone as they are, and their shape", async () => {
    const dataset = await table("a,b,kind\n1,2,k\n3,4,l\n");
    expect(await encodeDataset(dataset, count(2), config())).toBe(dataset);
    expect(encodedFacts(dataset.facts, config())).toEqual(dataset.facts);
    const file = scratch.write("shaped.csv", "a,b,c,d,kind\n1,2,3,4,k\n5,,7,8,l\n");
    const shaped = await csv.open({ type: "csv", path: file, target: "kind", task: "classification", sampleShape: [1, 2, 2] });
    const made = await encodeDataset(shaped, count(2), config({ missing: "zero" }));
    expect(made.facts.sampleShape).toEqual([1, 2, 2]);
    expect(Array.from((await made.fetch(Uint32Array.of(1))).samples)).toEqual([5, 0, 7, 8]);
    expect(encodedFacts(shaped.facts, config({ indicator: true })).sampleShape).toEqual([5]);
  });

  it("hands on what it does not change", async () => {
    const dataset = await table(`a,c,kind\n1,x,k\n,y,l\n3,x,\n${Array.from({ length: 3 }, () => "1,x,k").join("\n")}\n`);
    const made = await encodeDataset(dataset, count(2), config());
    expect([made.name, made.length, made.target, made.keys, made.resident, made.elementType]).toEqual([
      dataset.name,
      dataset.length,
      dataset.target,
      dataset.keys,
      true,
      "float32",
    ]);
    expect(made.columns).toBeUndefined();
    expect(made.problems).toBe(dataset.problems);
    expect(made.table).toBe(dataset.table);
    expect(made.place(2)).toBe(dataset.place(2));
    expect(await made.key("c")).toBe(await dataset.key("c"));
    expect(await made.targets()).toEqual(await dataset.targets());
    expect((await made.fetch(Uint32Array.of(1, 0))).targets).toEqual((await dataset.fetch(Uint32Array.of(1, 0))).targets);
  });

  it("knows the width from facts and settings alone", () => {
    const facts: DatasetFacts = {
      name: "t",
      length: 10,
      sampleShape: [3],
      elementType: "float32",
      target: { kind: "regression", names: ["y"] },
      givenTest: 0,
      columns: [
        { name: "n", kind: "numeric", missing: 2 },
        { name: "c", kind: "categorical", missing: 1, categories: Array.from({ length: 100 }, (_, i) => `c${i}`) },
        { name: "d", kind: "categorical", missing: 0, categories: ["p", "q"] },
      ],
    };
    const width = (given: Partial<EncodingConfig>) => encodedFacts(facts, config(given)).sampleShape;
    expect(width({})).toEqual([1 + 65 + 2]);
    expect(width({ maxCategories: 100 })).toEqual([1 + 101 + 2]);
    expect(width({ maxCategories: 2, indicator: true })).toEqual([2 + 3 + 2]);
    expect(width({ categories: "ordinal", indicator: true })).toEqual([4]);
    expect(encodedFacts(facts, config())).not.toHaveProperty("columns");
    const { names, blocks } = encodedFeatures(facts, config({ maxCategories: 3 }));
    expect(names).toEqual(["n", "c = frequent 1", "c = frequent 2", "c = other", "c = missing", "d = p", "d = q"]);
    expect(blocks).toEqual([4, 2]);
  });
});
