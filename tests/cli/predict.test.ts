/**
 * `descent predict`: what it writes is what the tested weights say. The oracle works the probabilities out in float64 from the checkpoint, with what
 * is learned taken from the training rows of the kept split alone.
 */
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Transformer } from "@napi-rs/image";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSplit } from "../../src/main/data/splits/store.ts";
import { readSafetensors } from "../../src/main/training/safetensors.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { parseCsv } from "../helpers/csv.ts";
import { startDescent } from "../helpers/descent.ts";
import { here } from "./inProcess.ts";

let folder: string;
let home: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "descent-predict-"));
  home = path.join(folder, "home");
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const inFolder = (name: string) => path.join(folder, name);

async function train(name: string, recipe: object): Promise<string> {
  const file = inFolder(`${name}.json`);
  await writeFile(file, JSON.stringify({ name, ...recipe }));
  const { code, stderr, lines } = await here("train", file, "--home", home, "--json");
  expect(code, stderr).toBe(0);
  return String(lines.find(({ type }) => type === "started")?.run);
}

/** The CSV of a prediction, by column. */
async function predicted(run: string, ...args: readonly string[]): Promise<readonly Readonly<Record<string, string>>[]> {
  const { code, stdout, stderr } = await here("predict", run, ...args, "--home", home);
  expect(code, stderr).toBe(0);
  return parseCsv(stdout);
}

async function refused(run: string, ...args: readonly string[]): Promise<{ readonly code: number | null; readonly stderr: string }> {
  const { code, stderr } = await here("predict", run, ...args, "--home", home);
  return { code, stderr };
}

const CLASSES = ['one, "two"', "line\nbreak", "=plain"] as const;
const COLOURS = ["amber", "blue", "cyan"] as const;

interface Row {
  readonly size: number | null;
  readonly colour: (typeof COLOURS)[number] | "violet" | "";
  readonly weight: number;
  readonly label: string;
}

/** Rows whose class follows from the colour and the weight; some sizes and colours are missing. */
function rowsOf(count: number): readonly Row[] {
  return Array.from({ length: count }, (_, i) => {
    const weight = ((i * 37) % 50) / 10 - 2.5;
    const colour = i % 11 === 0 ? "" : at(COLOURS, (i * 7) % 3);
    return { size: i % 9 === 0 ? null : ((i * 13) % 40) + 100, colour, weight, label: at(CLASSES, (i * 7) % 3 === 2 ? 2 : weight > 0 ? 1 : 0) };
  });
}

const cell = (value: string | number | null) =>
  value === null ? "" : /[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);

function tableOf(rows: readonly Row[], columns: readonly (keyof Row | "extra")[]): string {
  return [columns.join(","), ...rows.map((row) => columns.map((name) => cell(name === "extra" ? "x" : row[name])).join(","))].join("\n");
}

describe("a table with categories and gaps", () => {
  const rows = rowsOf(120);
  let run: string;

  beforeAll(async () => {
    await writeFile(inFolder("things.csv"), tableOf(rows, ["size", "colour", "weight", "label"]));
    run = await train("things", {
      data: { source: { type: "csv", path: inFolder("things.csv"), target: "label" }, encoding: { indicator: true } },
      model: { layers: [{ type: "dense", units: 8 }, { type: "tanh" }, { type: "dense", units: 3 }] },
      loss: { type: "softmaxCrossEntropy" },
      optimizer: { type: "adam", lr: 0.05 },
      averaging: { type: "ema", decay: 0.9 },
      batch: { size: 16 },
      budget: { epochs: 8 },
    });
  }, 60_000);

  /** In float64, from the file's cells and the checkpoint's averages alone. */
  async function oracle(): Promise<(row: Row) => readonly number[]> {
    const runFolder = path.join(home, "runs", run);
    const train = (await readSplit(path.join(runFolder, "split.npz")))?.train ?? new Uint32Array();
    const known = Array.from(train, (index) => at(rows, index));
    const sizes = known.flatMap(({ size }) => (size === null ? [] : [size])).sort((a, b) => a - b);
    const median = (at(sizes, (sizes.length - 1) >> 1) + at(sizes, sizes.length >> 1)) / 2;
    const standard = (values: readonly number[]) => {
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
      return (value: number) => (value - mean) / deviation;
    };
    const size = standard(known.map((row) => row.size ?? median));
    const weight = standard(known.map((row) => row.weight));
    const checkpoint = (await readdir(runFolder)).find((name) => name.startsWith("best")) ?? "";
    const { tensors } = await readSafetensors(path.join(runFolder, checkpoint));
    const dense = (name: string, x: readonly number[]) => {
      const kernel = tensors.get(`${name}/weight/average`);
      const bias = tensors.get(`${name}/bias/average`);
      if (kernel === undefined || bias === undefined) throw new Error(`no ${name}`);
      const [inputs = 0, outputs = 0] = kernel.shape;
      return Array.from({ length: outputs }, (_, o) =>
        Array.from({ length: inputs }, (_, i) => at(x, i) * at(kernel.data, i * outputs + o)).reduce((a, b) => a + b, at(bias.data, o)),
      );
    };
    return (row) => {
      const colours = [
        ...COLOURS.map((name) => (row.colour === name ? 1 : 0)),
        row.colour === "" || !(COLOURS as readonly string[]).includes(row.colour) ? 1 : 0,
      ];
      const x = [size(row.size ?? median), weight(row.weight), row.size === null ? 1 : 0, ...colours];
      const logits = dense("dense2", dense("dense1", x).map(Math.tanh));
      const all = logits.reduce((sum, value) => sum + Math.exp(value), 0);
      return logits.map((value) => Math.exp(value) / all);
    };
  }

  const probabilities = (row: Readonly<Record<string, string>>) => ["=plain", "line\nbreak", 'one, "two"'].map((name) => Number(row[`probability ${name}`]));

  function expectNear(found: readonly number[], wanted: readonly number[]): void {
    for (const [i, value] of wanted.entries()) expect(Math.abs(at(found, i) - value)).toBeLessThan(2e-6);
  }

  it("gives class and probabilities of the test part, which evaluate confirms", { timeout: 60_000 }, async () => {
    const lines = await predicted(run);
    const probability = await oracle();
    const split = await readSplit(path.join(home, "runs", run, "split.npz"));
    expect(lines.map(({ sample }) => Number(sample))).toEqual([...(split?.test ?? [])]);
    let correct = 0;
    for (const line of lines) {
      const row = at(rows, Number(line.sample));
      expect(line.source).toBe(`line ${lineOf(rows, Number(line.sample))}`);
      expect(line.truth).toBe(row.label);
      expectNear(probabilities(line), probability(row));
      const best = ["=plain", "line\nbreak", 'one, "two"'][probabilities(line).indexOf(Math.max(...probabilities(line)))];
      expect(line.predicted).toBe(best);
      expect(line.correct).toBe(String(line.predicted === row.label));
      if (line.predicted === row.label) correct++;
    }
    const { lines: evaluation } = await here("evaluate", run, "--home", home, "--json");
    const metrics = evaluation[0]?.metrics as Readonly<Record<string, number>>;
    expect(correct / lines.length).toBeCloseTo(metrics["test.accuracy"] ?? -1, 6);
    const parts = [await predicted(run, "--split", "train"), await predicted(run, "--split", "validation")];
    expect(parts.map((part) => part.length)).toEqual([split?.train.length, split?.validation.length]);
  });

  it("takes columns by their names, with gaps, values never seen and no target, when the training data have gone", { timeout: 60_000 }, async () => {
    const others: readonly Row[] = [
      { size: null, colour: "violet", weight: 1.5, label: "" },
      { size: 120, colour: "", weight: -2, label: "" },
      { size: 104, colour: "blue", weight: 0.25, label: "" },
    ];
    const probability = await oracle();
    await writeFile(inFolder("new.csv"), tableOf(others, ["weight", "extra", "colour", "size"]));
    await rename(inFolder("things.csv"), inFolder("away.csv"));
    try {
      const { code, stdout, stderr } = await here("predict", run, "--split", inFolder("new.csv"), "--home", home);
      expect(code, stderr).toBe(0);
      const lines = parseCsv(stdout);
      for (const [i, line] of lines.entries()) {
        expect(line).toMatchObject({ sample: String(i), source: `line ${i + 2}`, truth: "", correct: "" });
        expectNear(probabilities(line), probability(at(others, i)));
      }
      expect(lines).toHaveLength(3);
      expect(stderr).toContain("column colour: 1 value (violet) that training never saw");
      expect(stderr).toContain("1 column (extra) that the network does not use, ignored");
      // Of its own part nothing is left.
      expect(await refused(run)).toMatchObject({ code: 2, stderr: expect.stringContaining("things.csv: data.source.path must name a file") });
    } finally {
      await rename(inFolder("away.csv"), inFolder("things.csv"));
    }
  });

  it("knows a truth that training never saw, and a gap where training had none", { timeout: 60_000 }, async () => {
    await writeFile(inFolder("odd.csv"), "label,weight,size,colour\nnever,,110,cyan\n=plain,1,110,cyan\n");
    const [gap, known] = await predicted(run, "--split", inFolder("odd.csv"));
    expect(gap).toMatchObject({ truth: "never", correct: "false" });
    expect(known).toMatchObject({ truth: "=plain", correct: String(known?.predicted === "=plain") });
    const probability = await oracle();
    const train = (await readSplit(path.join(home, "runs", run, "split.npz")))?.train ?? new Uint32Array();
    const mean = Array.from(train, (index) => at(rows, index).weight).reduce((a, b) => a + b, 0) / train.length;
    expectNear(probabilities(gap ?? {}), probability({ size: 110, colour: "cyan", weight: mean, label: "" }));
  });

  it("says which column is missing or of another kind", { timeout: 60_000 }, async () => {
    await writeFile(inFolder("missing.csv"), "size,colours,label\n1,blue,x\n");
    expect(await refused(run, "--split", inFolder("missing.csv"))).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /missing\.csv:1: must have the column "colour".*Is it the column "colours"\? Then rename it\.\n.*must have the column "weight".*Add the column/s,
      ),
    });
    await writeFile(inFolder("image.png"), "no table");
    const other = await refused(run, "--split", inFolder("image.png"));
    expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining("must be of the kind that the network was trained on: a table") });
    expect(await refused(run, "--split", inFolder("nowhere.csv"))).toMatchObject({ code: 2, stderr: expect.stringContaining("no such file") });
    await writeFile(inFolder("twice.csv"), "size,size,colour,weight\n1,1,blue,2\n");
    expect(await refused(run, "--split", inFolder("twice.csv"))).toMatchObject({ code: 2, stderr: expect.stringContaining("column names must differ") });
  });

  it("writes a whole file or none, and over another one only when told", { timeout: 60_000 }, async () => {
    const out = inFolder("out.csv");
    expect((await refused(run, "--out", out)).code).toBe(0);
    const written = await readFile(out, "utf8");
    expect(written).toBe((await here("predict", run, "--home", home)).stdout);
    expect(await refused(run, "--out", out)).toMatchObject({ code: 1, stderr: expect.stringContaining("--force") });
    expect((await refused(run, "--split", "train", "--out", out, "--force")).code).toBe(0);
    expect((await readFile(out, "utf8")).length).toBeGreaterThan(written.length);
    expect(await refused(run, "--out", inFolder("no/where.csv"))).toMatchObject({ code: 1, stderr: expect.stringContaining("Create the folder first") });
    expect(await refused(run, "--split", inFolder("nowhere.csv"), "--out", inFolder("none.csv"))).toMatchObject({ code: 2 });
    expect((await readdir(folder)).filter((name) => name.includes("none.csv") || name.endsWith(".tmp"))).toEqual([]);
  });

  it("names a damaged file of what was learned, and learns it again from the data", { timeout: 60_000 }, async () => {
    const file = path.join(home, "runs", run, "preprocessing.json");
    const [whole, before] = [await readFile(file, "utf8"), await predicted(run)];
    await writeFile(file, whole.replace("amber", "umber"));
    const { code, stdout, stderr } = await here("predict", run, "--home", home);
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining("preprocessing.json of the run is damaged") });
    expect(parseCsv(stdout)).toEqual(before);
    await rename(inFolder("things.csv"), inFolder("away.csv"));
    try {
      expect(await refused(run, "--split", inFolder("new.csv"))).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("preprocessing.json: must be unchanged since the run wrote it"),
      });
    } finally {
      await rename(inFolder("away.csv"), inFolder("things.csv"));
      await writeFile(file, whole);
    }
  });
});

/** The line of the file that a row begins in: labels hold line breaks. */
function lineOf(rows: readonly Row[], index: number): number {
  return rows.slice(0, index).reduce((line, { label }) => line + label.split("\n").length, 2);
}

it("gives a regression's values in the target's own units", { timeout: 60_000 }, async () => {
  const run = await train("diabetes", {
    data: { source: { type: "shipped", name: "diabetes" }, split: { stratified: false } },
    model: { layers: [{ type: "dense", units: 8 }, { type: "relu" }, { type: "dense", units: 1 }] },
    loss: { type: "meanSquaredError" },
    metrics: ["meanAbsoluteError", "r2"],
    optimizer: { type: "adam", lr: 0.01 },
    budget: { epochs: 5 },
  });
  const lines = await predicted(run);
  const file = parseCsv(await readFile(new URL("../../resources/datasets/diabetes/diabetes.csv", import.meta.url), "utf8"));
  const pairs = lines.map(({ sample, truth, predicted: value }) => {
    expect(truth).toBe(String(Number(file[Number(sample)]?.progression)));
    return [Number(truth), Number(value)] as const;
  });
  const { lines: evaluation } = await here("evaluate", run, "--home", home, "--json");
  const metrics = evaluation[0]?.metrics as Readonly<Record<string, number>>;
  const error = pairs.reduce((sum, [truth, value]) => sum + Math.abs(truth - value), 0) / pairs.length;
  expect(error).toBeCloseTo(metrics["test.meanAbsoluteError"] ?? -1, 3);
  const { lines: events } = await here("predict", run, "--home", home, "--json");
  expect(events[0]).toMatchObject({ type: "begin", run, total: pairs.length, output: { kind: "values", names: ["progression"] } });
  expect(events.at(-1)).toMatchObject({ type: "end", summary: { predicted: pairs.length, known: pairs.length, correct: null } });
});

describe("images", () => {
  let run: string;
  const image = async (name: string, side: number, level: number) => {
    const pixels = Buffer.alloc(4 * side * side, 255);
    for (let i = 0; i < side * side; i++) pixels.fill(level, 4 * i, 4 * i + 3);
    await mkdir(path.dirname(inFolder(name)), { recursive: true });
    await writeFile(inFolder(name), await Transformer.fromRgbaPixels(pixels, side, side).png());
  };

  beforeAll(async () => {
    for (let i = 0; i < 20; i++)
      for (const [name, level] of [
        ["dark", 20],
        ["light", 230],
      ] as const)
        await image(`train/${name}/${i}.png`, 6, level + (i % 10) - 5);
    run = await train("shades", {
      data: { source: { type: "images", path: inFolder("train") } },
      model: { layers: [{ type: "flatten" }, { type: "dense", units: 1 }] },
      loss: { type: "binaryCrossEntropy" },
      optimizer: { type: "adam", lr: 0.05 },
      batch: { size: 8 },
      budget: { epochs: 15 },
    });
  }, 60_000);

  it("of another size, in class folders and outside, with what is no image left out", { timeout: 60_000 }, async () => {
    await image("more/dark/a.png", 13, 25);
    await image("more/light/b.png", 3, 225);
    await image("more/grey/c.png", 6, 60);
    await writeFile(inFolder("more/dark/broken.png"), "not an image");
    const { code, stdout, stderr } = await here("predict", run, "--split", inFolder("more"), "--home", home);
    expect(code, stderr).toBe(0);
    const lines = parseCsv(stdout);
    expect(lines).toMatchObject([
      { source: "dark/a.png", truth: "dark", predicted: "dark", correct: "true" },
      { source: "grey/c.png", truth: "grey", correct: "false" },
      { source: "light/b.png", truth: "light", predicted: "light", correct: "true" },
    ]);
    for (const line of lines) expect(Number(line["probability dark"]) + Number(line["probability light"])).toBeCloseTo(1, 5);
    expect(stderr).toMatch(/1 file \(dark\/broken\.png .*\) left out/);
    expect(stderr).toContain("1 class folder (grey) that training never saw");
    await rename(inFolder("more/light/b.png"), inFolder("lone.png"));
    const [lone, ...others] = await predicted(run, "--split", inFolder("lone.png"));
    expect(others).toEqual([]);
    expect(lone).toMatchObject({ source: "lone.png", truth: "", predicted: "light", "probability light": lines[2]?.["probability light"] });
  });

  it("is interrupted by Ctrl-C with nothing left behind", { timeout: 60_000 }, async () => {
    for (let i = 0; i < 300; i++) await image(`many/${i}.png`, 400, 25);
    const { child, finished } = startDescent(["predict", run, "--split", inFolder("many"), "--out", inFolder("many.csv"), "--home", home]);
    await expect.poll(async () => (await readdir(folder)).some((name) => name.startsWith("many.csv")), { timeout: 30_000 }).toBe(true);
    child.kill("SIGINT");
    expect((await finished).code).toBe(130);
    expect((await readdir(folder)).filter((name) => name.startsWith("many.csv"))).toEqual([]);
  });
});
