/**
 * What a run saw, held against what it recorded: at a learning rate that moves nothing, the loss of every step follows from the batch that the look
 * back shows and the initial weights. So the trainer's process, its threads and its order are tested, and not one function against itself.
 */
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createRouterClient } from "@orpc/server";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { drawMixing, mixes } from "../../src/main/engine/programs/mixing.ts";
import { createStudio } from "../../src/main/studio.ts";
import { prepare } from "../../src/main/training/prepare.ts";
import { batchOfStep } from "../../src/main/training/room/seen.ts";
import { forkTrainer } from "../../src/main/training/spawn.ts";
import { faultOf } from "../../src/shared/contract/faults.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { samplesPerPass } from "../../src/shared/recipe/batch.ts";
import { type Recipe, recipeSchema } from "../../src/shared/recipe/recipe.ts";

const CLASSES = 4;
const LENGTH = 16;

function waves(changes: object = {}, split: object = {}, samples = 90): Recipe {
  return recipeSchema.parse({
    seed: 11,
    data: { source: { type: "synthetic", generator: { type: "waveforms", samples, length: LENGTH } }, standardize: "none", split },
    augmentation: [{ type: "timeShift", share: 0.3, outside: "wrap" }, { type: "gain", probability: 0.5 }, { type: "signalNoise" }],
    model: { layers: [{ type: "flatten" }, { type: "dense", units: CLASSES }] },
    loss: { type: "softmaxCrossEntropy" },
    optimizer: { type: "sgd", lr: 1e-9 },
    batch: { size: 16 },
    budget: { epochs: 3 },
    ...changes,
  });
}

async function studioIn() {
  const home = mkdtempSync(path.join(os.tmpdir(), "descent-seen-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const studio = await createStudio({ home: path.join(home, "home"), host: "web", spawnTrainer: forkTrainer });
  onTestFinished(() => studio.close());
  return { home, client: createRouterClient(studio.router) };
}

/** The run's number and its recorded loss of every step. */
async function trained({ client }: Awaited<ReturnType<typeof studioIn>>, recipe: Recipe) {
  const { id } = await client.runs.start({ recipe });
  for await (const event of await client.runs.follow({ id })) if (event.type === "ended") expect(event.run.status).toBe("completed");
  const [series] = await client.runs.metrics({ id, names: ["train.loss"], maxPoints: 10_000 });
  return { id, losses: new Map(series?.points.map(({ step, value }) => [step, value])) };
}

const crossEntropy = (logits: readonly number[], label: number): number => {
  const most = Math.max(...logits);
  return most + Math.log(logits.reduce((sum, value) => sum + Math.exp(value - most), 0)) - at(logits, label);
};

/** The mean loss of the batch that is shown, under the initial weights. */
async function lossOfSeen(recipe: Recipe, step: number): Promise<number> {
  const { samples, batchSize } = await batchOfStep({ run: "any", folder: "none", recipe, step, count: 4000 });
  expect(samples.length).toBe(batchSize);
  const { layout, targets, split, dataset, close } = await prepare(recipe);
  await close();
  const [weight, bias] = ["weight", "bias"].map((name) => [...layout.initialNetwork(recipe.seed)].find(([address]) => address.endsWith(name))?.[1].data);
  expect(weight?.length).toBe(LENGTH * CLASSES);
  const logits = samples.map(({ seen }) => {
    const x = new Float32Array(Uint8Array.from(Buffer.from(seen.values, "base64")).buffer);
    return Array.from({ length: CLASSES }, (_, k) => x.reduce((sum, value, i) => sum + value * (weight?.[i * CLASSES + k] ?? Number.NaN), bias?.[k] ?? 0));
  });
  const labels = samples.map(({ original }) => at(targets, original.sample));
  const share = mixes(recipe.regularization) ? at(drawMixing(recipe.regularization, dataset.facts, recipe.seed, step - 1, 1), 0) : 1;
  const portion = samplesPerPass(recipe.batch, split.train.length);
  const losses = logits.map((own, i) => {
    const first = Math.floor(i / portion) * portion;
    const size = Math.min(portion, batchSize - first);
    return share * crossEntropy(own, at(labels, i)) + (1 - share) * crossEntropy(own, at(labels, first + ((i - first + 1) % size)));
  });
  return losses.reduce((sum, value) => sum + value, 0) / batchSize;
}

describe("the batch of a past step is what its recorded loss came from", () => {
  it.each([
    ["in batches, the last of an epoch smaller", waves(), [1, 2, 4, 5, 12]],
    ["accumulated, with noise and mixup", waves({ batch: { size: 8, accumulate: 3 }, regularization: { inputNoise: 0.1, mixup: 0.4 } }), [1, 3, 9]],
    ["without the batch that is not full", waves({ batch: { size: 8, accumulate: 3, dropLast: true } }), [3, 6, 9]],
    ["all at once, in portions", waves({ batch: { size: "full" }, regularization: { inputNoise: 0.1 } }, { validation: 0.1, test: 0.1 }, 1500), [1, 3]],
    ["from a bag", waves({}, { method: { type: "bootstrap" } }), [1, 7]],
    ["of a fold", waves({}, { method: { type: "kFold", folds: 3, fold: 2 } }), [1, 6]],
    ["mixed alone", waves({ augmentation: [], regularization: { cutmix: 1, mixup: 0.3 } }), [1, 2, 3, 6]],
  ])("%s", async (_, recipe, steps) => {
    const { losses } = await trained(await studioIn(), recipe);
    expect(new Set([...losses.values()].map((value) => value.toFixed(5))).size, "steps differ").toBeGreaterThan(Math.min(2, losses.size - 1));
    for (const step of steps) expect(Math.abs((await lossOfSeen(recipe, step)) - (losses.get(step) ?? Number.NaN)), `step ${step}`).toBeLessThan(1e-5);
  });
});

it("is refused where the data are not what the run was trained on", async () => {
  const stage = await studioIn();
  const file = path.join(stage.home, "rows.csv");
  const row = (i: number) => `${i / 10},${(i * 7) % 11},${i % 2 === 0 ? "red" : "blue"}\n`;
  writeFileSync(file, `length,width,colour\n${Array.from({ length: 60 }, (_, i) => row(i)).join("")}`);
  const recipe = recipeSchema.parse({
    data: { source: { type: "csv", path: file, target: "colour" } },
    augmentation: [{ type: "featureNoise" }],
    model: { layers: [{ type: "dense", units: 2 }] },
    loss: { type: "softmaxCrossEntropy" },
    optimizer: { type: "sgd" },
    batch: { size: 8 },
    budget: { epochs: 1 },
  });
  expect(await stage.client.augment.newest()).toBeNull();
  const { id } = await trained(stage, recipe);
  await trained(stage, { ...recipe, augmentation: [] });
  expect(await stage.client.augment.newest(), "the newest that changes its samples").toBe(id);
  expect((await stage.client.augment.seen({ id, step: 1 })).samples).not.toHaveLength(0);
  appendFileSync(file, row(60));
  // Whether a source has changed is not looked at every time.
  await vi.waitFor(
    async () => {
      const refusal = await stage.client.augment.seen({ id, step: 1 }).catch(faultOf);
      expect(refusal).toMatchObject({
        message: expect.stringMatching(/^data: must be as when the run began, split into .* the data has changed since\. Restore/),
      });
    },
    { timeout: 20_000, interval: 100 },
  );
});
