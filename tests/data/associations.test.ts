/** Associations of categories: scipy's figures, what is left out, and that the target comes along. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import type { Dataset } from "../../src/main/data/dataset.ts";
import { inspectDataset } from "../../src/main/data/inspect/inspect.ts";
import { openDataset } from "../../src/main/data/sources.ts";
import { inspectionLines } from "../../src/main/hosts/cli/inspectionText.ts";
import { RandomStream } from "../../src/shared/math/random.ts";
import type { SourceConfig } from "../../src/shared/recipe/sources.ts";
import { scratchFolder } from "./files.ts";

const scratch = scratchFolder();
const FIGURES = path.join(import.meta.dirname, "figures");
const expected = JSON.parse(readFileSync(path.join(FIGURES, "associations.json"), "utf8")) as readonly (readonly [string, string, string, number])[];

const open = (file: string, set: object) => openDataset({ type: "csv", path: file, target: "kind", task: "classification", ...set } as SourceConfig);
const inspect = (dataset: Dataset) => inspectDataset(dataset, { fingerprint: "test", bytes: null, onInspection: () => {}, onProgress: () => {} });
const keyOf = (a: string, b: string) => [a, b].sort().join("×");

it("are those of scipy, over the rows where both are there", async () => {
  const file = path.join(FIGURES, "associations.csv");
  for (const [target, task] of [
    ["kind", "classification"],
    ["weight", "regression"],
  ]) {
    const inspection = await inspect(await open(file, { target, task }));
    const withoutTarget = target === "weight" ? 18 : 0;
    expect(inspection.facts.length).toBe(240 - withoutTarget);
    const found = new Map(inspection.associations.map(({ columns: [a, b], measure, value }) => [keyOf(a, b), { measure, value }]));
    // Rows without a target are no samples, so that the other pairs are of fewer rows then.
    const comparable = target === "kind" ? expected : expected.filter(([, b]) => b === "weight");
    for (const [a, b, measure, value] of comparable) {
      const pair = found.get(keyOf(a, b));
      expect([a, b, pair?.measure]).toEqual([a, b, measure]);
      expect(pair?.value, `${a} × ${b}`).toBeCloseTo(value, 10);
    }
    if (target === "kind") expect([...found.keys()].sort()).toEqual(expected.map(([a, b]) => keyOf(a, b)).sort());
    const values = inspection.associations.map(({ value }) => value);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    for (const { columns, withTarget } of inspection.associations) expect(withTarget).toBe(columns.includes(target ?? ""));
  }
});

it("stay near nothing where there is nothing, of many categories too, and are 1 of a function", async () => {
  const draw = new RandomStream(2, "associations");
  const rows = Array.from({ length: 400 }, (_, row) => {
    const kind = ["a", "b", "c"][draw.below(3, row)];
    return [kind, `k${draw.below(90, 1000 + row)}`, `p${draw.below(90, 9000 + row)}`, { a: "x", b: "y", c: "z" }[kind ?? ""], draw.normal(row).toFixed(4)].join(
      ",",
    );
  });
  const file = scratch.write("nothing.csv", `kind,many,more,same,number\n${rows.join("\n")}\n`);
  const { associations } = await inspect(await open(file, {}));
  const value = (a: string, b: string) => associations.find(({ columns }) => columns.includes(a) && columns.includes(b))?.value;
  expect(value("many", "more")).toBeLessThan(0.12);
  expect(value("kind", "number")).toBeLessThan(0.03);
  expect(value("kind", "same")).toBeCloseTo(1, 6);
});

it("leave out what is ignored, constant, or has hardly a row a category", async () => {
  const rows = Array.from({ length: 60 }, (_, row) => `${["a", "b"][row % 2]},one,${["u", "v", "w"][row % 3]},t${row % 40},${(row * 0.37).toFixed(2)}`);
  const file = scratch.write("left.csv", `kind,constant,ignored,ticket,number\n${rows.join("\n")}\n`);
  const { associations } = await inspect(await open(file, { ignore: ["ignored"] }));
  expect(associations.map(({ columns }) => columns)).toEqual([["kind", "number"]]);
});

it("are printed, with the target first", async () => {
  const lines = inspectionLines(await inspect(await open(path.join(FIGURES, "associations.csv"), {})));
  const start = lines.findIndex((line) => line.startsWith("strongest with the target"));
  expect(lines[start + 1]).toMatch(/^ {2}kind × (?:place: V|weight: η²) 0\.\d{3}$/);
  expect(lines.some((line) => line.startsWith("strongest among the features"))).toBe(true);
});
