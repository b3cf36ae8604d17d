/** Steering a study with real trainers: guesses and changes, ending and repeating trials, confirming the winner, removing it. */
import { expect, it, onTestFinished, vi } from "vitest";
import { createStudio } from "../../src/main/studio.ts";
import { forkTrainer } from "../../src/main/training/spawn.ts";
import type { StudyInput } from "../../src/shared/tuning/study.ts";
import { clientOf, irisRecipe, refused, temporaryHome } from "./harness.ts";

const study: StudyInput = {
  name: "steered",
  recipe: { ...irisRecipe, budget: { epochs: 2 } },
  space: [
    { type: "float", name: "rate", paths: ["optimizer.lr"], min: 0.001, max: 1, log: true },
    { type: "integer", name: "units", paths: ["model.layers[0].units"], min: 2, max: 16 },
  ],
  objectives: [{ metric: "validation.accuracy" }],
  trials: 2,
  parallel: { trials: 1 },
};

it("a study is changed, confirmed, repeated and removed", { timeout: 180_000 }, async () => {
  const studio = await createStudio({ home: temporaryHome(), host: "cli", spawnTrainer: forkTrainer });
  onTestFinished(() => studio.close());
  const client = clientOf(studio);
  const until = (id: string, status: string) =>
    vi.waitFor(async () => expect((await client.studies.get({ id })).status).toBe(status), { timeout: 120_000, interval: 50 });

  // A run of its own, which the study takes as an observation.
  const run = await client.runs.start({ recipe: { ...irisRecipe, budget: { epochs: 2 }, optimizer: { type: "sgd", lr: 0.5 } } });
  await vi.waitFor(async () => expect((await client.runs.get({ id: run.id })).status).toBe("completed"), { timeout: 60_000 });

  const { id } = await client.studies.start({ study: { ...study, warmStart: true, guesses: [{ rate: 0.1 }] } });
  // The guess is a trial before the space is narrowed past it.
  await vi.waitFor(async () => expect((await client.studies.trials({ id })).trials).toHaveLength(2), { timeout: 30_000 });
  const narrowed = await client.studies.edit({ id, edit: { space: [{ ...study.space[0], min: 0.2 }, study.space[1]], guesses: [{ rate: 0.3, units: 5 }] } });
  expect(narrowed.changes).toHaveLength(1);
  await until(id, "completed");
  const { trials } = await client.studies.trials({ id });
  expect(trials.map(({ origin }) => origin)).toEqual(["earlier", "guess", "guess"]);
  expect(trials[0]).toMatchObject({ point: { rate: 0.5, units: 8 }, state: "completed", runs: [] });
  expect(trials.map(({ point }) => point.rate)).toContain(0.3);
  expect(await client.studies.belief({ id, number: 1 })).toBeNull();
  // The first guess lies outside of the narrower space.
  expect((await client.studies.importance({ id })).trials).toBe(2);

  // The same point trains to the same result.
  const before = trials[1];
  const [again] = await client.studies.repeatTrials({ id, numbers: [1] });
  expect(again).toMatchObject({ number: 1, state: "waiting", values: null });
  await until(id, "completed");
  const repeated = (await client.studies.trials({ id })).trials[1];
  expect(repeated).toMatchObject({ point: before?.point, values: before?.values, state: "completed" });
  expect(repeated?.runs).not.toEqual(before?.runs);
  expect((await refused(client.studies.endTrial({ id, number: 1 }))).kind).toBe("conflict");

  expect(await client.studies.confirm({ id, best: 1, seeds: 2 })).toMatchObject({ seeds: 2, state: "running" });
  await until(id, "completed");
  const confirmation = await client.studies.confirmation({ id });
  expect(confirmation?.candidates.map(({ number, values }) => [number, values.length])).toEqual([
    [(await client.studies.get({ id })).best?.number, 2],
    [null, 2],
  ]);
  expect(confirmation?.differences.map(({ to }) => to)).toEqual([null]);
  expect(confirmation?.verdict?.en).toMatch(/seeds/);

  await client.studies.rename({ id, name: "another" });
  expect((await client.studies.list()).map(({ name }) => name)).toEqual(["another"]);
  await client.studies.remove({ ids: [id] });
  expect(await client.studies.list()).toEqual([]);
  expect((await client.runs.list({ trials: true })).map((each) => each.id)).toEqual([run.id]);
  await client.studies.restore({ ids: [id] });
  expect((await client.runs.list({ trials: true })).length).toBeGreaterThan(4);
});

it("a trial that trains is ended by the user, and the study goes on", { timeout: 120_000 }, async () => {
  const studio = await createStudio({ home: temporaryHome(), host: "cli", spawnTrainer: forkTrainer });
  onTestFinished(() => studio.close());
  const client = clientOf(studio);
  const long = { ...irisRecipe, budget: { epochs: 100_000 } };
  const { id } = await client.studies.start({ study: { ...study, recipe: long } });
  for (const number of [0, 1]) {
    await vi.waitFor(async () => expect((await client.studies.trials({ id })).trials[number]?.epochs).toBeGreaterThan(0), { timeout: 50_000 });
    expect(await client.studies.endTrial({ id, number })).toMatchObject({ number, state: "stopped", values: [expect.any(Number)] });
  }
  await vi.waitFor(async () => expect((await client.studies.get({ id })).status).toBe("completed"), { timeout: 30_000 });
  expect((await client.studies.get({ id })).counts).toMatchObject({ stopped: 2, completed: 0 });
});
