/** Problems planted into clean data are found, each at its place; clean data has none. */
import { describe, expect, it } from "vitest";
import type { Dataset } from "../../src/main/data/dataset.ts";
import { InMemoryDataset } from "../../src/main/data/inMemory.ts";
import { inspectDataset } from "../../src/main/data/inspect/inspect.ts";
import { openDataset } from "../../src/main/data/sources.ts";
import type { ProblemKind } from "../../src/shared/contract/inspection.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { inLanguage } from "../../src/shared/kit/words.ts";
import { RandomStream } from "../../src/shared/math/random.ts";
import { english } from "../helpers/english.ts";
import { scratchFolder } from "./files.ts";

const scratch = scratchFolder();

type Parts = { readonly train: Uint32Array; readonly validation: Uint32Array; readonly test: Uint32Array };

/** Its problems in English; what they say in Korean is whole. */
async function inspect(dataset: Dataset, split?: Parts) {
  const inspection = await inspectDataset(dataset, {
    fingerprint: "planted",
    bytes: null,
    onInspection: () => {},
    onProgress: () => {},
    ...(split === undefined ? {} : { split }),
  });
  for (const { title, remedy, items } of inspection.problems) {
    for (const text of [title, remedy]) expect(inLanguage(text, "ko")).toMatch(/[가-힣]/);
    for (const text of [title, remedy, ...items.flatMap(({ place, detail }) => [place, detail])])
      expect(inLanguage(text, "ko")).not.toMatch(/\{\d|object Object|undefined|NaN/);
  }
  return { ...inspection, problems: english(inspection.problems) };
}

type Told = Awaited<ReturnType<typeof inspect>>;
type Problem = Told["problems"][number];

const kinds = ({ problems }: Told) => problems.map(({ kind }) => kind).sort();

function the({ problems }: Told, kind: ProblemKind): Problem {
  const found = problems.filter((problem) => problem.kind === kind);
  expect(found.length, kind).toBe(1);
  return at(found, 0);
}

const samplesOf = ({ items }: Problem) => items.map(({ sample }) => sample);
const placesOf = ({ items }: Problem) => items.map(({ place }) => place);

const range = (from: number, to: number) => Uint32Array.from({ length: to - from }, (_, i) => from + i);

describe("tables", () => {
  const ROWS = 300;
  const draw = new RandomStream(1, "rows");

  /** Three features of a normal distribution, a category, and the class. */
  const clean = () =>
    Array.from({ length: ROWS }, (_, row) => [
      ...[0, 1, 2].map((k) => (10 * k + draw.normal(row * 3 + k)).toFixed(6)),
      ["north", "south", "west"][row % 3] ?? "",
      ["a", "b"][draw.below(2, row)] ?? "",
    ]);

  async function table(name: string, header: readonly string[], rows: readonly (readonly string[])[], extra: object = {}): Promise<Dataset> {
    const file = scratch.write(`${name}.csv`, `${[header, ...rows].map((row) => row.join(",")).join("\n")}\n`);
    return openDataset({ type: "csv", path: file, target: "class", task: "classification", ...extra });
  }

  const HEADER = ["x", "y", "z", "place", "class"];

  it("clean rows have none", async () => {
    const inspection = await inspect(await table("clean", HEADER, clean()));
    expect(inspection.problems).toEqual([]);
    expect(inspection.columns.map(({ name, role, kind }) => `${name} ${role} ${kind}`)).toEqual([
      "x feature numeric",
      "y feature numeric",
      "z feature numeric",
      "place feature categorical",
      "class target categorical",
    ]);
    expect(inspection.correlations?.names).toEqual(["x", "y", "z"]);
  });

  it("columns: constant, repeated, a counter of rows, missing values, and the target by another name", async () => {
    const rows = clean().map(([x = "", y = "", z = "", place = "", label = ""], row) => [
      x,
      y,
      row % 4 === 0 ? "" : z,
      place,
      "7",
      x,
      String(1000 + row),
      label === "a" ? "low" : "high",
      label,
    ]);
    const dataset = await table("columns", ["x", "y", "z", "place", "same", "copy", "number", "grade", "class"], rows);
    const inspection = await inspect(dataset);
    expect(kinds(inspection)).toEqual(["constantColumn", "duplicateColumn", "identifierColumn", "leak", "missingValues"]);
    expect(placesOf(the(inspection, "constantColumn"))).toEqual(['column "same"']);
    expect(the(inspection, "duplicateColumn").items).toEqual([{ sample: null, place: 'column "copy"', detail: 'the same as column "x"' }]);
    expect(placesOf(the(inspection, "identifierColumn"))).toEqual(['column "number"']);
    expect(placesOf(the(inspection, "leak"))).toEqual(['column "grade"']);
    expect(the(inspection, "missingValues").items).toEqual([{ sample: null, place: 'column "z"', detail: "75 of 300 rows (25.0 %)" }]);
    const z = inspection.columns.find(({ name }) => name === "z");
    expect(z?.kind === "numeric" && [z.numbers.count, z.numbers.missing]).toEqual([225, 75]);
    // Correlated over the rows where both are there; constant columns have none.
    const [names, matrix] = [inspection.correlations?.names ?? [], inspection.correlations?.matrix ?? []];
    expect(matrix[names.indexOf("x")]?.[names.indexOf("copy")]).toBeCloseTo(1, 12);
    expect(matrix[names.indexOf("same")]?.every((value) => value === null)).toBe(true);
  });

  it("rows: repeats, the same features with another class, and far values", async () => {
    const rows = clean();
    rows[200] = at(rows, 10);
    rows[201] = at(rows, 10);
    rows[250] = [...at(rows, 20).slice(0, 4), at(rows, 20)[4] === "a" ? "b" : "a"];
    rows[123] = ["1e6", ...at(rows, 123).slice(1)];
    const dataset = await table("rows", HEADER, rows);
    const inspection = await inspect(dataset);
    expect(kinds(inspection)).toEqual(["conflictingLabels", "duplicateSamples", "outliers"]);
    const repeats = the(inspection, "duplicateSamples");
    expect([repeats.total, repeats.items]).toEqual([
      2,
      [
        { sample: 200, place: "line 202", detail: "the same as sample 10 (line 12)" },
        { sample: 201, place: "line 203", detail: "the same as sample 10 (line 12)" },
      ],
    ]);
    expect(samplesOf(the(inspection, "conflictingLabels"))).toEqual([250]);
    expect(samplesOf(the(inspection, "outliers"))).toEqual([123]);
    expect(the(inspection, "outliers").items[0]?.detail).toMatch(/^column "x": 1000000, [\d.]+ interquartile ranges outside/);
  });

  it("ignored columns do not tell rows apart, and are no features", async () => {
    const rows = clean().map((row, number) => [`name ${number}`, ...row]);
    rows[40] = ["another name", ...at(rows, 7).slice(1)];
    const inspection = await inspect(await table("ignored", ["who", ...HEADER], rows, { ignore: ["who", "z"] }));
    expect(inspection.columns.map(({ role }) => role)).toEqual(["ignored", "feature", "feature", "ignored", "feature", "target"]);
    expect(samplesOf(the(inspection, "duplicateSamples"))).toEqual([40]);
    expect(inspection.correlations?.names).toEqual(["x", "y"]);
  });

  it("a repeat on both sides of the split leaks, and one inside a part does not", async () => {
    const rows = clean();
    rows[150] = at(rows, 3);
    rows[280] = at(rows, 220);
    rows[290] = at(rows, 5);
    const dataset = await table("leak", HEADER, rows);
    const split: Parts = { train: range(0, 200), validation: range(200, 260), test: range(260, 300) };
    const leak = the(await inspect(dataset, split), "leak");
    expect(leak.items).toEqual([
      { sample: 280, place: "line 282", detail: "in the test part, the same as sample 220 (line 222) in the validation part" },
      { sample: 290, place: "line 292", detail: "in the test part, the same as sample 5 (line 7) in the training part" },
    ]);
    expect(leak.title).toBe("2 rows held out repeat one of another part of the split: 2 in the test part");
    expect(kinds(await inspect(dataset))).toEqual(["duplicateSamples"]);
  });

  it("a column of many rare categories is told, and one of few is not", async () => {
    const rows = clean().map((row, number) => [`ticket ${number % 100}`, `street ${number % 40}`, ...row]);
    const inspection = await inspect(await table("rare", ["ticket", "street", ...HEADER], rows));
    expect(inspection.problems.map(({ kind, severity, title }) => [kind, severity, title])).toEqual([
      ["identifierColumn", "info", "1 of 6 feature columns has fewer than 5 rows per category"],
    ]);
    expect(the(inspection, "identifierColumn").items).toEqual([{ sample: null, place: 'column "ticket"', detail: "100 categories in 300 rows" }]);
  });

  describe("of a regression", () => {
    const task = { target: "v", task: "regression" };
    const number = (row: number, k: number) => (10 * draw.normal(row * 3 + k)).toFixed(6);

    it("columns without a repeat do not tell the target for that; one in other units does", async () => {
      const rows = Array.from({ length: ROWS }, (_, row) => {
        const v = number(row, 2);
        // Rounded to three digits behind the point, as a file would have it.
        return [number(row, 0), number(row, 1), (32 - 1.8 * Number(v)).toFixed(3), v];
      });
      const header = ["x", "y", "fahrenheit", "v"];
      const leak = the(await inspect(await table("units", header, rows, task)), "leak");
      expect(leak.items).toEqual([{ sample: null, place: 'column "fahrenheit"', detail: 'it is a linear function of "v": their correlation is -1.000000' }]);
      expect((await inspect(await table("units", header, rows, { ...task, ignore: ["fahrenheit"] }))).problems).toEqual([]);
    });

    it("a target that never changes is told, and the only feature is none that counts rows", async () => {
      const constant = Array.from({ length: ROWS }, (_, row) => [number(row, 0), "2.5"]);
      const inspection = await inspect(await table("constant", ["x", "v"], constant, task));
      expect(inspection.problems.map(({ kind, title, items }) => [kind, title, items])).toEqual([
        ["constantColumn", "1 of 1 target is the same in every sample", [{ sample: null, place: "target v", detail: "2.5 in all 300 samples" }]],
      ]);
      const steps = Array.from({ length: ROWS }, (_, row) => [String(row), number(row, 0)]);
      expect((await inspect(await table("steps", ["x", "v"], steps, task))).problems).toEqual([]);
    });
  });

  it("classes: one of them rare and far smaller than the largest", async () => {
    const rows = clean().map((row, number) => [...row.slice(0, 4), number < 4 ? "c" : (row[4] ?? "")]);
    const inspection = await inspect(await table("classes", HEADER, rows));
    expect(kinds(inspection)).toEqual(["classImbalance", "rareClass"]);
    expect(the(inspection, "rareClass").items).toEqual([{ sample: null, place: "class c", detail: "4 samples" }]);
    const counts = inspection.target.kind === "classification" ? inspection.target.classes.map(({ count }) => count) : [];
    expect(the(inspection, "classImbalance").title).toContain(`${(Math.max(...counts) / 4).toFixed(1)} times`);
  });
});

describe("images", () => {
  const [COUNT, SIZE] = [120, 3 * 32 * 32];
  const CLASSES = ["cat", "dog"];

  /** Each a sum of a few waves of its own: smooth, and unlike the others. */
  function image(number: number): Uint8Array {
    const stream = new RandomStream(number, "picture");
    const waves = Array.from({ length: 12 }, (_, k) => [0, 1, 2, 3].map((j) => stream.uniform(4 * k + j)));
    return Uint8Array.from({ length: SIZE }, (_, i) => {
      const [channel, y, x] = [Math.floor(i / 1024), Math.floor((i % 1024) / 32) / 32, (i % 32) / 32];
      const sum = waves.reduce(
        (height, [u = 0, v = 0, phase = 0, weight = 0]) => height + weight * Math.sin(25 * (u * x + v * y) + 6.3 * phase + channel * v),
        0,
      );
      return Math.max(0, Math.min(255, Math.round(128 + 28 * sum)));
    });
  }

  function images(change: (all: Uint8Array[], labels: Int32Array) => void = () => {}, { classes = CLASSES, givenTest = 0 } = {}): Dataset {
    const all = Array.from({ length: COUNT }, (_, i) => image(i));
    const labels = Int32Array.from({ length: COUNT }, (_, i) => i % 2);
    change(all, labels);
    const samples = new Uint8Array(COUNT * SIZE);
    for (const [i, each] of all.entries()) samples.set(each, i * SIZE);
    const facts = {
      name: "images",
      length: COUNT,
      sampleShape: [3, 32, 32],
      elementType: "uint8",
      target: { kind: "classification", classes },
      givenTest,
    } as const;
    return new InMemoryDataset(facts, samples, labels);
  }

  const noise = new RandomStream(9, "noise");
  /** Lighter, flatter, and with a little noise. */
  const again = (original: Uint8Array) => original.map((value, i) => Math.max(0, Math.min(255, Math.round(0.9 * value + 15 + 3 * noise.normal(i)))));

  it("clean images have none", async () => {
    expect((await inspect(images())).problems).toEqual([]);
  });

  it("exact repeats, near ones, and both with another label", async () => {
    const dataset = images((all, labels) => {
      all[50] = at(all, 2);
      all[61] = at(all, 4);
      all[70] = again(at(all, 6));
      all[81] = again(at(all, 8));
      expect([labels[50], labels[61], labels[70], labels[81]]).toEqual([0, 1, 0, 1]);
    });
    const inspection = await inspect(dataset);
    expect(kinds(inspection)).toEqual(["conflictingLabels", "conflictingLabels", "duplicateSamples", "nearDuplicates"]);
    expect(the(inspection, "duplicateSamples").items).toEqual([{ sample: 50, place: "sample 50", detail: "the same as sample 2" }]);
    const near = the(inspection, "nearDuplicates");
    expect(samplesOf(near)).toEqual([70, 81]);
    expect(near.items[0]?.detail).toMatch(/^looks like sample 6, correlation 0\.99/);
    const conflicts = inspection.problems.filter(({ kind }) => kind === "conflictingLabels");
    expect(conflicts.flatMap(samplesOf)).toEqual([61, 81]);
    expect(conflicts[0]?.items[0]?.detail).toBe("dog, but sample 4 with the same features is cat");
    expect(conflicts[1]?.items[0]?.detail).toBe("dog, but sample 8, which looks the same, is cat");
  });

  it("repeats and near repeats between training and the source's own test part", async () => {
    const dataset = images(
      (all) => {
        all[110] = at(all, 20);
        all[112] = again(at(all, 30));
        all[118] = at(all, 104);
      },
      { givenTest: 20 },
    );
    const inspection = await inspect(dataset);
    expect(inspection.problems.filter(({ kind }) => kind === "leak").flatMap(({ items }) => items)).toEqual([
      { sample: 110, place: "sample 110", detail: "in the test part, the same as sample 20 in the training part" },
      { sample: 112, place: "sample 112", detail: "in the test part, looks like sample 30 in the training part" },
    ]);
    expect(samplesOf(the(inspection, "duplicateSamples"))).toEqual([110, 118]);
  });

  it("that look like two earlier ones are told of both where each means something else", async () => {
    const dataset = images(
      (all) => {
        // In training with another label; in the test part with the same one, and nearer.
        all[104] = again(at(all, 7));
        all[106] = at(all, 104).map((value, i) => (i % 500 === 0 ? Math.min(255, value + 1) : value));
      },
      { givenTest: 20 },
    );
    const { problems } = await inspect(dataset);
    const details = (wanted: ProblemKind) => problems.filter(({ kind }) => kind === wanted).flatMap(({ items }) => items.map(({ detail }) => detail));
    expect(details("nearDuplicates")[1]).toMatch(/^looks like sample 104, correlation 1\.0000$/);
    expect(details("leak")[1]).toBe("in the test part, looks like sample 7 in the training part");
    expect(details("conflictingLabels")[1]).toBe("cat, but sample 7, which looks the same, is dog");
  });

  it("an image of one value, one far from all others, and a class without any", async () => {
    const dataset = images(
      (all) => {
        all[33] = new Uint8Array(SIZE).fill(7);
        all[44] = Uint8Array.from({ length: SIZE }, (_, i) => (i % 2 === 0 ? 255 : 0));
      },
      { classes: [...CLASSES, "bird"] },
    );
    const inspection = await inspect(dataset);
    expect(kinds(inspection)).toEqual(["emptyClass", "outliers", "outliers"]);
    expect(the(inspection, "emptyClass").items).toEqual([{ sample: null, place: "class bird", detail: "0 samples" }]);
    const [constant, far] = inspection.problems.filter(({ kind }) => kind === "outliers");
    expect(constant?.items).toEqual([{ sample: 33, place: "sample 33", detail: "every value is 7" }]);
    expect(far?.items.map(({ sample }) => sample)).toContain(44);
  });

  it("one class alone", async () => {
    expect(kinds(await inspect(images((_, labels) => labels.fill(1))))).toEqual(["emptyClass", "singleClass"]);
  });
});

describe("signals", () => {
  const [COUNT, SIZE] = [64, 2 * 50];

  it("missing values are told and left out of the figures; repeats are found", async () => {
    const stream = new RandomStream(3, "signals");
    const samples = Float32Array.from({ length: COUNT * SIZE }, (_, i) => stream.normal(i));
    samples[5 * SIZE + 60] = Number.NaN;
    samples.copyWithin(40 * SIZE, 7 * SIZE, 8 * SIZE);
    const facts = {
      name: "waves",
      length: COUNT,
      sampleShape: [2, 50],
      elementType: "float32",
      target: { kind: "regression", names: ["v"] },
      givenTest: 0,
    } as const;
    const targets = Float32Array.from({ length: COUNT }, (_, i) => (i === 40 ? 7 : i));
    const inspection = await inspect(new InMemoryDataset(facts, samples, targets));
    expect(kinds(inspection)).toEqual(["duplicateSamples", "missingValues"]);
    expect(the(inspection, "missingValues").items).toEqual([{ sample: 5, place: "sample 5", detail: "1 of 100 values" }]);
    expect(the(inspection, "duplicateSamples").items[0]?.sample).toBe(40);
    expect(inspection.channels.map(({ count, missing }) => [count, missing])).toEqual([
      [COUNT * 50, 0],
      [COUNT * 50 - 1, 1],
    ]);
    // The second channel's figures against a plain computation.
    const second = Array.from(samples)
      .filter((value, i) => i % SIZE >= 50 && !Number.isNaN(value))
      .sort((a, b) => a - b);
    const mean = second.reduce((sum, value) => sum + value, 0) / second.length;
    const channel = at(inspection.channels, 1);
    expect(channel.mean).toBeCloseTo(mean, 12);
    expect(channel.deviation).toBeCloseTo(Math.sqrt(second.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (second.length - 1)), 12);
    const position = (second.length - 1) / 4;
    const below = at(second, Math.floor(position));
    expect(channel.q1).toBe(below + (at(second, Math.floor(position) + 1) - below) * (position % 1));
    expect(channel.histogram?.counts.reduce((sum, count) => sum + count, 0)).toBe(second.length);
    expect(inspection.means?.shape).toEqual([2, 50]);
    const element = Array.from({ length: COUNT }, (_, i) => at(samples, i * SIZE + 60)).filter((value) => !Number.isNaN(value));
    expect(inspection.means?.overall[60]).toBeCloseTo(element.reduce((sum, value) => sum + value, 0) / element.length, 5);
  });
});
