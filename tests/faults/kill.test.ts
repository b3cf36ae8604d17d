/**
 * Killed at any moment, nothing is lost: a run whose processes are ended by SIGKILL ten times over, and resumed each time, ends with
 * the metrics and the weights of an undisturbed run, bit for bit, and its history holds no gap and no duplicate.
 */
import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSafetensors } from "../../src/main/training/safetensors.ts";
import { RandomStream } from "../../src/shared/math/random.ts";
import type { RecipeInput } from "../../src/shared/recipe/recipe.ts";
import { descent, startDescent } from "../helpers/descent.ts";

const KILLS = 10;
/** Everything that draws numbers or carries a state of its own, and long enough that ten kills find it at work. */
const everything: RecipeInput = {
  name: "everything",
  seed: 5,
  data: { source: { type: "shipped", name: "digits" } },
  model: {
    layers: [
      { type: "conv2d", filters: 16, padding: "same", bias: false },
      { type: "batchNorm" },
      { type: "relu" },
      {
        type: "residual",
        layers: [{ type: "conv2d", filters: 16, padding: "same", bias: false }, { type: "batchNorm" }, { type: "gaussianNoise" }],
        stochasticDepth: 0.2,
      },
      { type: "relu" },
      { type: "globalAvgPool2d" },
      { type: "dropout", rate: 0.3 },
      { type: "dense", units: 10 },
    ],
  },
  loss: { type: "softmaxCrossEntropy", labelSmoothing: 0.1 },
  metrics: ["accuracy", "macroF1"],
  optimizer: { type: "nadam", lr: 0.003 },
  schedule: { type: "reduceOnPlateau", patience: 1 },
  warmup: { epochs: 1.5 },
  gradient: { clipNorm: 1 },
  batch: { size: 24, accumulate: 2 },
  augmentation: [{ type: "gaussianNoise", probability: 0.8 }, { type: "horizontalFlip" }],
  regularization: { l2: 1e-4, inputNoise: 0.05, weightNoise: 0.001, labelNoise: 0.02, mixup: 0.2, cutmix: 1 },
  averaging: { type: "ema", decay: 0.99 },
  earlyStopping: { type: "patience", patience: 100 },
  // A second thread waits for the first most of the time, and wants a core of its own to wait on.
  device: { threads: 1 },
  budget: { epochs: 30 },
};

let home: string;
let recipe: readonly string[];
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), "descent-kill-"));
  recipe = [path.join(home, "everything.json")];
  await writeFile(path.join(home, "everything.json"), JSON.stringify(everything));
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

/** Digest of the tensors of the newest `last` checkpoint. */
async function finalWeights(folder: string, run: string): Promise<string> {
  const files = (await readdir(path.join(folder, "runs", run))).filter((name) => name.startsWith("last-") && name.endsWith(".safetensors"));
  const newest = files.sort((a, b) => stepOf(b) - stepOf(a))[0];
  if (newest === undefined) throw new Error(`no checkpoint in ${files.join()}`);
  const { tensors } = await readSafetensors(path.join(folder, "runs", run, newest));
  const hash = createHash("sha256");
  for (const [name, { data }] of [...tensors].sort(([a], [b]) => a.localeCompare(b)))
    hash.update(name).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return hash.digest("hex");
}

const stepOf = (name: string) => Number(/-(\d+)\./.exec(name)?.[1]);

async function metricsOf(folder: string, run: string): Promise<string> {
  const { code, stdout } = await descent("metrics", run, "--csv", "--home", folder);
  expect(code).toBe(0);
  return stdout;
}

function runId(lines: readonly Record<string, unknown>[]): string {
  return String(lines.find((line) => line.type === "started")?.run);
}

describe("SIGKILL", () => {
  it(`${KILLS} times over, of the host or of the trainer, changes nothing`, { timeout: 240_000 }, async () => {
    const undisturbed = path.join(home, "undisturbed");
    const reference = await descent("train", ...recipe, "--home", undisturbed, "--json");
    expect(reference.code, reference.stderr).toBe(0);
    const referenceRun = runId(reference.lines);

    const disturbed = path.join(home, "disturbed");
    const random = new RandomStream(Date.now(), "kills");
    let run: string | undefined;
    let kills = 0;
    let finished = false;
    while (!finished) {
      const args = run === undefined ? ["train", ...recipe] : ["resume", run];
      const { child, finished: ended } = startDescent([...args, "--home", disturbed, "--json", "--checkpoint-every", "7"], { detached: true });
      const started = new Promise<void>((resolve) => child.stdout?.on("data", (text: string) => text.includes('"metric"') && resolve()));
      if (kills < KILLS) {
        await Promise.race([started, ended]);
        await wait(random.below(300, kills));
        // Odd kills take the host alone: its trainer must notice, leave a checkpoint and go.
        if (child.pid !== undefined && child.exitCode === null) {
          process.kill(kills % 2 === 0 ? -child.pid : child.pid, "SIGKILL");
          kills += 1;
        }
      }
      const result = await ended;
      run ??= runId(result.lines);
      if (result.code === 0) finished = true;
      else expect(result.signal ?? result.stderr).toBe("SIGKILL");
    }
    expect(kills).toBe(KILLS);
    expect(await metricsOf(disturbed, run ?? "")).toBe(await metricsOf(undisturbed, referenceRun));
    expect(await finalWeights(disturbed, run ?? "")).toBe(await finalWeights(undisturbed, referenceRun));

    const rows = (await metricsOf(disturbed, run ?? ""))
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));
    const losses = rows.filter((row) => row[2] === "train.loss").map((row) => Number(row[0]));
    expect(losses).toEqual(Array.from({ length: losses.length }, (_, i) => i + 1));
    expect(losses.length).toBeGreaterThan(50);
  });
});
