/**
 * `descent export --onnx`: the file by itself, in a plain session of the runtime, says what `descent predict` says, for every kind of samples: with
 * averaged weights, normalizations, noise that must be gone, categories and gaps, targets in their own units.
 */
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fromBinary } from "@bufbuild/protobuf";
import { ModelProtoSchema } from "onnx-buf";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { npz } from "../../src/main/data/npz.ts";
import { openDataset } from "../../src/main/data/sources.ts";
import { InferenceSession, Tensor } from "../../src/main/engine/onnxruntime.ts";
import { dataTensor } from "../../src/main/engine/session.ts";
import { generatorDefinition } from "../../src/shared/catalog/generators/index.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { sourceSchema } from "../../src/shared/recipe/sources.ts";
import { parseCsv } from "../helpers/csv.ts";
import { here } from "./inProcess.ts";

let folder: string;
let home: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "descent-export-"));
  home = path.join(folder, "home");
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const inFolder = (name: string) => path.join(folder, name);

interface Exported {
  readonly run: string;
  readonly session: InferenceSession;
  readonly metadata: Readonly<Record<string, string>>;
  readonly predictions: readonly Readonly<Record<string, string>>[];
}

/** Trains, exports and predicts the test part. */
async function exported(name: string, recipe: object): Promise<Exported> {
  const file = inFolder(`${name}.json`);
  await writeFile(file, JSON.stringify({ name, ...recipe }));
  const trained = await here("train", file, "--home", home, "--json");
  expect(trained.code, trained.stderr).toBe(0);
  const run = String(trained.lines.find(({ type }) => type === "started")?.run);
  const onnx = inFolder(`${name}.onnx`);
  const written = await here("export", run, "--onnx", onnx, "--home", home, "--json");
  expect(written.code, written.stderr).toBe(0);
  expect(written.lines[0]).toMatchObject({ type: "exported", run, file: onnx, checked: { from: "test" } });
  const bytes = await readFile(onnx);
  const model = fromBinary(ModelProtoSchema, bytes);
  // Nothing but standard operators, and the batch is open everywhere.
  expect(model.opsetImport.map(({ domain, version }) => [domain, version])).toEqual([["", 21n]]);
  expect(new Set(model.graph?.node.map(({ domain }) => domain))).toEqual(new Set([""]));
  for (const { name: port, type } of [...(model.graph?.input ?? []), ...(model.graph?.output ?? [])]) {
    const first = type?.value.case === "tensorType" ? type.value.value.shape?.dim[0]?.value : undefined;
    expect(first, port).toEqual({ case: "dimParam", value: "batch" });
  }
  const predicted = await here("predict", run, "--home", home);
  expect(predicted.code, predicted.stderr).toBe(0);
  return {
    run,
    session: await InferenceSession.create(bytes, { logSeverityLevel: 3 }),
    metadata: Object.fromEntries(model.metadataProps.map(({ key, value }) => [key, value])),
    predictions: parseCsv(predicted.stdout),
  };
}

function numbersOf({ data }: Tensor): readonly number[] {
  return data instanceof Float32Array || data instanceof BigInt64Array ? Array.from(data, Number) : [];
}

type Feeds = (samples: readonly number[]) => Promise<Readonly<Record<string, Tensor>>>;

/** Holds the file against the CSV: one sample alone, several, and all together. */
async function expectAgreement({ session, predictions, metadata }: Exported, output: string, columns: readonly string[], feeds: Feeds): Promise<void> {
  expect(predictions.length).toBeGreaterThan(4);
  for (const lines of [predictions.slice(0, 1), predictions.slice(1, 5), predictions]) {
    const outputs = await session.run(await feeds(lines.map(({ sample }) => Number(sample))));
    const numbers = outputs[output];
    if (!(numbers instanceof Tensor)) throw new Error(`no ${output}`);
    expect(numbers.dims).toEqual([lines.length, columns.length]);
    const values = numbersOf(numbers);
    for (const [row, line] of lines.entries())
      for (const [i, column] of columns.entries()) {
        const wanted = Number(line[column]);
        expect(Math.abs(at(values, row * columns.length + i) - wanted) / Math.max(1, Math.abs(wanted))).toBeLessThan(5e-6);
      }
    if (output === "values") continue;
    const classes: readonly string[] = JSON.parse(metadata.classes ?? "");
    const named = outputs.class;
    if (!(named instanceof Tensor)) throw new Error("no class");
    expect(numbersOf(named).map((number) => classes[number])).toEqual(lines.map(({ predicted }) => predicted));
  }
}

/** Samples of a source as they are. */
async function samplesOf(source: object): Promise<Feeds> {
  const dataset = await openDataset(sourceSchema.parse(source));
  return async (samples) => ({
    samples: dataTensor((await dataset.fetch(Uint32Array.from(samples))).samples, [samples.length, ...dataset.sampleShape]),
  });
}

const few = { optimizer: { type: "adam", lr: 0.01 }, batch: { size: 16 }, budget: { epochs: 2 } };

describe("descent export --onnx", () => {
  it("images as bytes: normalizations by running statistics, averaged weights, nothing drawn", { timeout: 120_000 }, async () => {
    const length = 96;
    const x = Uint8Array.from({ length: length * 36 }, (_, i) => (Math.floor(i / 36) % 3) * 60 + ((i * 31) % 64));
    const arrays = new Map([
      ["x", { shape: [length, 6, 6], data: x }],
      ["y", { shape: [length], data: Int32Array.from({ length }, (_, i) => i % 3) }],
    ]);
    await writeFile(inFolder("images.npz"), npz(arrays));
    const source = { type: "npy", samples: inFolder("images.npz"), classes: ["night", "dusk", "day, bright"] };
    const made = await exported("images", {
      data: { source },
      model: {
        layers: [
          { type: "conv2d", filters: 4, padding: "same" },
          { type: "batchNorm" },
          { type: "relu" },
          {
            type: "residual",
            layers: [
              { type: "conv2d", filters: 4, padding: "same" },
              { type: "groupNorm", groups: 2 },
            ],
            stochasticDepth: 0.2,
          },
          { type: "squeezeExcite", ratio: 2 },
          { type: "gaussianNoise" },
          { type: "flatten" },
          { type: "dropout" },
          { type: "dense", units: 3 },
        ],
      },
      loss: { type: "softmaxCrossEntropy" },
      averaging: { type: "ema", decay: 0.9 },
      regularization: { inputNoise: 0.1 },
      ...few,
    });
    await expectAgreement(
      made,
      "probabilities",
      ["night", "dusk", "day, bright"].map((name) => `probability ${name}`),
      await samplesOf(source),
    );
    // Where the data lay on this machine is not told.
    expect(made.metadata.recipe).not.toContain(folder);
    expect(JSON.parse(made.metadata.recipe ?? "")).toMatchObject({ data: { source: { samples: "images.npz" } }, averaging: { type: "ema" } });
    expect(JSON.parse(made.metadata.weights ?? "")).toMatchObject({ averaged: true });
    expect(JSON.parse(made.metadata.inputs ?? "")).toMatchObject([{ name: "samples", type: "uint8", shape: ["batch", 1, 6, 6] }]);
  });

  it.each([
    ["oneHot", { indicator: true, maxCategories: 4 }],
    ["ordinal", { categories: "ordinal" }],
  ])("a table with categories and gaps, a column an input (%s)", { timeout: 120_000 }, async (name, encoding) => {
    const towns = ["Aachen", "Bonn", "Celle", "Dresden", "Essen", "Fulda"];
    const rows = Array.from({ length: 120 }, (_, i) => ({
      size: i % 7 === 0 ? "" : String(((i * 13) % 40) + 100),
      town: i % 11 === 0 ? "" : at(towns, (i * i) % 6),
      "odd, name": i % 2 === 0 ? "yes" : "no",
      label: at(["low", "mid", "high"], i % 3),
    }));
    const file = inFolder(`${name}.csv`);
    const cell = (text: string) => (text.includes(",") ? `"${text}"` : text);
    await writeFile(file, [Object.keys(at(rows, 0)).map(cell).join(","), ...rows.map((row) => Object.values(row).map(cell).join(","))].join("\n"));
    const made = await exported(name, {
      data: { source: { type: "csv", path: file, target: "label" }, encoding },
      model: { layers: [{ type: "dense", units: 6 }, { type: "tanh" }, { type: "dense", units: 3 }] },
      loss: { type: "focal" },
      ...few,
    });
    const column = (samples: readonly number[], key: keyof (typeof rows)[number]) => samples.map((sample) => at(rows, sample)[key]);
    const feeds: Feeds = async (samples) => ({
      size: new Tensor(
        "float32",
        Float32Array.from(column(samples, "size"), (text) => (text === "" ? Number.NaN : Number(text))),
        [samples.length, 1],
      ),
      town: new Tensor("string", column(samples, "town"), [samples.length, 1]),
      "odd, name": new Tensor("string", column(samples, "odd, name"), [samples.length, 1]),
    });
    expect([...made.session.inputNames].sort()).toEqual(["odd, name", "size", "town"]);
    await expectAgreement(
      made,
      "probabilities",
      ["high", "low", "mid"].map((each) => `probability ${each}`),
      feeds,
    );
    // A town that training never saw, as in a file.
    await writeFile(inFolder("unseen.csv"), 'town,size,"odd, name"\nZwickau,110,no\n');
    const [line] = parseCsv((await here("predict", made.run, "--split", inFolder("unseen.csv"), "--home", home)).stdout);
    const outputs = await made.session.run({
      size: new Tensor("float32", Float32Array.of(110), [1, 1]),
      town: new Tensor("string", ["Zwickau"], [1, 1]),
      "odd, name": new Tensor("string", ["no"], [1, 1]),
    });
    expect(Number(outputs.probabilities?.data[0])).toBeCloseTo(Number(line?.["probability high"]), 5);
  });

  it("signals, each class by itself, and volumes, scored", { timeout: 120_000 }, async () => {
    const waves = { type: "synthetic", generator: { type: "waveforms", samples: 60 } };
    const signals = await exported("signals", {
      data: { source: waves },
      model: {
        layers: [
          { type: "conv1d", filters: 4, kernel: 5, stride: 4 },
          { type: "layerNorm" },
          { type: "silu" },
          { type: "globalAvgPool1d" },
          { type: "dense", units: classesOf(waves).length },
        ],
      },
      loss: { type: "binaryCrossEntropy" },
      ...few,
    });
    await expectAgreement(
      signals,
      "probabilities",
      classesOf(waves).map((name) => `probability ${name}`),
      await samplesOf(waves),
    );
    const solids = { type: "synthetic", generator: { type: "solids", samples: 60 } };
    const volumes = await exported("volumes", {
      data: { source: solids },
      model: {
        layers: [{ type: "conv3d", filters: 3, stride: 2 }, { type: "elu" }, { type: "globalMaxPool3d" }, { type: "dense", units: classesOf(solids).length }],
      },
      loss: { type: "hinge" },
      ...few,
    });
    await expectAgreement(
      volumes,
      "scores",
      classesOf(solids).map((name) => `score ${name}`),
      await samplesOf(solids),
    );
  });

  it("a regression in its own units; also when the data have gone, on drawn samples; and never over another file unasked", { timeout: 120_000 }, async () => {
    const rows = Array.from({ length: 80 }, (_, i) => [i % 9, (i * 7) % 13, 1000 + 30 * (i % 9) - 12 * ((i * 7) % 13)]);
    await writeFile(inFolder("prices.csv"), ["rooms,age,price", ...rows.map((row) => row.join(","))].join("\n"));
    const made = await exported("prices", {
      data: { source: { type: "csv", path: inFolder("prices.csv"), target: "price", task: "regression" }, split: { stratified: false } },
      model: { layers: [{ type: "dense", units: 8 }, { type: "relu" }, { type: "dense", units: 1 }] },
      loss: { type: "meanSquaredError" },
      metrics: ["r2"],
      ...few,
    });
    const feeds: Feeds = async (samples) => ({
      samples: new Tensor("float32", Float32Array.from(samples.flatMap((sample) => at(rows, sample).slice(0, 2))), [samples.length, 2]),
    });
    await expectAgreement(made, "values", ["predicted"], feeds);
    expect(JSON.parse(made.metadata.inputs ?? "")).toMatchObject([{ columns: ["rooms", "age"] }]);
    const refused = await here("export", made.run, "--onnx", inFolder("prices.onnx"), "--home", home);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("--force") });
    await rename(inFolder("prices.csv"), inFolder("gone.csv"));
    const again = await here("export", made.run, "--onnx", inFolder("prices.onnx"), "--force", "--home", home);
    expect({ code: again.code, stderr: again.stderr }).toMatchObject({ code: 0 });
    expect(again.stdout).toContain("samples drawn at random, because the data could not be opened");
    const nowhere = await here("export", made.run, "--onnx", inFolder("no/where.onnx"), "--home", home);
    expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringContaining("Create the folder first") });
    expect((await readdir(folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});

function classesOf({ generator }: { readonly generator: { readonly type: string; readonly samples: number } }): readonly string[] {
  const source = sourceSchema.parse({ type: "synthetic", generator });
  if (source.type !== "synthetic") throw new Error("no generator");
  const { target } = generatorDefinition(source.generator).facts(source.generator);
  if (target.kind !== "classification") throw new Error("no classes");
  return target.classes;
}
