/**
 * A studio in a temporary home whose trainers are scripted: a test plays the trainer's part message by message, over the same
 * seam that real processes use.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createRouterClient } from "@orpc/server";
import { expect, onTestFinished, vi } from "vitest";
import { createStudio, type Studio, type StudioOptions } from "../../src/main/studio.ts";
import type { HostToTrainer, TrainerJob, TrainerToHost } from "../../src/main/training/protocol.ts";
import type { CheckpointRecord, MetricBlock } from "../../src/main/training/records.ts";
import { sealedSafetensors } from "../../src/main/training/safetensors.ts";
import { forkTrainer, type TrainerProcess } from "../../src/main/training/spawn.ts";
import { faultOf } from "../../src/shared/contract/faults.ts";
import type { Fault } from "../../src/shared/kit/fault.ts";
import type { RecipeInput } from "../../src/shared/recipe/recipe.ts";

export function temporaryHome(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), "descent-studio-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return path.join(folder, "home");
}

/** One trainer, played by the test. */
export class ScriptedTrainer implements TrainerProcess {
  pid: number | undefined = undefined;
  readonly received: HostToTrainer[] = [];
  killed = false;
  /** Whether it waits for another job after one, as the host asks. */
  stays = false;
  /** What happens on a halt; the default leaves at once without a checkpoint. */
  onHalt: (reason: "pause" | "stop" | "interrupt") => void = () => this.finish("halted");
  #sequence = 0;
  #listener: (message: TrainerToHost) => void = () => {};
  #exit: (code: number | null, signal: string | null) => void = () => {};

  send(message: HostToTrainer): void {
    this.received.push(message);
    if (message.type === "halt") setImmediate(() => this.onHalt(message.reason));
  }

  onMessage(listener: (message: TrainerToHost) => void): void {
    this.#listener = listener;
    setImmediate(() => listener({ type: "ready" }));
  }

  onExit(listener: (code: number | null, signal: string | null) => void): void {
    this.#exit = listener;
  }

  kill(): void {
    this.killed = true;
    this.exit(null, "SIGKILL");
  }

  say(message: TrainerToHost): void {
    this.#listener(message);
  }

  /** Sends metrics as one message. @returns its sequence number */
  metrics(...blocks: readonly MetricBlock[]): number {
    this.#sequence += 1;
    this.say({ type: "metrics", sequence: this.#sequence, blocks });
    return this.#sequence;
  }

  /** Writes the files and reports them, as a trainer does. */
  checkpoint(...records: readonly CheckpointRecord[]): void {
    const { job } = this;
    if (job?.type !== "train") throw new Error("no job to train yet");
    this.say({ type: "checkpoint", records: records.map((about) => ({ ...about, hash: writeCheckpoint(job.folder, about) })) });
  }

  finish(outcome: "completed" | "halted", metrics: Readonly<Record<string, number>> = {}): void {
    this.say({ type: "done", outcome, metrics, seconds: 1 });
    if (this.stays) this.say({ type: "idle" });
    else this.exit(0, null);
  }

  exit(code: number | null, signal: string | null): void {
    const listener = this.#exit;
    this.#exit = () => {};
    listener(code, signal);
  }

  get job(): TrainerJob | undefined {
    return this.received.findLast((message) => message.type === "job")?.job;
  }

  /** The job once it has come, which must be to train. */
  async trainJob(): Promise<Extract<TrainerJob, { readonly type: "train" }>> {
    return vi.waitFor(() => {
      if (this.job?.type !== "train") throw new Error("no job to train yet");
      return this.job;
    });
  }

  get acknowledged(): number {
    return this.received.reduce((highest, message) => (message.type === "committed" ? message.sequence : highest), 0);
  }
}

export interface Stage {
  readonly studio: Studio;
  readonly client: ReturnType<typeof clientOf>;
  readonly trainers: ScriptedTrainer[];
  readonly home: string;
  /** The n-th trainer that was started, from 0. */
  trainer(index: number): Promise<ScriptedTrainer>;
}

export function clientOf(studio: Studio) {
  return createRouterClient(studio.router);
}

/** @param prepare what each trainer does differently, before it gets its job */
export async function openStage(
  home = temporaryHome(),
  host: StudioOptions["host"] = "web",
  prepare: (trainer: ScriptedTrainer) => void = () => {},
  capacity: StudioOptions["capacity"] = undefined,
): Promise<Stage> {
  const trainers: ScriptedTrainer[] = [];
  const studio = await createStudio({
    home,
    host,
    spawnTrainer: () => {
      const trainer = new ScriptedTrainer();
      prepare(trainer);
      trainers.push(trainer);
      return trainer;
    },
    // What reads data is real.
    spawnRoom: forkTrainer,
    // The queue is the same on every machine.
    capacity: { cores: 2, memoryBytes: 2 ** 30, ...capacity },
  });
  onTestFinished(() => studio.close());
  return {
    studio,
    client: clientOf(studio),
    trainers,
    home,
    trainer: (index) =>
      vi.waitFor(() => {
        const trainer = trainers[index];
        if (trainer === undefined) throw new Error(`trainer ${index} was not started`);
        return trainer;
      }),
  };
}

/** 104 training samples in batches of 16: 7 steps an epoch, 70 in all. */
export const irisRecipe: RecipeInput = {
  name: "iris",
  seed: 7,
  data: { source: { type: "shipped", name: "iris" } },
  model: { layers: [{ type: "dense", units: 8 }, { type: "relu" }, { type: "dense", units: 3 }] },
  loss: { type: "softmaxCrossEntropy" },
  optimizer: { type: "sgd" },
  batch: { size: 16 },
  budget: { epochs: 10 },
};

export const STEPS_PER_EPOCH = 7;

/** A training loss that is a function of the step, as a deterministic trainer's is. */
export const lossAt = (step: number) => 1 / step;

export function block(name: string, from: number, to: number, value: (step: number) => number = lossAt): MetricBlock {
  const steps = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return { name, steps, epochs: steps.map((step) => Math.ceil(step / STEPS_PER_EPOCH)), values: steps.map(value), wallTimeMs: 1_700_000_000_000 };
}

export function record(kind: "last" | "best", step: number): CheckpointRecord {
  return { kind, file: `${kind}-${step}.safetensors`, step, epoch: Math.ceil(step / STEPS_PER_EPOCH), hash: "00", metrics: {} };
}

/** A small checkpoint file. @returns its seal */
export function writeCheckpoint(folder: string, { file, step, epoch }: Omit<CheckpointRecord, "hash">): string {
  const tensors = new Map([["dense1/weight", { shape: [2], data: new Float32Array([1, 2]) }]]);
  const { chunks, seal } = sealedSafetensors(tensors, { stamp: JSON.stringify({ step, epoch, batch: 0, best: null }) });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, file), Buffer.concat(chunks));
  return seal;
}

/** Waits until the run has a status. */
export async function untilStatus({ client }: Pick<Stage, "client">, id: string, status: string) {
  return vi.waitFor(
    async () => {
      const run = await client.runs.get({ id });
      expect(run.status).toBe(status);
      return run;
    },
    { timeout: 10_000 },
  );
}

/** The fault that a call ends with, as its caller sees it. */
export async function refused(work: Promise<unknown>): Promise<Fault> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  const fault = faultOf(error);
  if (fault === null) throw new Error("no fault came", { cause: error });
  return fault;
}
