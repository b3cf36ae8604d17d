import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { openHistory } from "../../src/main/history/history.ts";
import { english } from "../helpers/english.ts";
import { block, clientOf, irisRecipe, openStage, record, refused, temporaryHome, untilStatus } from "./harness.ts";

describe("starting", () => {
  it("trains, commits, evaluates and completes", async () => {
    const stage = await openStage();
    const { client } = stage;
    const started = await client.runs.start({ recipe: irisRecipe, checkpointEvery: 20 });
    expect(started).toMatchObject({
      name: "iris",
      dataset: "iris",
      seed: 7,
      optimizer: "sgd",
      totalSteps: 70,
      totalEpochs: 10,
      parameterCount: 4 * 8 + 8 + 8 * 3 + 3,
    });
    expect(started.id).toMatch(/^[0-9a-z]{8}$/);
    const trainer = await stage.trainer(0);
    const job = await trainer.trainJob();
    expect(job).toMatchObject({ run: started.id, resumeFrom: null, checkpointEvery: 20, recipe: { batch: { size: 16 }, budget: { epochs: 10 } } });
    expect(existsSync(job.folder)).toBe(true);

    trainer.metrics(
      block("train.loss", 1, 7),
      block("train.accuracy", 1, 7, () => 0.5),
    );
    const sequence = trainer.metrics(
      block("validation.loss", 7, 7, () => 0.4),
      block("validation.accuracy", 7, 7, () => 0.8),
    );
    await vi.waitFor(() => expect(trainer.acknowledged).toBe(sequence));
    trainer.metrics(
      block("train.loss", 8, 14),
      block("validation.loss", 14, 14, () => 0.6),
      block("validation.accuracy", 14, 14, () => 0.9),
    );
    trainer.checkpoint(record("best", 7), record("last", 14));
    trainer.finish("completed", { "test.loss": 0.3, "test.accuracy": 0.9 });

    const run = await untilStatus(stage, started.id, "completed");
    expect(run).toMatchObject({
      step: 14,
      epoch: 2,
      best: { step: 7, epoch: 1, metrics: { "validation.loss": 0.4, "validation.accuracy": 0.8 }, by: "validation.loss", tested: true },
      latest: { "train.loss": 1 / 14, "train.accuracy": 0.5, "validation.loss": 0.6, "validation.accuracy": 0.9 },
      test: { "test.loss": 0.3, "test.accuracy": 0.9 },
      sparkline: [0.4, 0.6],
      problems: [],
    });
    expect(run.activeMs).toBeGreaterThan(0);
    expect(run.endedAt).not.toBeNull();
    expect(run.checkpoints.map(({ kind, step }) => [kind, step])).toEqual([
      ["last", 14],
      ["best", 7],
    ]);
    const series = await client.runs.metrics({ id: started.id, names: ["train.loss"] });
    expect(series[0]?.points.map(({ step }) => step)).toEqual(Array.from({ length: 14 }, (_, i) => i + 1));
    expect(await client.runs.list()).toHaveLength(1);
  });

  it("of a bad recipe is a fault that names every place, and leaves nothing behind", async () => {
    const { client, home, trainers } = await openStage();
    const typo = await refused(client.runs.start({ recipe: { ...irisRecipe, optimizer: { type: "sgd", lr: -1, momentun: 0.9 } } }));
    expect(typo.kind).toBe("input");
    expect(typo.problems.map(({ place }) => place)).toEqual(expect.arrayContaining(["optimizer.lr", "optimizer.momentun"]));
    const misfit = await refused(client.runs.start({ recipe: { ...irisRecipe, batch: { size: 5000 }, model: { layers: [{ type: "dense", units: 2 }] } } }));
    expect(misfit.problems.map(({ place }) => place)).toEqual(["model.layers[0]", "batch.size"]);
    const missing = await refused(
      client.runs.start({ recipe: { ...irisRecipe, data: { source: { type: "csv", path: "/nowhere/at-all.csv", target: "y" } } } }),
    );
    expect(missing.kind).toBe("input");
    expect(missing.message).toContain("at-all.csv");
    const nothingLeft = await refused(
      client.runs.start({ recipe: { ...irisRecipe, data: { source: { type: "shipped", name: "iris" }, split: { validation: 0.8, test: 0.8 } } } }),
    );
    expect(nothingLeft.problems.map(({ place }) => place)).toEqual(["data.split"]);
    expect(await client.runs.list()).toEqual([]);
    expect(readdirSync(path.join(home, "runs"))).toEqual([]);
    expect(trainers).toHaveLength(0);
  });

  it("is judged in the same words by a check, which never throws", async () => {
    const { client } = await openStage();
    for (const recipe of [
      null,
      3,
      {},
      { ...irisRecipe, optimizer: { type: "sgd", lr: -1 } },
      { ...irisRecipe, data: { source: { type: "csv", path: "/nowhere.csv", target: "y" } } },
    ]) {
      const { problems } = await client.recipes.check({ recipe });
      expect(problems.length).toBeGreaterThan(0);
      expect((await refused(client.runs.start({ recipe }))).problems).toEqual(problems);
    }
    const good = await client.recipes.check({ recipe: irisRecipe });
    expect(english(good.problems)).toEqual([]);
    expect(good.plan?.layers.map(({ name, parameterCount }) => [name, parameterCount])).toEqual([
      ["dense1", 40],
      ["relu1", 0],
      ["dense2", 27],
    ]);
  });

  it("of a second run waits for the first", async () => {
    const stage = await openStage();
    const first = await stage.client.runs.start({ recipe: irisRecipe });
    const second = await stage.client.runs.start({ recipe: irisRecipe });
    const third = await stage.client.runs.start({ recipe: irisRecipe });
    expect([first.recipeHash, new Set([first.id, second.id, third.id]).size]).toEqual([second.recipeHash, 3]);
    const trainer = await stage.trainer(0);
    await trainer.trainJob();
    expect((await stage.client.runs.get({ id: second.id })).status).toBe("queued");
    expect(await stage.client.runs.pause({ id: second.id })).toMatchObject({ status: "paused" });
    trainer.finish("completed");
    expect((await (await stage.trainer(1)).trainJob()).run).toBe(third.id);
    await stage.client.runs.resume({ id: second.id });
    expect((await stage.client.runs.get({ id: second.id })).status).toBe("queued");
    (await stage.trainer(1)).finish("completed");
    expect((await (await stage.trainer(2)).trainJob()).run).toBe(second.id);
  });
});

describe("halting", () => {
  it("pauses with a checkpoint and resumes from it, without a gap or a duplicate", async () => {
    const stage = await openStage();
    const { id } = await stage.client.runs.start({ recipe: irisRecipe, checkpointEvery: 5 });
    const first = await stage.trainer(0);
    const { folder } = await first.trainJob();
    first.onHalt = (reason) => {
      expect(reason).toBe("pause");
      first.metrics(block("train.loss", 1, 9));
      first.checkpoint(record("last", 9));
      first.finish("halted");
    };
    expect(await stage.client.runs.pause({ id })).toMatchObject({ status: "paused", step: 9 });
    writeFileSync(path.join(folder, "half-written.tmp"), "");
    expect(await stage.client.runs.pause({ id })).toMatchObject({ status: "paused" });

    await stage.client.runs.resume({ id });
    const second = await stage.trainer(1);
    expect(await second.trainJob()).toMatchObject({ resumeFrom: path.join(folder, "last-9.safetensors"), checkpointEvery: 5, leftovers: ["half-written.tmp"] });
    // What nothing refers to is there until the trainer has restored its state.
    expect(readdirSync(folder)).toEqual(["half-written.tmp", "last-9.safetensors"]);
    rmSync(path.join(folder, "half-written.tmp"));
    second.metrics(block("train.loss", 10, 30));
    for (const step of [20, 25, 30]) second.checkpoint(record("last", step));
    second.finish("completed");
    await untilStatus(stage, id, "completed");
    // The newest, and the one before it.
    expect(readdirSync(folder)).toEqual(["last-25.safetensors", "last-30.safetensors"]);
    const [series] = await stage.client.runs.metrics({ id });
    expect(series?.points.map(({ step, value }) => [step, value])).toEqual(Array.from({ length: 30 }, (_, i) => [i + 1, 1 / (i + 1)]));
  });

  it("waits for a trainer on its way out when resumed at once", async () => {
    const stage = await openStage();
    const { id } = await stage.client.runs.start({ recipe: irisRecipe });
    const first = await stage.trainer(0);
    await first.trainJob();
    const { promise: halted, resolve: onHalted } = Promise.withResolvers<void>();
    first.onHalt = () => onHalted();
    const pausing = stage.client.runs.pause({ id });
    await halted;
    const resuming = stage.client.runs.resume({ id });
    first.metrics(block("train.loss", 1, 3));
    first.checkpoint(record("last", 3));
    first.finish("halted");
    await Promise.all([pausing, resuming]);
    expect(await (await stage.trainer(1)).trainJob()).toMatchObject({ run: id, resumeFrom: expect.stringContaining("last-3") });
  });

  it("stops for good, also a run that waits, and can still be resumed", async () => {
    const stage = await openStage();
    const first = await stage.client.runs.start({ recipe: irisRecipe });
    const second = await stage.client.runs.start({ recipe: irisRecipe });
    await (await stage.trainer(0)).trainJob();
    expect(await stage.client.runs.stop({ id: second.id })).toMatchObject({ status: "stopped" });
    expect(await stage.client.runs.stop({ id: first.id })).toMatchObject({ status: "stopped" });
    expect(await stage.client.runs.resume({ id: first.id })).toMatchObject({ status: "running" });
    expect((await (await stage.trainer(1)).trainJob()).resumeFrom).toBeNull();
  });

  it("refuses what makes no sense, and says why", async () => {
    const stage = await openStage();
    const { id } = await stage.client.runs.start({ recipe: irisRecipe });
    const trainer = await stage.trainer(0);
    await trainer.trainJob();
    const running = await refused(stage.client.runs.resume({ id }));
    expect(running.kind).toBe("conflict");
    expect(running.message).toContain("running in this studio");
    expect((await refused(stage.client.runs.remove({ ids: [id] }))).kind).toBe("conflict");
    trainer.finish("completed");
    await untilStatus(stage, id, "completed");
    expect((await refused(stage.client.runs.resume({ id }))).message).toContain("completed");
    expect((await refused(stage.client.runs.pause({ id }))).kind).toBe("conflict");
  });
});

describe("trainers that do not say goodbye", () => {
  it("killed: interrupted, with what happened and where a resume goes on", async () => {
    const stage = await openStage();
    const { id } = await stage.client.runs.start({ recipe: irisRecipe });
    const trainer = await stage.trainer(0);
    await trainer.trainJob();
    trainer.metrics(block("train.loss", 1, 8));
    trainer.checkpoint(record("last", 8));
    trainer.metrics(block("train.loss", 9, 12));
    trainer.exit(null, "SIGKILL");
    const run = await untilStatus(stage, id, "interrupted");
    expect(run.step).toBe(12);
    expect(run.events.at(-1)).toMatchObject({
      level: "error",
      text: "The trainer was ended by SIGKILL at step 12, perhaps out of memory. Resume continues from step 8.",
    });
    await stage.client.runs.resume({ id });
    const second = await stage.trainer(1);
    await second.trainJob();
    second.metrics(block("train.loss", 9, 14));
    second.finish("completed");
    await untilStatus(stage, id, "completed");
    const [series] = await stage.client.runs.metrics({ id });
    expect(series).toMatchObject({ total: 14 });
    expect(series?.points.map(({ step }) => step)).toEqual(Array.from({ length: 14 }, (_, i) => i + 1));
  });

  it("failed: the problems are kept with the run", async () => {
    const stage = await openStage();
    const { id } = await stage.client.runs.start({ recipe: irisRecipe });
    const trainer = await stage.trainer(0);
    await trainer.trainJob();
    const problems = [
      { place: "step 3, epoch 1", expected: "the training loss must stay a finite number", received: "NaN", remedy: "Lower the learning rate." },
    ];
    trainer.metrics(block("train.loss", 1, 2));
    trainer.say({ type: "failed", kind: "environment", problems, detail: "" });
    trainer.exit(1, null);
    expect(await untilStatus(stage, id, "failed")).toMatchObject({ problems, step: 2 });
  });

  it("a trainer that cannot be started fails the run and the next one goes on", async () => {
    let broken = true;
    const stage = await openStage(temporaryHome(), "web", () => {
      if (broken) throw new Error("no more processes");
    });
    const first = await stage.client.runs.start({ recipe: irisRecipe });
    const failed = await untilStatus(stage, first.id, "failed");
    expect(english(failed.problems[0]?.received)).toBe("no more processes");
    broken = false;
    await stage.client.runs.resume({ id: first.id });
    expect((await (await stage.trainer(0)).trainJob()).run).toBe(first.id);
  });
});

describe("finding runs", () => {
  it("takes any beginning of three characters that names one", async () => {
    const stage = await openStage();
    const { id } = await stage.client.runs.start({ recipe: irisRecipe });
    expect((await stage.client.runs.get({ id: id.slice(0, 3) })).id).toBe(id);
    expect((await stage.client.runs.get({ id: id.toUpperCase() })).id).toBe(id);
    const short = await refused(stage.client.runs.get({ id: id.slice(0, 2) }));
    expect(short.kind).toBe("missing");
    expect(short.message).toContain(id);
    const near = await refused(stage.client.runs.get({ id: `${id.slice(0, 7)}!` }));
    expect(near.message).toContain(`Did you mean ${id}?`);
  });

  it("hides removed runs, restores them, and deletes them when the next studio starts", async () => {
    const home = temporaryHome();
    const stage = await openStage(home);
    const { id } = await stage.client.runs.start({ recipe: irisRecipe });
    const trainer = await stage.trainer(0);
    const { folder } = await trainer.trainJob();
    trainer.metrics(block("train.loss", 1, 5));
    trainer.finish("completed");
    await untilStatus(stage, id, "completed");
    expect(await stage.client.runs.rename({ id, name: "renamed" })).toMatchObject({ name: "renamed" });
    expect(await stage.client.runs.remove({ ids: [id.slice(0, 4)] })).toEqual([id]);
    expect(await stage.client.runs.list()).toEqual([]);
    expect((await refused(stage.client.runs.get({ id }))).kind).toBe("missing");
    expect(await stage.client.runs.restore({ ids: [id] })).toEqual([id]);
    expect(await stage.client.runs.list()).toMatchObject([{ id, name: "renamed" }]);
    await stage.client.runs.remove({ ids: [id] });
    expect(existsSync(folder)).toBe(true);
    await stage.studio.close();
    const next = await openStage(home);
    await vi.waitFor(() => expect(existsSync(folder)).toBe(false));
    expect((await refused(next.client.runs.restore({ ids: [id] }))).kind).toBe("missing");
    expect(await next.client.runs.list()).toEqual([]);
  });
});

describe("evaluating", () => {
  it("gives the best checkpoint to a trainer of its own and returns what it measures", async () => {
    const stage = await openStage();
    const { id } = await stage.client.runs.start({ recipe: irisRecipe });
    expect((await refused(stage.client.runs.evaluate({ id }))).kind).toBe("missing");
    const trainer = await stage.trainer(0);
    const { folder } = await trainer.trainJob();
    trainer.checkpoint(record("best", 7), record("last", 9));
    trainer.finish("completed");
    await untilStatus(stage, id, "completed");
    const evaluating = stage.client.runs.evaluate({ id, split: "validation" });
    const evaluator = await stage.trainer(1);
    await vi.waitFor(() =>
      expect(evaluator.job).toMatchObject({ type: "evaluate", run: id, checkpoint: path.join(folder, "best-7.safetensors"), split: "validation" }),
    );
    evaluator.finish("completed", { "validation.loss": 0.25 });
    expect(await evaluating).toEqual({ "validation.loss": 0.25 });
    const crashing = stage.client.runs.evaluate({ id });
    (await stage.trainer(2)).exit(null, "SIGKILL");
    expect((await refused(crashing)).message).toContain("SIGKILL");
  });
});

describe("a disk that takes no more", () => {
  it("fails the run with the reason, acknowledges nothing it could not keep, and records the end when it can", async () => {
    const stage = await openStage();
    const { id } = await stage.client.runs.start({ recipe: irisRecipe });
    const trainer = await stage.trainer(0);
    await trainer.trainJob();
    const kept = trainer.metrics(block("train.loss", 1, 4));
    await vi.waitFor(() => expect(trainer.acknowledged).toBe(kept));
    // The same effect as a full disk, at the same place: SQLite refuses to grow the file.
    const other = openHistory(path.join(stage.home, "history.sqlite"));
    other.connection.execute("CREATE TRIGGER full BEFORE INSERT ON metric BEGIN SELECT RAISE(ABORT, 'refused'); END");
    trainer.metrics(block("train.loss", 5, 8));
    const run = await untilStatus(stage, id, "failed");
    expect(trainer.killed).toBe(true);
    expect(trainer.acknowledged).toBe(kept);
    expect(english(run.problems[0]?.received)).toContain("refused");
    other.connection.execute("DROP TRIGGER full");
    other.connection.close();
    await stage.client.runs.resume({ id });
    const second = await stage.trainer(1);
    await second.trainJob();
    second.metrics(block("train.loss", 1, 9));
    second.finish("completed");
    await untilStatus(stage, id, "completed");
    expect((await stage.client.runs.metrics({ id }))[0]?.total).toBe(9);
  });
});

describe("what comes with the studio", () => {
  it("lists starters and data sets, and says what it is", async () => {
    const { client, home } = await openStage();
    const starters = await client.recipes.list();
    expect(starters.map(({ name }) => name)).toEqual(expect.arrayContaining(["digits-cnn", "fashion-cnn", "iris-mlp"]));
    for (const { recipe, name } of starters) expect(english((await client.recipes.check({ recipe })).problems), name).toEqual([]);
    expect((await client.datasets.list()).map(({ name }) => name)).toContain("iris");
    expect(await client.system.info()).toMatchObject({ host: "web", home, version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
  });

  it("names the field of an input that does not fit the contract", async () => {
    const { studio } = await openStage();
    const client = clientOf(studio);
    const fault = await refused(client.runs.metrics({ id: "abc", maxPoints: 1 }));
    expect(fault.kind).toBe("usage");
    expect(fault.problems[0]?.place).toBe("runs.metrics.maxPoints");
  });
});
