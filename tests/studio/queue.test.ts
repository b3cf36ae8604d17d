/** The queue: what trains at once, in which order, and on which trainer. */
import { describe, expect, it, vi } from "vitest";
import type { RecipeInput } from "../../src/shared/recipe/recipe.ts";
import { irisRecipe, openStage, type Stage, temporaryHome } from "./harness.ts";

const onOneThread = { ...irisRecipe, device: { threads: 1 } };
const start = async ({ client }: Stage, recipe: RecipeInput = onOneThread) => (await client.runs.start({ recipe })).id;
const waiting = async ({ client }: Stage) => (await client.runs.queue()).map(({ id }) => id);
const statusOf = async ({ client }: Stage, id: string) => (await client.runs.get({ id })).status;
const untilStatus = (stage: Stage, id: string, status: string) => vi.waitFor(async () => expect(await statusOf(stage, id)).toBe(status));

describe("several runs at once", () => {
  it("train as long as their threads fit the cores, in the order of the queue", async () => {
    const stage = await openStage();
    const ids = [await start(stage), await start(stage), await start(stage), await start(stage, irisRecipe), await start(stage)];
    const jobs = await Promise.all([0, 1].map(async (index) => (await (await stage.trainer(index)).trainJob()).run));
    expect(jobs).toEqual(ids.slice(0, 2));
    expect(await waiting(stage)).toEqual(ids.slice(2));
    (await stage.trainer(0)).finish("completed");
    expect((await (await stage.trainer(2)).trainJob()).run).toBe(ids[2]);
    // The fourth asks for both cores: it holds back the fifth, which would fit, until both are free.
    (await stage.trainer(1)).finish("completed");
    await untilStatus(stage, String(ids[1]), "completed");
    expect(await waiting(stage)).toEqual(ids.slice(3));
    (await stage.trainer(2)).finish("completed");
    expect((await (await stage.trainer(3)).trainJob()).run).toBe(ids[3]);
    expect(await waiting(stage)).toEqual(ids.slice(4));
  });

  it("wait where the estimated memory of both is too much, and a run alone always starts", async () => {
    const stage = await openStage(temporaryHome(), "web", undefined, { cores: 8, memoryBytes: 200 * 2 ** 20 });
    const [first, second] = [await start(stage), await start(stage)];
    expect((await (await stage.trainer(0)).trainJob()).run).toBe(first);
    expect(await waiting(stage)).toEqual([second]);
    (await stage.trainer(0)).finish("completed");
    expect((await (await stage.trainer(1)).trainJob()).run).toBe(second);
  });
});

describe("the queue", () => {
  it("can be put in another order, and emptied", async () => {
    const stage = await openStage();
    const [, second, third, fourth] = [await start(stage, irisRecipe), await start(stage), await start(stage), await start(stage)];
    await stage.client.runs.reorder({ ids: [fourth, third] });
    expect(await waiting(stage)).toEqual([fourth, third, second]);
    expect(await stage.client.runs.emptyQueue()).toEqual([fourth, third, second]);
    expect(await waiting(stage)).toEqual([]);
    expect(await Promise.all([second, third, fourth].map((id) => statusOf(stage, id)))).toEqual(["paused", "paused", "paused"]);
  });
});

describe("a trainer that stays", () => {
  const staying = () => openStage(temporaryHome(), "web", (trainer) => (trainer.stays = true));

  it("takes the next run, and what was said to the former one does not reach it", async () => {
    const stage = await staying();
    const first = await start(stage, irisRecipe);
    const trainer = await stage.trainer(0);
    expect((await trainer.trainJob()).run).toBe(first);
    expect(trainer.received.at(-1)).toMatchObject({ type: "job", stay: true });
    trainer.finish("completed");
    await untilStatus(stage, first, "completed");
    const second = await start(stage, irisRecipe);
    await vi.waitFor(async () => expect((await trainer.trainJob()).run).toBe(second));
    expect(stage.trainers).toHaveLength(1);
    const heard = trainer.received.length;
    await stage.client.runs.stop({ id: first }).catch(() => {});
    expect(trainer.received.slice(heard).filter(({ type }) => type === "halt")).toEqual([]);
    trainer.finish("completed");
    await untilStatus(stage, second, "completed");
  });

  it("ends with its studio, and is replaced when it dies", async () => {
    const stage = await staying();
    await start(stage, irisRecipe);
    const trainer = await stage.trainer(0);
    await trainer.trainJob();
    trainer.finish("completed");
    await vi.waitFor(async () => expect((await stage.client.runs.list())[0]?.status).toBe("completed"));
    trainer.exit(null, "SIGSEGV");
    const second = await start(stage, irisRecipe);
    const next = await stage.trainer(1);
    expect((await next.trainJob()).run).toBe(second);
    next.finish("completed");
    await untilStatus(stage, second, "completed");
    await stage.studio.close();
    expect(next.killed).toBe(true);
  });
});
