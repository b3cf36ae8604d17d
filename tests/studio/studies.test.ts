/** Studies in a studio with real trainers: tiny networks on iris, three epochs each. */

import { expect, it, onTestFinished, vi } from "vitest";
import { createStudio } from "../../src/main/studio.ts";
import { forkTrainer } from "../../src/main/training/spawn.ts";
import type { StudyInput } from "../../src/shared/tuning/study.ts";
import { english } from "../helpers/english.ts";
import { clientOf, irisRecipe, refused, temporaryHome } from "./harness.ts";

type Client = ReturnType<typeof clientOf>;

const study: StudyInput = {
  name: "iris search",
  recipe: { ...irisRecipe, metrics: ["accuracy"], budget: { epochs: 3 } },
  space: [
    { type: "float", name: "rate", paths: ["optimizer.lr"], min: 0.001, max: 1, log: true },
    { type: "integer", name: "units", paths: ["model.layers[0].units"], min: 2, max: 16 },
  ],
  objectives: [{ metric: "validation.accuracy" }],
  trials: 3,
  parallel: { trials: 1 },
};

async function open(home: string) {
  const studio = await createStudio({ home, host: "cli", spawnTrainer: forkTrainer });
  onTestFinished(() => studio.close());
  return { studio, client: clientOf(studio) };
}

const until = (client: Client, id: string, status: string) =>
  vi.waitFor(async () => expect((await client.studies.get({ id })).status).toBe(status), { timeout: 60_000, interval: 50 });

/** What must be the same however often the study was interrupted. */
async function course(client: Client, id: string) {
  const { trials } = await client.studies.trials({ id });
  return trials.map(({ number, state, origin, point, values }) => ({ number, state, origin, point, values }));
}

/** The course of the first test's study. */
let undisturbed: Awaited<ReturnType<typeof course>>;

it("a study trains its trials, ends, and says which was best", { timeout: 90_000 }, async () => {
  const { client } = await open(temporaryHome());
  const { id } = await client.studies.start({ study });
  await until(client, id, "completed");
  const { counts, best, objectives, remainingMs } = await client.studies.get({ id });
  expect(counts).toEqual({ waiting: 0, running: 0, completed: 3, pruned: 0, failed: 0, stopped: 0 });
  expect(objectives).toMatchObject([{ metric: "validation.accuracy", largerIsBetter: true, unit: "fraction" }]);
  expect(remainingMs).toBe(0);
  const { trials } = await client.studies.trials({ id });
  expect(trials.map(({ number }) => number)).toEqual([0, 1, 2]);
  const accuracies = trials.map(({ values }) => values?.[0] ?? 0);
  expect(best?.values[0]).toBe(Math.max(...accuracies));
  expect(best?.number).toBe(accuracies.indexOf(Math.max(...accuracies)));
  // Each trial is a run of its own, with the point's values, and its best epoch is the trial's value.
  for (const { number, point, runs, values, epochs } of trials) {
    const [run] = runs;
    const detail = await client.runs.get({ id: run ?? "" });
    expect(detail.of).toEqual({ study: id, trial: number, place: 0 });
    expect(detail.recipe.optimizer).toMatchObject({ lr: point.rate });
    expect(detail.recipe.model.layers[0]).toMatchObject({ units: point.units });
    expect(detail.reached["validation.accuracy"]?.value).toBe(values?.[0]);
    expect([detail.status, epochs]).toEqual(["completed", 3]);
    expect(await client.studies.recipe({ id, number })).toMatchObject({ optimizer: { lr: point.rate } });
  }
  const curves = await client.studies.curves({ id });
  expect(curves.map(({ points }) => points.map(({ epoch }) => epoch))).toEqual(Array.from({ length: 3 }, () => [1, 2, 3]));
  undisturbed = await course(client, id);
  expect(await client.runs.list()).toEqual([]);
  expect(await client.runs.list({ trials: true })).toHaveLength(3);
});

it("a study that is closed over and over goes on exactly as it would have gone on", { timeout: 120_000 }, async () => {
  const home = temporaryHome();
  const first = await open(home);
  const { id } = await first.client.studies.start({ study });
  for (let { studio, client } = first, restarts = 0; ; restarts++) {
    await vi.waitFor(async () => expect((await client.studies.trials({ id })).trials.length).toBeGreaterThan(restarts), { timeout: 30_000 });
    if (restarts === 2) {
      await until(client, id, "completed");
      expect(await course(client, id)).toEqual(undisturbed);
      return;
    }
    await studio.close();
    ({ studio, client } = await open(home));
    expect((await client.studies.get({ id })).status).toBe("interrupted");
    await client.studies.resume({ id });
  }
});

it("a paused study trains nothing, and its resumed trial keeps its number", { timeout: 90_000 }, async () => {
  const { client } = await open(temporaryHome());
  const { id } = await client.studies.start({ study: { ...study, trials: 2, recipe: { ...(study.recipe as object), budget: { epochs: 40 } } } });
  await vi.waitFor(async () => expect((await client.studies.trials({ id })).trials[0]?.epochs).toBeGreaterThan(0), { timeout: 30_000 });
  expect((await client.studies.pause({ id })).status).toBe("paused");
  const [run] = await client.runs.list({ trials: true });
  expect(["paused", "completed"]).toContain(run?.status);
  await client.studies.resume({ id });
  await until(client, id, "completed");
  const { trials } = await client.studies.trials({ id });
  expect(trials.map(({ number, state, runs, epochs }) => [number, state, runs.length, epochs])).toEqual([
    [0, "completed", 1, 40],
    [1, "completed", 1, 40],
  ]);
});

it("what cannot be searched is refused before the first trial, with the place and the remedy", { timeout: 30_000 }, async () => {
  const { client } = await open(temporaryHome());
  const refusal = async (change: Partial<StudyInput>) => (await refused(client.studies.start({ study: { ...study, ...change } }))).problems[0];
  expect(await refusal({ objectives: [{ metric: "test.accuracy" }] })).toMatchObject({ place: "objectives[0].metric", received: '"test.accuracy"' });
  expect(english(await refusal({ space: [{ type: "float", name: "rate", paths: ["optimizer.lrr"], min: 1, max: 2 }] }))).toMatchObject({
    place: "space[0].paths[0]",
    remedy: 'Did you mean "lr"?',
  });
  expect(
    await refusal({ parallel: { trials: 1, threads: 1 }, space: [{ type: "integer", name: "size", paths: ["batch.size"], min: 5000, max: 9000 }] }),
  ).toMatchObject({
    place: expect.stringContaining("batch.size"),
  });
  expect(await client.studies.list()).toEqual([]);
});
