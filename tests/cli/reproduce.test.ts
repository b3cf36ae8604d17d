/**
 * `descent reproduce`: the folder that it writes trains in plain PyTorch and follows what Descent recorded, for every kind of network and optimizer
 * that the acceptance names. Needs a Python with torch; says so where there is none.
 */
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { presets } from "../../src/shared/catalog/presets/index.ts";
import type { PresetDefinition } from "../../src/shared/catalog/presets/preset.ts";
import { python, Scripts } from "../helpers/torch.ts";
import { here } from "./inProcess.ts";

if (python === null)
  console.warn("SKIPPED: descent reproduce is not run in PyTorch, because no python3 here has torch and numpy (Debian: apt-get install python3-torch).");

/**
 * What differs by a rounding in one step differs by more in the next: training is chaotic, the sooner the larger its steps. Learning rates here are such
 * that 200 steps stay together; that the first ten agree to seven digits shows that the computation is the same.
 */
const STEPS = 200;
const TOLERANCE = 1e-3;

const digits = fileURLToPath(new URL("../../resources/datasets/digits/digits.csv", import.meta.url));
const digitsAs = (...sampleShape: readonly number[]) => ({ type: "csv", path: digits, target: "digit", sampleShape });
const preset = (of: PresetDefinition, shape: readonly number[]) => of.layers(shape, 10);

/** 1,257 training samples in batches of 32: 40 steps an epoch. */
const small = { batch: { size: 32 }, budget: { epochs: 5 } };
const recipes: Readonly<Record<string, object>> = {
  "an MLP with Adam": {
    data: { source: digitsAs(64) },
    model: { layers: preset(presets.mlp, [64]) },
    optimizer: { type: "adam", lr: 0.002 },
    device: { threads: 2 },
    ...small,
  },
  "LeNet-5 with Nesterov": {
    data: { source: { type: "synthetic", generator: { type: "shapes", samples: 1797, size: 28 } } },
    model: { layers: presets.lenet5.layers([1, 28, 28], 4) },
    optimizer: { type: "nesterov", lr: 0.02 },
    ...small,
  },
  "ResNet-8 with batch norm and weight decay": {
    data: { source: digitsAs(1, 8, 8) },
    model: { layers: preset(presets.resnet8, [1, 8, 8]) },
    optimizer: { type: "momentum", lr: 0.0003 },
    regularization: { l2: 1e-3 },
    schedule: { type: "cosine" },
    warmup: { epochs: 1 },
    batch: { size: 64 },
    budget: { epochs: 10 },
  },
  "a 1-D CNN with RMSprop": {
    data: { source: digitsAs(1, 64) },
    model: { layers: preset(presets.cnn1d, [1, 64]) },
    optimizer: { type: "rmsprop", lr: 0.0001 },
    ...small,
  },
  "a 3-D CNN with Adagrad": {
    data: { source: digitsAs(1, 4, 4, 4) },
    model: { layers: preset(presets.cnn3d, [1, 4, 4, 4]) },
    // A gradient that is zero but for rounding would move as far as any: epsilon is above it.
    optimizer: { type: "adagrad", lr: 0.001, epsilon: 1e-3 },
    ...small,
  },
  "accumulation without the last batch, clipping, mixing, smoothing, max-norm and a frozen layer": {
    data: { source: digitsAs(1, 8, 8) },
    model: {
      layers: [
        { type: "conv2d", filters: 8, padding: "same" },
        { type: "relu" },
        { type: "flatten" },
        { type: "dense", units: 32 },
        { type: "tanh" },
        { type: "dense", units: 10 },
      ],
    },
    loss: { type: "softmaxCrossEntropy", labelSmoothing: 0.1, classWeights: "balanced" },
    optimizer: { type: "adamW", lr: 0.002, weightDecay: 0.05 },
    parameterGroups: [{ match: "conv2d1/*", lrScale: 0 }],
    gradient: { clipNorm: 0.5, clipValue: 0.2 },
    regularization: { mixup: 0.4, cutmix: 1, l1: 1e-5, weightDecay: 0.01, maxNorm: 2 },
    batch: { size: 16, accumulate: 2, dropLast: true },
    budget: { epochs: 6 },
  },
  "batch normalization of accumulated batches": {
    data: { source: digitsAs(64) },
    model: { layers: [{ type: "dense", units: 16, bias: false }, { type: "batchNorm" }, { type: "tanh" }, { type: "dense", units: 10 }] },
    optimizer: { type: "momentum", lr: 0.01 },
    // 1,257 samples: the last of 20 steps is two batches of 21 and one of 18.
    batch: { size: 21, accumulate: 3 },
    budget: { epochs: 10 },
  },
  "batch normalization of everything at once, in portions": {
    data: { source: digitsAs(64) },
    model: { layers: [{ type: "dense", units: 8, bias: false }, { type: "batchNorm", momentum: 0.3 }, { type: "tanh" }, { type: "dense", units: 10 }] },
    optimizer: { type: "momentum", lr: 0.02 },
    batch: { size: "full" },
    budget: { epochs: STEPS },
  },
  "a regression whose targets are standardized, mixed": {
    data: { source: { type: "shipped", name: "diabetes" }, split: { stratified: false } },
    model: { layers: [{ type: "dense", units: 16 }, { type: "tanh" }, { type: "dense", units: 1 }] },
    loss: { type: "huber", delta: 0.7 },
    metrics: ["r2"],
    optimizer: { type: "momentum", lr: 0.01 },
    regularization: { mixup: 0.3 },
    batch: { size: 16 },
    budget: { epochs: 10 },
  },
  "sharpness-aware steps with every penalty, beside a frozen group": {
    data: { source: digitsAs(1, 8, 8) },
    model: {
      layers: [
        { type: "conv2d", filters: 8, padding: "same", bias: false },
        { type: "batchNorm" },
        { type: "relu" },
        { type: "globalAvgPool2d" },
        { type: "dense", units: 16 },
        { type: "tanh" },
        { type: "dense", units: 10 },
      ],
    },
    optimizer: { type: "sam", lr: 0.02, rho: 0.1 },
    parameterGroups: [
      { match: "dense1/*", lrScale: 0 },
      { match: "conv2d1/*", lrScale: 0.5 },
    ],
    gradient: { clipNorm: 0.3 },
    regularization: { l1: 1e-3, l2: 1e-2, weightDecay: 0.1, maxNorm: 1, decayBiases: true },
    averaging: { type: "ema", decay: 0.9 },
    ...small,
  },
  "groups, transposed kernels and normalizations by Muon under max-norm": {
    data: { source: digitsAs(1, 8, 8) },
    model: {
      layers: [
        { type: "conv2d", filters: 8, padding: "same", init: { weight: { type: "truncatedNormal" }, bias: { type: "constant", value: 0.05 } } },
        { type: "layerNorm" },
        { type: "relu" },
        { type: "conv2d", filters: 8, groups: 8, stride: 2, padding: 1 },
        { type: "convTranspose2d", filters: 4, kernel: 2, groups: 2 },
        { type: "squeezeExcite", ratio: 2 },
        { type: "relu" },
        { type: "flatten" },
        { type: "dense", units: 10, init: { weight: { type: "zeros" } } },
      ],
    },
    optimizer: { type: "muon", lr: 0.002 },
    regularization: { maxNorm: 0.4, l2: 1e-3 },
    ...small,
  },
  "everything that draws": {
    data: { source: digitsAs(1, 8, 8) },
    model: {
      layers: [
        { type: "conv2d", filters: 8, padding: "same" },
        { type: "spatialDropout", rate: 0.2 },
        {
          type: "residual",
          layers: [
            { type: "conv2d", filters: 8, padding: "same" },
            { type: "dropout", rate: 0.1 },
          ],
          stochasticDepth: 0.2,
        },
        { type: "gaussianNoise", deviation: 0.1 },
        { type: "relu" },
        { type: "flatten" },
        { type: "dropout", rate: 0.3 },
        { type: "dense", units: 10 },
      ],
    },
    optimizer: { type: "momentum", lr: 0.01 },
    regularization: { inputNoise: 0.1, labelNoise: 0.1, weightNoise: 0.01 },
    batch: { size: 16, accumulate: 2 },
    averaging: { type: "swa", startEpoch: 2 },
    budget: { epochs: 5 },
  },
};

/** Everything that is written. */
const FILES = ["data.npz", "initial.safetensors", "recipe.json", "recorded.json", "recorded.safetensors", "train.py"];

let home: string;
let scripts: Scripts | null = null;
beforeAll(async () => {
  if (python !== null) scripts = new Scripts();
  home = await mkdtemp(path.join(tmpdir(), "descent-reproduce-"));
});
afterAll(async () => {
  scripts?.close();
  await rm(home, { recursive: true, force: true });
});

function layersOf(recipe: object): unknown {
  return "model" in recipe ? recipe.model : null;
}

async function trained(name: string, recipe: object): Promise<string> {
  const file = path.join(home, `${name.replaceAll(/[^a-z0-9]+/gi, "-")}.json`);
  await writeFile(file, JSON.stringify({ seed: 3, loss: { type: "softmaxCrossEntropy" }, device: { threads: 1 }, ...recipe }));
  const { code, stderr, lines } = await here("train", file, "--home", home, "--json");
  expect(code, stderr).toBe(0);
  return String(lines.find((line) => line.type === "started")?.run);
}

describe.skipIf(python === null)("a reproduction, run in PyTorch", () => {
  it.each(Object.entries(recipes))("follows %s", { timeout: 600_000 }, async (name, recipe) => {
    const run = await trained(name, recipe);
    const folder = path.join(home, `out-${run}`);
    const written = await here("reproduce", run, "--out", folder, "--steps", String(STEPS), "--home", home);
    expect(written.code, written.stderr).toBe(0);
    // The newest checkpoint and the weights that were tested lie behind the steps that are written of a longer run.
    const whole = !name.includes("without the last batch");
    expect((await readdir(folder)).sort()).toEqual(FILES.filter((file) => whole || file !== "recorded.safetensors"));
    const recorded: { readonly loss: readonly number[]; readonly measured: readonly object[] } = JSON.parse(
      await readFile(path.join(folder, "recorded.json"), "utf8"),
    );
    expect(recorded.loss.length).toBe(STEPS);
    expect(recorded.loss[0]).not.toBe(recorded.loss.at(-1));

    const result = await scripts?.run(path.join(folder, "train.py"), "--threads", "1", "--tolerance", String(TOLERANCE));
    if (result === undefined) throw new Error("no Python");
    expect(result.status, `${result.stdout}\n${result.stderr}`).toBe(0);
    expect(result.stdout).toContain("over 200 steps");
    const figures = new Map([...result.stdout.matchAll(/^ {2}(\w[^:]*): ([\d.e+-]+) \(/gm)].map(([, title, value]) => [title, Number(value)] as const));
    const metric = "metrics" in recipe ? "r2" : "accuracy";
    const measured = ["training loss", "validation loss", `validation ${metric}`, "trainEval loss", `trainEval ${metric}`];
    const atTheEnd = [
      "weights",
      ...(JSON.stringify(layersOf(recipe)).includes("batchNorm") ? ["running statistics"] : []),
      ...("averaging" in recipe ? ["averages"] : []),
    ].map((kind) => `${kind} after step ${STEPS}`);
    expect([...figures.keys()].sort(), result.stdout).toEqual([...measured, ...(whole ? ["test loss", `test ${metric}`, ...atTheEnd] : [])].sort());
    for (const title of ["training loss", "validation loss", "test loss"].filter((each) => figures.has(each))) {
      expect(figures.get(title), result.stdout).toBeGreaterThan(0);
      expect(figures.get(title), result.stdout).toBeLessThan(TOLERANCE);
    }
    for (const title of [...figures.keys()].filter((each) => each?.includes("after step")))
      expect(figures.get(title), `${title}\n${result.stdout}`).toBeLessThan(0.02);
  });
});

describe("descent reproduce", () => {
  it("writes over nothing, and names a run that is not there", { timeout: 240_000 }, async () => {
    const run = await trained("iris", {
      data: { source: { type: "shipped", name: "iris" } },
      model: { layers: [{ type: "dense", units: 8 }, { type: "relu" }, { type: "dropout" }, { type: "dense", units: 3 }] },
      optimizer: { type: "sgd" },
      budget: { epochs: 2 },
    });
    const folder = path.join(home, "iris-out");
    const written = await here("reproduce", run, "--out", folder, "--home", home);
    expect(written.code, written.stderr).toBe(0);
    const again = await here("reproduce", run, "--out", folder, "--home", home);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain("must be empty or not exist; received a folder with 6 entries. Choose another folder, or empty this one.");
    if (python !== null) {
      const start = () => spawnSync(python ?? "", [path.join(folder, "train.py"), "--threads", "1"], { encoding: "utf8" });
      const unchanged = start();
      expect(unchanged.status, unchanged.stderr).toBe(0);
      const data = path.join(folder, "data.npz");
      const bytes = await readFile(data);
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      await writeFile(data, bytes);
      const changed = start();
      expect(changed.status).toBe(1);
      expect(changed.stderr).toMatch(/data\.npz: must be the file that was written with this script \(SHA-256 .*\); received other bytes/);
      await rm(data);
      expect(start().stderr).toContain("data.npz: must be the file that was written with this script; received No such file or directory.");
    }
    const none = await here("reproduce", "nothing", "--out", path.join(home, "x"), "--home", home);
    expect(none.code).not.toBe(0);
  });
});
