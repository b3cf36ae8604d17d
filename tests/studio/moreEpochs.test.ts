/** A completed run gets more epochs: its recipe, its row and its log, with a trainer that the test plays. */
import { describe, expect, it } from "vitest";
import { block, irisRecipe, openStage, record, refused, untilStatus } from "./harness.ts";

describe("resume with epochs", () => {
  it("continues a completed run under a new budget, and keeps its former result in the log", async () => {
    const stage = await openStage();
    const { id, recipeHash } = await stage.client.runs.start({ recipe: { ...irisRecipe, budget: { epochs: 2 } } });
    const first = await stage.trainer(0);
    await first.trainJob();
    first.metrics(block("train.loss", 1, 14), block("validation.loss", 7, 7), block("validation.loss", 14, 14));
    first.checkpoint(record("best", 14), record("last", 14));
    first.finish("completed", { "test.loss": 0.25, "test.accuracy": 0.875 });
    await untilStatus(stage, id, "completed");

    expect((await refused(stage.client.runs.resume({ id }))).message).toContain(`Give it more epochs: descent resume ${id} --epochs +10`);
    for (const epochs of [1, 2]) {
      expect((await refused(stage.client.runs.resume({ id, epochs }))).message).toContain("of which it has trained 2");
      // Nothing was changed.
      expect(await stage.client.runs.get({ id })).toMatchObject({ status: "completed", recipeHash, totalEpochs: 2, test: { "test.accuracy": 0.875 } });
    }

    await stage.client.runs.resume({ id, epochs: 5 });
    const second = await stage.trainer(1);
    const job = await second.trainJob();
    expect(job.recipe.budget.epochs).toBe(5);
    const going = await untilStatus(stage, id, "running");
    expect(going).toMatchObject({ totalEpochs: 5, totalSteps: 35, test: {}, step: 14 });
    expect(going.recipeHash).not.toBe(recipeHash);
    expect(going.recipe).toEqual({ ...job.recipe });
    const texts = going.events.map(({ text }) => text);
    expect(texts).toContain("Test result after epoch 2, before it got more epochs: test.loss 0.25, test.accuracy 0.875.");
    expect(texts).toContain(`The budget changes from 2 to 5 epochs: recipe ${recipeHash.slice(0, 12)} becomes ${going.recipeHash.slice(0, 12)}.`);
    expect(texts).toContain("The run goes on as one that had 5 epochs from the start.");
    expect((await refused(stage.client.runs.resume({ id, epochs: 9 }))).message).toContain("must not be queued or running already");
    expect((await stage.client.runs.get({ id })).totalEpochs).toBe(5);

    second.metrics(block("train.loss", 15, 35), block("validation.loss", 35, 35));
    second.finish("completed", { "test.loss": 0.125, "test.accuracy": 1 });
    const ended = await untilStatus(stage, id, "completed");
    expect(ended.test).toEqual({ "test.loss": 0.125, "test.accuracy": 1 });
    const [losses] = await stage.client.runs.metrics({ id, names: ["train.loss"] });
    expect(losses?.points.map(({ step }) => step)).toEqual(Array.from({ length: 35 }, (_, i) => i + 1));
  });

  it("changes the budget of a halted run too, and leaves one with the same budget as it is", async () => {
    const stage = await openStage();
    const { id, recipeHash } = await stage.client.runs.start({ recipe: { ...irisRecipe, schedule: { type: "cosine" } } });
    const first = await stage.trainer(0);
    await first.trainJob();
    first.metrics(block("train.loss", 1, 14));
    first.checkpoint(record("last", 14));
    await stage.client.runs.pause({ id });
    await untilStatus(stage, id, "paused");
    await stage.client.runs.resume({ id, epochs: 10 });
    await (await stage.trainer(1)).trainJob();
    expect(await stage.client.runs.get({ id })).toMatchObject({ recipeHash, totalEpochs: 10 });
    await stage.client.runs.pause({ id });
    await untilStatus(stage, id, "paused");
    await stage.client.runs.resume({ id, epochs: 4 });
    expect((await (await stage.trainer(2)).trainJob()).recipe.budget.epochs).toBe(4);
    const { events, totalSteps } = await stage.client.runs.get({ id });
    expect(totalSteps).toBe(28);
    expect(events.find(({ level }) => level === "warning")?.text).toContain('"cosine" depend on the length of the run: up to step 14');
  });
});
