import { describe, expect, it, vi } from "vitest";
import type { FollowEvent } from "../../src/shared/contract/runs.ts";
import type { StudioEvent } from "../../src/shared/contract/system.ts";
import { block, irisRecipe, openStage, record, type Stage, untilStatus } from "./harness.ts";

/** Reads a run's stream to its end. */
async function readAll({ client }: Stage, id: string, metrics = true): Promise<FollowEvent[]> {
  const events: FollowEvent[] = [];
  for await (const event of await client.runs.follow({ id, metrics })) events.push(event);
  return events;
}

const steps = (events: readonly FollowEvent[], name: string) =>
  events.flatMap((event) => (event.type === "metrics" ? event.rows.filter((row) => row.name === name).map(({ step }) => step) : []));
const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

describe("following a run", () => {
  it("tells every row once and in order, those committed before and those after", async () => {
    const stage = await openStage();
    const { id } = await stage.client.runs.start({ recipe: irisRecipe });
    const trainer = await stage.trainer(0);
    await trainer.trainJob();
    const before = trainer.metrics(block("train.loss", 1, 3000), block("train.accuracy", 1, 3000));
    await vi.waitFor(() => expect(trainer.acknowledged).toBe(before));
    const reading = readAll(stage, id);
    trainer.say({ type: "log", level: "info", text: "hello" });
    for (let from = 3001; from < 6000; from += 100) {
      trainer.metrics(block("validation.loss", from - 1, from - 1), block("train.loss", from, from + 99), block("train.accuracy", from, from + 99));
      if (from % 500 === 1) await new Promise((resolve) => setTimeout(resolve, 60));
    }
    trainer.finish("completed", { "test.loss": 1 });
    const events = await reading;
    expect(steps(events, "train.loss")).toEqual(upTo(6000));
    expect(steps(events, "train.accuracy")).toEqual(upTo(6000));
    expect(steps(events, "validation.loss")).toHaveLength(30);
    const rows = events.flatMap((event) => (event.type === "metrics" ? event.rows : []));
    expect(rows.map(({ step, name }) => `${String(step).padStart(5)} ${name}`)).toEqual(
      rows.map(({ step, name }) => `${String(step).padStart(5)} ${name}`).sort(),
    );
    expect(events.filter((event) => event.type === "log").map(({ event }) => event.text)).toEqual(["hello"]);
    expect(events.at(-1)).toMatchObject({ type: "ended", run: { id, status: "completed", test: { "test.loss": 1 } } });
  });

  it("loses no row of a run that ended before its first read", async () => {
    const stage = await openStage();
    const { id } = await stage.client.runs.start({ recipe: irisRecipe });
    const trainer = await stage.trainer(0);
    await trainer.trainJob();
    trainer.metrics(block("train.loss", 1, 20));
    trainer.finish("completed");
    await untilStatus(stage, id, "completed");
    expect(steps(await readAll(stage, id), "train.loss")).toEqual(upTo(20));
  });

  it("begins at the checkpoint for a run that was resumed, though the history holds rows beyond it", async () => {
    const stage = await openStage();
    const { id } = await stage.client.runs.start({ recipe: irisRecipe });
    const first = await stage.trainer(0);
    await first.trainJob();
    first.metrics(block("train.loss", 1, 10));
    first.checkpoint(record("last", 10));
    first.metrics(block("train.loss", 11, 15));
    first.exit(null, "SIGKILL");
    await untilStatus(stage, id, "interrupted");
    await stage.client.runs.resume({ id });
    const reading = readAll(stage, id);
    const second = await stage.trainer(1);
    await second.trainJob();
    second.metrics(block("train.loss", 11, 13));
    await new Promise((resolve) => setTimeout(resolve, 300));
    second.metrics(block("train.loss", 14, 18));
    second.finish("completed");
    expect(steps(await reading, "train.loss")).toEqual(upTo(18, 11));
  });

  it("of a run that is over says so at once", async () => {
    const stage = await openStage();
    const { id } = await stage.client.runs.start({ recipe: irisRecipe });
    await (await stage.trainer(0)).trainJob();
    await stage.client.runs.stop({ id });
    const events = await readAll(stage, id, false);
    expect(events.map(({ type }) => type)).toEqual(["progress", "ended"]);
    expect(events[0]).toMatchObject({ progress: { status: "stopped", phase: "ended" } });
  });

  it("that waits in the queue hears it start, and its end when the studio closes", async () => {
    const stage = await openStage();
    const first = await stage.client.runs.start({ recipe: irisRecipe });
    const second = await stage.client.runs.start({ recipe: irisRecipe });
    await (await stage.trainer(0)).trainJob();
    const reading = readAll(stage, second.id);
    await stage.client.runs.stop({ id: first.id });
    const trainer = await stage.trainer(1);
    await trainer.trainJob();
    trainer.say({
      type: "progress",
      progress: { phase: "training", step: 10, totalSteps: 70, epoch: 2, totalEpochs: 10, stepsPerSecond: 20, samplesPerSecond: 320 },
    });
    trainer.onHalt = () => {
      trainer.metrics(block("train.loss", 1, 12));
      trainer.checkpoint(record("last", 12));
      trainer.finish("halted");
    };
    await new Promise((resolve) => setTimeout(resolve, 250));
    await stage.studio.close();
    const events = await reading;
    expect(events[0]).toMatchObject({ type: "progress", progress: { status: "queued", phase: "queued" } });
    expect(events).toContainEqual({
      type: "progress",
      progress: {
        run: second.id,
        status: "running",
        phase: "training",
        step: 10,
        totalSteps: 70,
        epoch: 2,
        totalEpochs: 10,
        stepsPerSecond: 20,
        samplesPerSecond: 320,
        remainingMs: 3000,
      },
    });
    expect(steps(events, "train.loss")).toEqual(upTo(12));
    expect(events.at(-1)).toMatchObject({ type: "ended", run: { status: "interrupted", step: 12 } });
  });

  it("ends when the reader leaves, even while nothing happens", async () => {
    const stage = await openStage();
    const { id } = await stage.client.runs.start({ recipe: irisRecipe });
    await (await stage.trainer(0)).trainJob();
    const events = await stage.client.runs.follow({ id, metrics: true });
    await events.next();
    const waiting = events.next();
    await events.return?.();
    expect((await waiting).done).toBe(true);
  });
});

describe("the studio's events", () => {
  it("tell of starts, ends and progress, no more than a few times a second", async () => {
    const stage = await openStage();
    const controller = new AbortController();
    const events: StudioEvent[] = [];
    const stream = await stage.client.system.events(undefined, { signal: controller.signal });
    const reading = (async () => {
      for await (const event of stream) events.push(event);
    })().catch(() => {});
    const { id } = await stage.client.runs.start({ recipe: irisRecipe });
    const trainer = await stage.trainer(0);
    await trainer.trainJob();
    const startedAt = Date.now();
    for (let step = 1; step <= 200; step++) {
      trainer.say({
        type: "progress",
        progress: { phase: "training", step, totalSteps: 200, epoch: 1, totalEpochs: 1, stepsPerSecond: 1, samplesPerSecond: 1 },
      });
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const seconds = (Date.now() - startedAt) / 1000;
    trainer.finish("completed");
    await vi.waitFor(() =>
      expect(events).toContainEqual({ type: "progress", progress: expect.objectContaining({ run: id, status: "completed", phase: "ended" }) }),
    );
    const running = events.filter((event) => event.type === "progress" && event.progress.phase === "training");
    expect(running.length).toBeGreaterThan(0);
    expect(running.length).toBeLessThanOrEqual(5 * seconds + 2);
    // A change comes with the row as it is then.
    expect(events).toContainEqual({ type: "runs", ids: [id], rows: [expect.objectContaining({ id, status: "completed" })] });
    await stage.client.runs.remove({ ids: [id] });
    await vi.waitFor(() => expect(events).toContainEqual({ type: "runs", ids: [id], rows: [] }));
    controller.abort();
    await reading;
  });

  it("end with the studio", async () => {
    const stage = await openStage();
    const stream = await stage.client.system.events();
    const waiting = stream.next();
    await stage.studio.close();
    expect((await waiting).done).toBe(true);
  });
});
