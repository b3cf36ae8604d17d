import { type ChildProcess, fork, spawn } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openHistory } from "../../src/main/history/history.ts";
import { createStudio } from "../../src/main/studio.ts";
import type { MetricBlock } from "../../src/main/training/records.ts";
import { writeSafetensors } from "../../src/main/training/safetensors.ts";
import type { StudioEvent } from "../../src/shared/contract/system.ts";
import { block, irisRecipe, openStage, record, refused, ScriptedTrainer, type Stage, temporaryHome, untilStatus } from "./harness.ts";

/** Another process with a run in the home. */
async function elsewhere(home: string, host: "cli" | "web"): Promise<{ readonly child: ChildProcess; readonly run: string; end(): Promise<void> }> {
  const child = fork(fileURLToPath(new URL("./child.ts", import.meta.url)), [home, host], { stdio: ["ignore", "inherit", "inherit", "ipc"], execArgv: [] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const run = await new Promise<string>((resolve, reject) => {
    child.once("message", (id) => resolve(String(id)));
    child.once("exit", () => reject(new Error("the other process ended without a word")));
  });
  const end = async () => {
    child.kill("SIGKILL");
    await gone;
  };
  return { child, run, end };
}

/** Waits until the home's first run has so many steps. */
async function untilRows(home: string, steps: number): Promise<void> {
  const history = openHistory(path.join(home, "history.sqlite"));
  await vi.waitFor(() => expect(history.metrics.lastSteps(1).get("train.loss")).toBeGreaterThan(steps), { timeout: 10_000 });
  history.connection.close();
}

describe("a second studio on the same home", () => {
  it("is refused, says what to do, and harms nothing", async () => {
    const { home, client } = await openStage();
    const fault = await refused(createStudio({ home, host: "electron", spawnTrainer: () => new ScriptedTrainer() }));
    expect(fault.kind).toBe("conflict");
    expect(fault.message).toContain("Use that one, close it first, or choose another home with --home.");
    expect(await client.runs.list()).toEqual([]);
  });

  it("is refused across processes and welcome when the first was ended by SIGKILL", async () => {
    const home = temporaryHome();
    const other = await elsewhere(home, "web");
    expect((await refused(createStudio({ home, host: "web", spawnTrainer: () => new ScriptedTrainer() }))).kind).toBe("conflict");
    await untilRows(home, 5);
    await other.end();
    const stage = await openStage(home);
    const run = await stage.client.runs.get({ id: other.run });
    expect(run.status).toBe("interrupted");
    expect(run.events.at(-1)?.text).toMatch(/^The process that trained it ended unexpectedly at step \d+\. Resume starts again from the beginning\.$/);
    expect(run.step).toBeGreaterThan(5);
    const [series] = await stage.client.runs.metrics({ id: other.run, maxPoints: 10_000 });
    expect(series?.points.map(({ step }) => step)).toEqual(Array.from({ length: run.step }, (_, i) => i + 1));
    await vi.waitFor(() => expect(readdirSync(path.join(home, "hosts"))).toHaveLength(1));
  });

  it("may be a command line's, with runs of its own", async () => {
    const stage = await openStage();
    const beside = await openStage(stage.home, "cli");
    const { id } = await beside.client.runs.start({ recipe: irisRecipe });
    await (await beside.trainer(0)).trainJob();
    expect(await stage.client.runs.list()).toMatchObject([{ id, status: "running" }]);
    expect((await refused(stage.client.runs.pause({ id }))).message).toContain("another Descent process");
  });
});

describe("a run of another process", () => {
  it("can be watched but not touched, until that process dies", async () => {
    const stage = await openStage();
    const events: StudioEvent[] = [];
    const stream = await stage.client.system.events();
    void (async () => {
      for await (const event of stream) events.push(event);
    })();
    const other = await elsewhere(stage.home, "cli");
    await untilStatus(stage, other.run, "running");
    await vi.waitFor(
      () => expect(events).toContainEqual({ type: "runs", ids: [other.run], rows: [expect.objectContaining({ id: other.run, status: "running" })] }),
      { timeout: 10_000 },
    );
    const resume = await refused(stage.client.runs.resume({ id: other.run }));
    expect(resume.kind).toBe("conflict");
    expect(resume.message).toContain("in another running Descent process");
    expect((await refused(stage.client.runs.stop({ id: other.run }))).kind).toBe("conflict");

    const follow = await stage.client.runs.follow({ id: other.run, metrics: true });
    const seen: number[] = [];
    let ended = "";
    for await (const event of follow) {
      if (event.type === "metrics") seen.push(...event.rows.map(({ step }) => step));
      if (seen.length > 20 && other.child.exitCode === null && !other.child.killed) other.child.kill("SIGKILL");
      if (event.type === "ended") ended = event.run.status;
    }
    expect(seen).toEqual(Array.from({ length: seen.length }, (_, i) => (seen[0] ?? 0) + i));
    expect(ended).toBe("interrupted");
    expect(await stage.client.runs.resume({ id: other.run })).toMatchObject({ status: "running" });
    expect(await (await stage.trainer(0)).trainJob()).toMatchObject({ run: other.run, resumeFrom: null });
  });
});

describe("closing", () => {
  it("halts what trains with a checkpoint, interrupts what waits, and another studio can go on", async () => {
    const home = temporaryHome();
    const stage = await openStage(home);
    const first = await stage.client.runs.start({ recipe: irisRecipe });
    const second = await stage.client.runs.start({ recipe: irisRecipe });
    const trainer = await stage.trainer(0);
    await trainer.trainJob();
    trainer.onHalt = (reason) => {
      expect(reason).toBe("interrupt");
      trainer.metrics(block("train.loss", 1, 6));
      trainer.checkpoint(record("last", 6));
      trainer.finish("halted");
    };
    await Promise.all([stage.studio.close(), stage.studio.close()]);
    const next = await openStage(home);
    expect(await next.client.runs.get({ id: first.id })).toMatchObject({ status: "interrupted", step: 6, checkpoints: [{ kind: "last", step: 6 }] });
    expect(await next.client.runs.get({ id: second.id })).toMatchObject({ status: "interrupted", step: 0 });
    await next.client.runs.resume({ id: first.id });
    expect((await (await next.trainer(0)).trainJob()).resumeFrom).toMatch(/last-6\.safetensors$/);
  });

  it("does not undo what a person has asked for", async () => {
    const home = temporaryHome();
    const stage = await openStage(home);
    const { id } = await stage.client.runs.start({ recipe: irisRecipe });
    const trainer = await stage.trainer(0);
    await trainer.trainJob();
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    trainer.onHalt = () => resolve();
    void stage.client.runs.pause({ id }).catch(() => {});
    await asked;
    trainer.onHalt = () => trainer.finish("halted");
    await stage.studio.close();
    const next = await openStage(home);
    expect((await next.client.runs.get({ id })).status).toBe("paused");
  });
});

describe("a checkpoint that no row refers to", () => {
  const tensors = new Map([["dense1/weight", { shape: [2], data: new Float32Array([1, 2]) }]]);

  /** Writes a checkpoint as a trainer does that has lost its host. */
  async function orphan(
    folder: string,
    step: number,
    pending: readonly MetricBlock[],
    best: { readonly step: number; readonly epoch: number; readonly metrics: Readonly<Record<string, number>>; readonly file: string } | null,
  ): Promise<void> {
    mkdirSync(folder, { recursive: true });
    const { hash: _, ...about } = record("last", step);
    await writeSafetensors(path.join(folder, about.file), tensors, {
      record: JSON.stringify(about),
      pending: JSON.stringify(pending),
      stamp: JSON.stringify({ step, epoch: 1, batch: 0, best }),
    });
  }

  /** A run with a checkpoint at step 8 and metrics up to 10, whose host then died. */
  async function abandoned(): Promise<{ readonly home: string; readonly id: string; readonly folder: string }> {
    const home = temporaryHome();
    const stage = await openStage(home);
    const { id } = await stage.client.runs.start({ recipe: irisRecipe });
    const trainer = await stage.trainer(0);
    const { folder } = await trainer.trainJob();
    trainer.metrics(block("train.loss", 1, 8), block("validation.loss", 7, 7));
    trainer.checkpoint(record("last", 8), record("best", 7));
    trainer.metrics(block("train.loss", 9, 10));
    trainer.exit(null, "SIGKILL");
    await untilStatus(stage, id, "interrupted");
    await stage.studio.close();
    return { home, id, folder };
  }

  async function resumed(home: string, id: string): Promise<{ readonly stage: Stage; readonly resumeFrom: string; readonly leftovers: readonly string[] }> {
    const stage = await openStage(home);
    await stage.client.runs.resume({ id });
    const { resumeFrom, leftovers } = await (await stage.trainer(0)).trainJob();
    return { stage, resumeFrom: path.basename(resumeFrom ?? ""), leftovers };
  }

  it("is taken in with the metrics it carries, and the best state it refers to", async () => {
    const { home, id, folder } = await abandoned();
    await writeSafetensors(path.join(folder, "best-14.safetensors"), tensors, {});
    await orphan(folder, 16, [block("train.loss", 9, 16), block("validation.loss", 14, 14)], {
      step: 14,
      epoch: 2,
      metrics: { "validation.loss": 1 / 14 },
      file: "best-14.safetensors",
    });
    writeFileSync(path.join(folder, "last-20.safetensors.tmp"), "half");
    const { stage, resumeFrom, leftovers } = await resumed(home, id);
    expect(resumeFrom).toBe("last-16.safetensors");
    const run = await stage.client.runs.get({ id });
    expect(run.checkpoints.map(({ file }) => file)).toEqual(["last-16.safetensors", "last-8.safetensors", "best-14.safetensors", "best-7.safetensors"]);
    for (const { hash } of run.checkpoints) expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(run.best).toEqual({ step: 14, epoch: 2, metrics: { "validation.loss": 1 / 14 }, by: "validation.loss", tested: true });
    expect(run.events.map(({ text }) => text).join(" ")).toContain("Adopted the checkpoint of step 16");
    const [train] = await stage.client.runs.metrics({ id, names: ["train.loss"] });
    expect(train?.points.map(({ step, value }) => [step, value])).toEqual(Array.from({ length: 16 }, (_, i) => [i + 1, 1 / (i + 1)]));
    expect(leftovers).toEqual(["last-20.safetensors.tmp"]);
  });

  it("is left over where it is older, damaged, without its best state, or does not say what it is", async () => {
    const { home, id, folder } = await abandoned();
    await orphan(folder, 5, [], null);
    await orphan(folder, 30, [], { step: 29, epoch: 5, metrics: {}, file: "best-29.safetensors" });
    await orphan(folder, 31, [], { step: 29, epoch: 5, metrics: {}, file: "../outside.safetensors" });
    writeFileSync(path.join(folder, "last-40.safetensors"), "not whole");
    await writeSafetensors(path.join(folder, "last-50.safetensors"), tensors, {});
    const { stage, resumeFrom, leftovers } = await resumed(home, id);
    expect(resumeFrom).toBe("last-8.safetensors");
    // The trainer deletes them once it has restored its state; until then all are there.
    expect([...leftovers].sort()).toEqual([5, 30, 31, 40, 50].map((step) => `last-${step}.safetensors`).sort());
    expect(readdirSync(folder)).toHaveLength(leftovers.length + 2);
    const said = (await stage.client.runs.get({ id })).events.map(({ text }) => text).join("\n");
    expect(said).toContain("cannot be used: best-29.safetensors (no such file).");
    expect(said).toContain("cannot be used: ../outside.safetensors leads out of the folder.");
    expect(said).toContain("cannot be used: last-40.safetensors (a header of");
  });

  it("is waited for while the trainer that lost its host still writes it", async () => {
    const { home, id, folder } = await abandoned();
    const writer = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"], { stdio: "ignore" });
    onTestFinished(() => void writer.kill("SIGKILL"));
    const history = openHistory(path.join(home, "history.sqlite"));
    history.runs.update(history.runs.withPrefix(id)[0]?.key ?? 0, { status: "running", owner: "gone", trainerPid: writer.pid ?? null });
    history.connection.close();
    const stage = await openStage(home);
    expect((await stage.client.runs.get({ id })).status).toBe("interrupted");
    await stage.client.runs.resume({ id });
    await orphan(folder, 12, [block("train.loss", 9, 12)], { step: 7, epoch: 1, metrics: {}, file: "best-7.safetensors" });
    expect(stage.trainers).toHaveLength(0);
    writer.kill("SIGKILL");
    expect((await (await stage.trainer(0)).trainJob()).resumeFrom).toMatch(/last-12\.safetensors$/);
  });
});
