/** A clock that is set back, again and again: nothing that lasts, throttles, waits or orders rests on it. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import type { RunProgress } from "../../src/shared/contract/runs.ts";
import { block, irisRecipe, openStage, record, untilStatus } from "./harness.ts";

afterEach(() => vi.restoreAllMocks());

/** Every look at the wall clock gives a time an hour before the last. */
function setBack(): void {
  let now = Date.now();
  vi.spyOn(Date, "now").mockImplementation(() => {
    now -= 3_600_000;
    return now;
  });
}

it("runs are listed, told and timed as they came, and what they say is in order", async () => {
  setBack();
  const stage = await openStage();
  const { client } = stage;
  const ids: string[] = [];
  for (const seed of [1, 2, 3]) {
    const { id } = await client.runs.start({ recipe: { ...irisRecipe, seed } });
    ids.push(id);
    const trainer = await stage.trainer(ids.length - 1);
    await trainer.trainJob();
    const told: RunProgress[] = [];
    const follow = await client.runs.follow({ id, metrics: true });
    const ended = (async () => {
      for await (const event of follow) if (event.type === "progress") told.push(event.progress);
    })();
    for (const step of [1, 2, 3]) {
      trainer.say({
        type: "progress",
        progress: { phase: "training", step, totalSteps: 70, epoch: 1, totalEpochs: 10, stepsPerSecond: 10, samplesPerSecond: 160 },
      });
      // The throttle lets each through in its time, whatever the clock says.
      await vi.waitFor(() => expect(told.at(-1)).toMatchObject({ step, remainingMs: (70 - step) * 100 }), { timeout: 5000 });
    }
    trainer.metrics(block("train.loss", 1, 7), block("validation.loss", 7, 7));
    trainer.checkpoint(record("last", 7));
    trainer.say({ type: "log", level: "info", text: "first" });
    trainer.say({ type: "log", level: "info", text: "second" });
    trainer.finish("completed");
    const run = await untilStatus(stage, id, "completed");
    await ended;
    expect(run.activeMs).toBeGreaterThanOrEqual(0);
    expect(run.activeMs).toBeLessThan(600_000);
    expect(run.sparkline.length).toBeGreaterThan(0);
    expect(run.events.map(({ text }) => text).slice(-2)).toEqual(["first", "second"]);
  }
  const listed = await client.runs.list();
  expect(listed.map(({ id }) => id)).toEqual([...ids].reverse());
  expect(listed.map(({ createdAt }) => createdAt)).toEqual(listed.map(({ createdAt }) => createdAt).sort((a, b) => a - b));
  await stage.studio.close();
});

/** The age of files, which the file system's own clock gave them, and the cache's order, which is kept from going back. */
const RECKON_WITH_IT: readonly string[] = ["main/data/cacheEntries.ts", "main/studio/data/uploads.ts"];

it("nothing else reckons with the wall clock: times are stored and shown, durations are of performance.now()", () => {
  const root = path.join(import.meta.dirname, "..", "..", "src");
  const reckons = /Date\.now\(\)\s*[-+<>]|(?:[-+<>]|[<>]=)\s*Date\.now\(\)/;
  const found = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && reckons.test(readFileSync(path.join(root, file), "utf8").replaceAll("=>", "")))
    .map((file) => file.split(path.sep).join("/"))
    .sort();
  expect(found).toEqual(RECKON_WITH_IT);
});
