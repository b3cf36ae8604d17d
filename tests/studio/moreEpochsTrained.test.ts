/**
 * More epochs with real trainers: a completed run goes on bit for bit as one that had the epochs from the start, one that stopped early too, and a
 * schedule that depends on the length of the run takes the rates of the new length.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { prepareHome } from "../../src/main/home.ts";
import { createStudio, type Studio } from "../../src/main/studio.ts";
import { readSafetensors } from "../../src/main/training/safetensors.ts";
import { forkTrainer } from "../../src/main/training/spawn.ts";
import type { RecipeInput } from "../../src/shared/recipe/recipe.ts";
import { clientOf, irisRecipe, STEPS_PER_EPOCH } from "./harness.ts";

let studio: Studio;
let client: ReturnType<typeof clientOf>;
let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "descent-more-epochs-"));
  studio = await createStudio({ home, host: "web", spawnTrainer: forkTrainer, spawnRoom: forkTrainer });
  client = clientOf(studio);
});
afterAll(async () => {
  await studio.close();
  await rm(home, { recursive: true, force: true });
});

const completed = (id: string) => vi.waitFor(async () => expect((await client.runs.get({ id })).status).toBe("completed"), { timeout: 120_000, interval: 100 });

async function trained(recipe: Partial<RecipeInput>): Promise<string> {
  const { id } = await client.runs.start({ recipe: { ...irisRecipe, optimizer: { type: "adam", lr: 0.02 }, ...recipe } });
  await completed(id);
  return id;
}

async function given(id: string, epochs: number): Promise<void> {
  await client.runs.resume({ id, epochs });
  await completed(id);
}

/** Everything of a run that its recipe decides: every metric, the result, the weights at its end. */
async function outcomeOf(id: string) {
  const { test, best, step, epoch, totalSteps, recipe, recipeHash, checkpoints } = await client.runs.get({ id });
  const series = await client.runs.metrics({ id, maxPoints: 10_000 });
  for (const { total, points } of series) expect(points.length).toBe(total);
  const newest = checkpoints.filter(({ kind }) => kind === "last").sort((a, b) => b.step - a.step)[0];
  const { tensors } = await readSafetensors(path.join(prepareHome(home).runFolder(id), newest?.file ?? ""));
  return { test, best, step, epoch, totalSteps, recipe, recipeHash, series, weights: [...tensors].map(([name, { data }]) => [name, [...data]]) };
}

describe("a run that gets more epochs", () => {
  it("is the run that had them from the start", { timeout: 240_000 }, async () => {
    const recipe = { averaging: { type: "ema", decay: 0.9 }, schedule: { type: "multiStep" } } as const;
    const extended = await trained({ ...recipe, budget: { epochs: 3 } });
    const before = await outcomeOf(extended);
    await given(extended, 8);
    const after = await outcomeOf(extended);
    expect(after).toEqual(await outcomeOf(await trained({ ...recipe, budget: { epochs: 8 } })));
    expect(after.step).toBe(8 * STEPS_PER_EPOCH);
    expect(after.test).not.toEqual(before.test);
    // No gap, no duplicate, and what was there is as it was.
    for (const { name, points } of before.series) {
      const now = after.series.find((each) => each.name === name)?.points ?? [];
      expect(now.slice(0, points.length), name).toEqual(points);
      expect(new Set(now.map(({ step }) => step)).size).toBe(now.length);
    }
  });

  it("goes on past an early stop, with the patience that it takes", { timeout: 240_000 }, async () => {
    const stopping = (patience: number) => ({ earlyStopping: { type: "patience", patience, minChange: 0.3 } }) as const;
    const extended = await trained({ ...stopping(2), budget: { epochs: 300 } });
    const { epoch: stopped } = await outcomeOf(extended);
    expect(stopped).toBeLessThan(20);
    await given(extended, stopped + 4);
    const after = await outcomeOf(extended);
    expect(after.epoch).toBe(stopped + 4);
    expect(after).toEqual(await outcomeOf(await trained({ ...stopping(6), budget: { epochs: stopped + 4 } })));
  });

  it("takes the rates of the new length where the schedule depends on it", { timeout: 240_000 }, async () => {
    const id = await trained({ schedule: { type: "cosine" }, budget: { epochs: 4 } });
    await given(id, 6);
    const rates = (await outcomeOf(id)).series.find(({ name }) => name === "train.learningRate")?.points ?? [];
    expect(rates.length).toBe(6 * STEPS_PER_EPOCH);
    const share = (step: number) => (rates[step]?.value ?? Number.NaN) / 0.02;
    expect(share(4 * STEPS_PER_EPOCH - 1)).toBeLessThan(0.01);
    expect(share(4 * STEPS_PER_EPOCH)).toBeCloseTo((1 + Math.cos((Math.PI * 4) / 6)) / 2, 5);
    // The rates that PyTorch gets are those of both lengths.
    const folder = path.join(home, "reproduction");
    await client.runs.reproduce({ id, folder });
    const file = unzipSync(await readFile(path.join(folder, "data.npz")))["rates.npy"] ?? new Uint8Array(0);
    const bytes = file.slice(file.length - 4 * rates.length);
    expect([...new Float32Array(bytes.buffer)]).toEqual(rates.map(({ value }) => value));
  });
});
