/** The target is the column that is named, whatever another column holds; columns that tell it by themselves are told as leaks. */
import { describe, expect, it } from "vitest";
import type { Dataset } from "../../src/main/data/dataset.ts";
import { inspectDataset } from "../../src/main/data/inspect/inspect.ts";
import { leakWarnings } from "../../src/main/data/inspect/targetLeaks.ts";
import { openDataset } from "../../src/main/data/sources.ts";
import { RandomStream } from "../../src/shared/math/random.ts";
import type { SourceConfig } from "../../src/shared/recipe/sources.ts";
import { english } from "../helpers/english.ts";
import { scratchFolder } from "./files.ts";

const scratch = scratchFolder();
const draw = new RandomStream(3, "leaks");
let files = 0;

function open(columns: Readonly<Record<string, (row: number) => unknown>>, count: number, set: object): Promise<Dataset> {
  const names = Object.keys(columns);
  const rows = Array.from({ length: count }, (_, row) => names.map((name) => columns[name]?.(row)).join(","));
  const path = scratch.write(`table${files++}.csv`, `${names.join(",")}\n${rows.join("\n")}\n`);
  return openDataset({ type: "csv", path, target: "label", task: "classification", ...set } satisfies SourceConfig);
}

async function inspect(dataset: Dataset) {
  const inspection = await inspectDataset(dataset, { fingerprint: "test", bytes: null, onInspection: () => {}, onProgress: () => {} });
  const leaks = english(inspection.problems).filter(({ kind }) => kind === "leak");
  return { roles: inspection.columns.map(({ name, role }) => `${name} ${role}`), leaks };
}

const noise = (row: number) => draw.normal(row).toFixed(4);
const KINDS = ["ant", "bee", "cat"];
const kind = (row: number) => KINDS[draw.below(3, 5000 + row)] ?? "";

describe("the target is found by its name", () => {
  it.each([
    ["before it", { copy: kind, x: noise, label: kind }],
    ["behind it", { label: kind, x: noise, copy: kind }],
  ])("a copy %s is a feature, and a leak", async (_, columns) => {
    const dataset = await open(columns, 40, {});
    const { roles, leaks } = await inspect(dataset);
    expect(roles.toSorted()).toEqual(["copy feature", "label target", "x feature"]);
    expect(leaks).toMatchObject([
      { severity: "warning", total: 1, items: [{ place: 'column "copy"', detail: 'the same as the target "label" in every row' }] },
    ]);
    expect(leaks[0]?.remedy).toContain("data.source.ignore");
    expect(leakWarnings(dataset)).toEqual([expect.stringMatching(/^1 feature column gives away the target: column "copy"/)]);
  });

  it("an ignored copy is no feature and no leak, and a copy of a feature is no feature where it is ignored", async () => {
    const ignored = await inspect(await open({ copy: kind, x: noise, label: kind }, 40, { ignore: ["copy"] }));
    expect([ignored.roles, ignored.leaks]).toEqual([["copy ignored", "x feature", "label target"], []]);
    const twin = await inspect(await open({ twin: noise, x: noise, label: kind }, 40, { ignore: ["twin"] }));
    expect(twin.roles).toEqual(["twin ignored", "x feature", "label target"]);
  });

  it("of a regression too, and where the copy is of numbers", async () => {
    const value = (row: number) => (10 * draw.normal(900 + row)).toFixed(3);
    const { roles, leaks } = await inspect(await open({ again: value, x: noise, label: value }, 12, { task: "regression" }));
    expect(roles).toEqual(["again feature", "x feature", "label target"]);
    expect(leaks).toMatchObject([{ items: [{ place: 'column "again"', detail: 'the same as the target "label" in every row' }] }]);
    const number = (row: number) => draw.below(4, 700 + row);
    const classes = await inspect(await open({ again: number, x: noise, label: number }, 12, {}));
    expect(classes.leaks).toMatchObject([{ items: [{ place: 'column "again"' }] }]);
  });
});

describe("columns that tell the target", () => {
  const placesOf = async (columns: Parameters<typeof open>[0], count: number, set: object = {}) =>
    (await inspect(await open(columns, count, set))).leaks.flatMap(({ items }) => items.map(({ place }) => place));

  it("other names for the classes, with an odd row, and finer classes", async () => {
    const code = (row: number) => ({ ant: "A1", bee: "B2", cat: "C3" })[kind(row)];
    expect(await placesOf({ code, x: noise, label: kind }, 60)).toEqual(['column "code"']);
    expect(await placesOf({ code: (row) => (row === 17 ? "B2" : code(row)), x: noise, label: kind }, 400)).toEqual(['column "code"']);
    const finer = (row: number) => `${kind(row)}${draw.below(4, 100 + row)}`;
    expect(await placesOf({ finer, x: noise, label: kind }, 400)).toEqual(['column "finer"']);
    expect(await placesOf({ number: (row) => KINDS.indexOf(kind(row)) + 7, x: noise, label: kind }, 60)).toEqual(['column "number"']);
  });

  it("a value in other units, its logarithm, and the range it lies in", async () => {
    const value = (row: number) => 1 + 50 * draw.uniform(300 + row);
    const columns = { x: noise, mm: (row: number) => 25.4 * value(row), log: (row: number) => Math.log(value(row)), label: value };
    expect(await placesOf(columns, 80, { task: "regression" })).toEqual(['column "mm"', 'column "log"']);
    const range = (row: number) => (value(row) < 15 ? "low" : value(row) < 35 ? "middle" : "high");
    expect(await placesOf({ x: noise, range, label: value }, 80, { task: "regression" })).toEqual(['column "range"']);
  });

  it("not what goes with it closely, what is unique, or the only feature", async () => {
    const close = (row: number) => (draw.uniform(8000 + row) < 0.06 ? "?!" : `${kind(row)}!`);
    expect(await placesOf({ close, x: noise, label: kind }, 400)).toEqual([]);
    const value = (row: number) => 10 * draw.uniform(600 + row);
    const near = (row: number) => value(row) + 0.3 * draw.normal(900 + row);
    expect(await placesOf({ near, x: noise, label: value }, 200, { task: "regression" })).toEqual([]);
    expect(await placesOf({ x: (row) => row / 10, label: (row) => Math.exp(row / 20) }, 60, { task: "regression" })).toEqual([]);
    // Of a class that nearly every row has, every column tells as much.
    expect(await placesOf({ x: (row) => `k${row % 3}`, y: noise, label: (row) => (row === 8 ? "rare" : "usual") }, 300)).toEqual([]);
  });
});
