/** The best epoch that a run's row keeps follows the recipe's rule, over message boundaries and over a resume. */
import { expect, it, vi } from "vitest";
import { block, irisRecipe, openStage, record, untilStatus } from "./harness.ts";

const watching = { ...irisRecipe, earlyStopping: { type: "patience", metric: "accuracy", minChange: 0.05 } as const };

it("is that of what is watched, and what was best after the step of a resume is measured again", async () => {
  const stage = await openStage();
  const { id } = await stage.client.runs.start({ recipe: watching });
  const validated = (step: number, loss: number, accuracy?: number) => [
    block("validation.loss", step, step, () => loss),
    ...(accuracy === undefined ? [] : [block("validation.accuracy", step, step, () => accuracy)]),
  ];
  const best = async () => (await stage.client.runs.get({ id })).best;
  const trainer = await stage.trainer(0);
  await trainer.trainJob();
  trainer.onHalt = () => {};
  const settle = async (sequence: number) => vi.waitFor(() => expect(trainer.acknowledged).toBe(sequence));

  await settle(trainer.metrics(...validated(7, 0.5)));
  expect(await best()).toBeNull();
  await settle(trainer.metrics(...validated(14, 0.4, 0.8)));
  const kept = { step: 14, epoch: 2, metrics: { "validation.loss": 0.4, "validation.accuracy": 0.8 }, by: "validation.accuracy", tested: true };
  expect(await best()).toEqual(kept);
  // Less than the minimum change, with a lower loss.
  await settle(trainer.metrics(...validated(21, 0.3, 0.84)));
  expect(await best()).toEqual(kept);
  trainer.checkpoint({ ...record("best", 14), metrics: kept.metrics }, record("last", 21));
  await settle(trainer.metrics(...validated(28, 0.6, 0.9)));
  expect(await best()).toMatchObject({ step: 28, epoch: 4 });
  // What was reached is another matter: each series at an epoch of its own, the loss where it was lowest.
  const reached = { "validation.loss": { step: 21, epoch: 3, value: 0.3 }, "validation.accuracy": { step: 28, epoch: 4, value: 0.9 } };
  expect((await stage.client.runs.get({ id })).reached).toEqual(reached);
  expect((await stage.client.runs.list())[0]?.reached).toEqual(reached);
  trainer.say({ type: "log", level: "info", text: "After epoch 4 the learning rate falls.", once: true });
  trainer.exit(1, null);
  await untilStatus(stage, id, "interrupted");

  await stage.client.runs.resume({ id });
  const second = await stage.trainer(1);
  expect((await second.trainJob()).resumeFrom).toMatch(/last-21\.safetensors$/);
  second.say({ type: "log", level: "info", text: "After epoch 4 the learning rate falls.", once: true });
  second.say({ type: "log", level: "info", text: "After epoch 5 the learning rate falls.", once: true });
  const sequence = second.metrics(...validated(28, 0.6, 0.82));
  await vi.waitFor(() => expect(second.acknowledged).toBe(sequence));
  expect(await best()).toEqual(kept);
  // The last values are of one epoch: what was not defined at it has none.
  const undefinedNow = second.metrics(...validated(35, 0.7));
  await vi.waitFor(() => expect(second.acknowledged).toBe(undefinedNow));
  const { latest, events } = await stage.client.runs.get({ id });
  expect(latest).toEqual({ "validation.loss": 0.7 });
  // It says where it goes on, and what is said of repeated steps is kept once.
  const texts = events.map(({ text }) => text);
  expect(texts).toContain("Resumed from step 21.");
  expect(texts.filter((text) => text.includes("falls"))).toEqual(["After epoch 4 the learning rate falls.", "After epoch 5 the learning rate falls."]);
});
