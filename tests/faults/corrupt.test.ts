/**
 * Damage on the disk: a flipped bit, a cut, an emptied, a missing and a foreign file of a run. Each is named in the run's log, the newest
 * checkpoint that is whole is used, and the resumed run ends with the metrics of an undisturbed one: no gap, no duplicate, no other value.
 */
import { copyFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { openHistory } from "../../src/main/history/history.ts";
import { createStudio, type Studio } from "../../src/main/studio.ts";
import { readSafetensors } from "../../src/main/training/safetensors.ts";
import { forkTrainer } from "../../src/main/training/spawn.ts";
import type { RunDetail } from "../../src/shared/contract/runs.ts";
import type { RecipeInput } from "../../src/shared/recipe/recipe.ts";
import { clientOf, irisRecipe, refused, untilStatus } from "../studio/harness.ts";

/** 70 steps, a checkpoint every 5, momentum in the state, a learning rate that reacts, and a best epoch before the last. */
const recipe: RecipeInput = {
  ...irisRecipe,
  optimizer: { type: "momentum", lr: 0.1 },
  schedule: { type: "reduceOnPlateau", patience: 1 },
  earlyStopping: { type: "patience", patience: 50 },
};

const root = mkdtempSync(path.join(os.tmpdir(), "descent-corrupt-"));
let whole: RunDetail;
let metrics: unknown;

async function open(home: string): Promise<{ readonly studio: Studio; readonly client: ReturnType<typeof clientOf> }> {
  const studio = await createStudio({ home, host: "web", spawnTrainer: forkTrainer });
  return { studio, client: clientOf(studio) };
}

const metricsOf = (client: ReturnType<typeof clientOf>, id: string) => client.runs.metrics({ id, maxPoints: 10_000 });

beforeAll(async () => {
  const { studio, client } = await open(path.join(root, "whole"));
  const { id } = await client.runs.start({ recipe, checkpointEvery: 5 });
  whole = await untilStatus({ client }, id, "completed");
  metrics = await metricsOf(client, id);
  await studio.close();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Case {
  readonly home: string;
  readonly folder: string;
  readonly file: (name: string) => string;
}

let cases = 0;
/** A copy of the home in which the run was interrupted behind its last checkpoint. */
function interrupted(): Case {
  const home = path.join(root, `case${++cases}`);
  cpSync(path.join(root, "whole"), home, { recursive: true });
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const history = openHistory(path.join(home, "history.sqlite"));
  history.runs.update(1, { status: "interrupted", test: {} });
  history.connection.close();
  const folder = path.join(home, "runs", whole.id);
  return { home, folder, file: (name) => path.join(folder, name) };
}

const kept = (kind: "last" | "best", index: number) => whole.checkpoints.filter((each) => each.kind === kind)[index]?.file ?? "none";

function flip(file: string, at = 0.9): void {
  const bytes = readFileSync(file);
  const position = Math.floor(bytes.length * at);
  bytes[position] = (bytes[position] ?? 0) ^ 0x10;
  writeFileSync(file, bytes);
}

/** Resumes for real. @returns the run and what its log says since */
async function resumed({ home, folder }: Case): Promise<{ readonly run: RunDetail; readonly said: string }> {
  const { studio, client } = await open(home);
  onTestFinished(() => studio.close());
  await client.runs.resume({ id: whole.id });
  const run = await untilStatus({ client }, whole.id, "completed");
  expect(await metricsOf(client, whole.id)).toEqual(metrics);
  expect(run.test).toEqual(whole.test);
  expect(run.best).toEqual(whole.best);
  // Nothing is left but what rows name.
  expect(readdirSync(folder).sort()).toEqual([...new Set(run.checkpoints.map(({ file }) => file)), "preprocessing.json", "split.npz"].sort());
  for (const { file } of run.checkpoints) await readSafetensors(path.join(folder, file));
  const said = run.events
    .slice(whole.events.length)
    .map(({ level, text }) => `${level}: ${text}`)
    .join("\n");
  await studio.close();
  return { run, said };
}

describe("a run's checkpoint", () => {
  it("is kept with the one before it, and the best with the one before it", () => {
    expect(whole.checkpoints.map(({ kind, step }) => [kind, step]).slice(0, 2)).toEqual([
      ["last", 70],
      ["last", 65],
    ]);
    expect(whole.checkpoints.filter(({ kind }) => kind === "best")).toHaveLength(2);
  });

  it("with one flipped bit is named, and the one before it goes on to the same end", async () => {
    const damaged = interrupted();
    flip(damaged.file(kept("last", 0)));
    const { said } = await resumed(damaged);
    expect(said).toMatch(/^warning: last-70\.safetensors is damaged or missing \(different bytes: SHA-256 [0-9a-f]{12}… instead of [0-9a-f]{12}…\)\. /);
    expect(said).toContain("last-65.safetensors of step 65 is intact and is used.");
    expect(said).toContain("info: Resumed from step 65.");
  });

  it("that is cut, and the one before it emptied: the best goes on", async () => {
    const damaged = interrupted();
    truncateSync(damaged.file(kept("last", 0)), 1000);
    truncateSync(damaged.file(kept("last", 1)), 0);
    const { said } = await resumed(damaged);
    expect(said).toContain("last-70.safetensors is damaged or missing (");
    expect(said).toContain("last-65.safetensors is damaged or missing (");
    expect(said).toMatch(/best-\d+\.safetensors of step \d+ is intact and is used\./);
  });

  it("that is missing, and of which the best is damaged: the best before it goes on", async () => {
    const damaged = interrupted();
    rmSync(damaged.file(kept("last", 0)));
    flip(damaged.file(kept("best", 0)), 0.5);
    const { said } = await resumed(damaged);
    expect(said).toContain("last-70.safetensors is damaged or missing (no such file).");
    expect(said).toContain(`${kept("best", 0)} is damaged or missing (different bytes`);
    expect(said).toContain(`${kept("best", 1)} of step`);
  });

  it("of another run in its place, whole in itself, is not treated as it", async () => {
    const damaged = interrupted();
    copyFileSync(damaged.file(kept("last", 1)), damaged.file(kept("last", 0)));
    expect((await resumed(damaged)).said).toContain("last-70.safetensors is damaged or missing (different bytes");
  });

  it("with no best left goes on, seeks the best anew and says so", async () => {
    const damaged = interrupted();
    for (const index of [0, 1]) flip(damaged.file(kept("best", index)));
    const { studio, client } = await open(damaged.home);
    onTestFinished(() => studio.close());
    await client.runs.resume({ id: whole.id });
    const run = await untilStatus({ client }, whole.id, "completed");
    expect(run.events.map(({ text }) => text).join("\n")).toContain("The weights of the best epoch are lost: the search for the best starts again from there.");
    expect(await metricsOf(client, whole.id)).toEqual(metrics);
  });

  it("is looked at through the best that is whole", async () => {
    const damaged = interrupted();
    const { studio, client } = await open(damaged.home);
    onTestFinished(() => studio.close());
    const before = await client.runs.evaluate({ id: whole.id, split: "test" });
    expect(before).toEqual(whole.test);
    flip(damaged.file(kept("best", 0)));
    const after = await client.runs.evaluate({ id: whole.id, split: "test" });
    expect(Object.keys(after)).toEqual(Object.keys(before));
    await client.datasets.suspects({ id: whole.id });
    const { events } = await client.runs.get({ id: whole.id });
    // Said once, however often it is looked at.
    expect(events.filter(({ text }) => text.includes(`${kept("best", 1)} of step`))).toHaveLength(1);
  });

  it("of which none is whole ends in one fault that names each, and nothing is touched", async () => {
    const damaged = interrupted();
    for (const { file } of whole.checkpoints) flip(damaged.file(file));
    const before = readdirSync(damaged.folder);
    const { studio, client } = await open(damaged.home);
    onTestFinished(() => studio.close());
    await client.runs.resume({ id: whole.id });
    const run = await untilStatus({ client }, whole.id, "failed");
    expect(run.problems.map(({ place }) => path.basename(place)).sort()).toEqual(whole.checkpoints.map(({ file }) => file).sort());
    expect(run.problems[0]).toMatchObject({ expected: "must be the checkpoint that Descent wrote", remedy: expect.stringContaining("from a copy") });
    expect(run.checkpoints).toEqual(whole.checkpoints);
    expect(readdirSync(damaged.folder)).toEqual(before);
    const fault = await refused(client.runs.evaluate({ id: whole.id, split: "test" }));
    expect([fault.kind, fault.problems.length]).toEqual(["input", whole.checkpoints.length]);
  });
});

describe("a run's split", () => {
  it.each(["flipped", "cut", "missing"])("that is %s is written again where the data gives the same", async (how) => {
    const damaged = interrupted();
    const file = damaged.file("split.npz");
    const bytes = readFileSync(file);
    if (how === "flipped") flip(file, 0.3);
    else if (how === "cut") truncateSync(file, 100);
    else rmSync(file);
    flip(damaged.file(kept("last", 0)));
    const { said } = await resumed(damaged);
    expect(said).toContain("warning: split.npz was damaged or missing (");
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it("outlives a resume", () => {
    expect(existsSync(path.join(root, "whole", "runs", whole.id, "split.npz"))).toBe(true);
  });
});
