/**
 * Supervises the trainer of one run: gives it its job, commits what it sends, acknowledges commits, and records how it ended.
 *
 * Commits are made one after the other in the order of the messages. A batch of metrics waits at most {@link FLUSH_MS}. A checkpoint immediately
 * commits all metrics received before it, and its rows together with the last of them; only then are the replaced files deleted. Only committed
 * metrics are acknowledged.
 */
import { rm } from "node:fs/promises";
import path from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import type { RunProgress, RunStatus, RunSummary } from "../../shared/contract/runs.ts";
import { assertNever, describeProblem, Fault, type Problem } from "../../shared/kit/fault.ts";
import type { Recipe } from "../../shared/recipe/recipe.ts";
import { splitRows } from "../history/metrics.ts";
import type { RunPatch } from "../history/runs.ts";
import type { HostToTrainer, TrainerToHost } from "../training/protocol.ts";
import type { CheckpointRecord, MetricBlock, TrainerProgress } from "../training/records.ts";
import type { TrainerProcess } from "../training/spawn.ts";
import type { StudioContext } from "./context.ts";
import { Digest } from "./digest.ts";
import { log } from "./log.ts";
import { describeExit, resumePoint } from "./words.ts";

/** Metrics are committed and sent to listeners at most this long after they arrived. */
const FLUSH_MS = 150;
/** Progress is sent at most five times per second. */
const PROGRESS_MS = 200;
/** A trainer that does not halt within this time is killed; it may be in the middle of an evaluation. */
const HALT_MS = 120_000;
const LAST_WORDS_MS = 50;

export type HaltReason = Extract<HostToTrainer, { readonly type: "halt" }>["reason"];

/** Distinguishes old rows of a run from those of its present start, for followers. */
export interface RunSession {
  /** The step that this start continues from; -1 for a start from the beginning, because there may be values of step 0. */
  readonly startStep: number;
  /** Series that already had a value at that step; an interrupted validation is measured again. */
  readonly measured: ReadonlySet<string>;
  /** The newest event before this start. */
  readonly startEvent: number;
  /** The last committed step of each series since. */
  readonly committed: Map<string, number>;
}

export interface SupervisedRun {
  readonly key: number;
  readonly id: string;
  readonly recipe: Recipe;
  readonly folder: string;
  readonly checkpointEvery: number | null;
  readonly resumeFrom: { readonly file: string; readonly step: number } | null;
  readonly bestLost: boolean;
  readonly leftovers: readonly string[];
  /** The newest event before this start. */
  readonly startEvent: number;
}

/** How a run ended, for its row. */
interface Ending {
  readonly status: RunStatus;
  readonly test?: Readonly<Record<string, number>>;
  readonly problems?: readonly Problem[];
  readonly event?: { readonly level: "info" | "warning" | "error"; readonly text: string };
}

export class Supervisor {
  readonly run: SupervisedRun;
  readonly session: RunSession;
  /** Resolves when the trainer has ended and the row says how. Never rejects. */
  readonly ended: Promise<void>;
  readonly #context: StudioContext;
  readonly #trainer: TrainerProcess;
  readonly #digest: Digest;
  readonly #before: RunSummary;
  readonly #startedAt = performance.now();
  #buffer: MetricBlock[] = [];
  #sequence = 0;
  #flushTimer: NodeJS.Timeout | undefined;
  #work: Promise<void> = Promise.resolve();
  #reason: HaltReason | null = null;
  #haltTimer: NodeJS.Timeout | undefined;
  #ending: Ending | null = null;
  #gaveUp = false;
  #progress: TrainerProgress | null = null;
  #totalSteps: number;
  #progressAt = Number.NEGATIVE_INFINITY;
  #progressTimer: NodeJS.Timeout | undefined;

  constructor(context: StudioContext, run: SupervisedRun) {
    const { history } = context;
    this.run = run;
    this.#context = context;
    this.#digest = new Digest(history, run.key, run.recipe, run.resumeFrom?.step ?? 0);
    this.#before = history.runs.summary(run.key);
    this.#totalSteps = this.#before.totalSteps;
    const startStep = run.resumeFrom?.step ?? -1;
    const measured = new Set(Object.keys(history.metrics.valuesAt(run.key, startStep)));
    this.session = { startStep, measured, startEvent: run.startEvent, committed: new Map() };
    this.#trainer = context.takeTrainer();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#trainer.onMessage((message) => this.#receive(message));
    this.#trainer.onExit((code, signal) => {
      const conclude = () => {
        this.#enqueue(() => this.#flush());
        void this.#work.then(() => this.#finish(code, signal)).then(resolve);
      };
      // A utility process's exit may be reported before its last messages.
      if (this.#ending === null) setTimeout(conclude, LAST_WORDS_MS);
      else conclude();
    });
    this.#enqueue(async () => history.runs.update(run.key, { trainerPid: this.#trainer.pid ?? null }));
  }

  get halting(): boolean {
    return this.#reason !== null;
  }

  /** Asks the trainer to write a checkpoint and end. The last reason given is recorded. */
  halt(reason: HaltReason): void {
    // The end of the studio does not override the user's request.
    if (reason !== "interrupt" || this.#reason === null) this.#reason = reason;
    this.#haltTimer ??= setTimeout(() => this.#trainer.kill(), HALT_MS);
    this.#trainer.send({ type: "halt", reason });
  }

  kill(): void {
    this.#trainer.kill();
  }

  #receive(message: TrainerToHost): void {
    const { run } = this;
    switch (message.type) {
      case "ready":
        this.#trainer.send({
          type: "job",
          job: {
            type: "train",
            run: run.id,
            recipe: run.recipe,
            folder: run.folder,
            resumeFrom: run.resumeFrom === null ? null : path.join(run.folder, run.resumeFrom.file),
            bestLost: run.bestLost,
            leftovers: run.leftovers,
            checkpointEvery: run.checkpointEvery,
          },
        });
        return;
      case "progress":
        this.#progress = message.progress;
        this.#noteTotal(message.progress.totalSteps);
        this.#tellProgress();
        return;
      case "metrics":
        this.#buffer.push(...message.blocks);
        this.#sequence = message.sequence;
        this.#flushTimer ??= setTimeout(() => this.#enqueue(() => this.#flush()), FLUSH_MS);
        return;
      case "checkpoint": {
        const blocks = this.#take();
        const sequence = this.#sequence;
        this.#enqueue(() => this.#commit(blocks, sequence, message.records));
        return;
      }
      case "range":
      case "predictions":
      case "exported":
      case "inspection":
      case "answer":
      case "refusal":
      case "idle":
        // These come only from unsupervised jobs (range tests, predictions, inspections, the data room), and the last one reaches only the pool.
        return;
      case "log":
        this.#enqueue(async () => {
          const { events } = this.#context.history;
          if (message.once === true && events.has(run.key, message.text)) return;
          events.add(run.key, message.level, message.text);
          this.#context.hub.wake();
        });
        return;
      case "done":
        if (this.#gaveUp) return;
        this.#ending = message.outcome === "completed" ? { status: "completed", test: message.metrics } : { status: statusAfter(this.#reason) };
        return;
      case "failed":
        if (this.#gaveUp) return;
        log.error({ run: run.id, detail: message.detail }, "run failed");
        this.#ending = {
          status: "failed",
          problems: message.problems,
          event: { level: "error", text: message.problems.map(describeProblem).join(" ") },
        };
        return;
      default:
        assertNever(message);
    }
  }

  #take(): readonly MetricBlock[] {
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    const blocks = this.#buffer;
    this.#buffer = [];
    return blocks;
  }

  async #flush(): Promise<void> {
    const blocks = this.#take();
    if (blocks.length > 0) await this.#commit(blocks, this.#sequence, []);
  }

  async #commit(blocks: readonly MetricBlock[], sequence: number, records: readonly CheckpointRecord[]): Promise<void> {
    const { history, hub } = this.#context;
    const { connection } = history;
    const { key, id, folder } = this.run;
    const parts = [...splitRows(blocks)];
    const last = parts.pop() ?? [];
    for (const part of parts) {
      connection.transaction(() => this.#digest.write(part));
      // Yields to the event loop between transactions.
      await breathe();
    }
    const activeMs = this.#activeMs();
    if (records.length === 0) connection.transaction(() => this.#digest.write(last, { activeMs }));
    else {
      const replaced = connection.durably(() => {
        this.#digest.write(last, { activeMs });
        return history.checkpoints.put(key, records);
      });
      // A file that cannot be deleted now is deleted at the run's next start.
      await Promise.allSettled(replaced.map((file) => rm(path.join(folder, file), { force: true })));
    }
    for (const { name, steps } of blocks) {
      const step = steps.at(-1);
      if (step !== undefined) this.session.committed.set(name, step);
    }
    this.#trainer.send({ type: "committed", sequence });
    if (records.length > 0 || blocks.some(({ name }) => name.startsWith("validation."))) hub.runs(id);
    else hub.wake();
  }

  /** Runs pieces of work one after the other. If the history fails, the run ends. */
  #enqueue(work: () => Promise<void>): void {
    this.#work = this.#work.then(async () => {
      if (this.#gaveUp) return;
      try {
        await work();
      } catch (error) {
        this.#giveUp(error);
      }
    });
  }

  /**
   * The history could not commit. Nothing further is acknowledged, and the trainer ends: a resume repeats the steps after the last checkpoint with a
   * row, and with them every metric that was not committed.
   */
  #giveUp(error: unknown): void {
    const problems = error instanceof Fault ? error.problems : [internalProblem(error)];
    if (!(error instanceof Fault)) log.error({ run: this.run.id, err: error }, "a commit failed");
    this.#gaveUp = true;
    this.#ending = {
      status: "failed",
      problems,
      event: { level: "error", text: `${problems.map(describeProblem).join(" ")} ${this.#resumePoint()}` },
    };
    this.#trainer.kill();
  }

  #finish(code: number | null, signal: string | null): void {
    for (const timer of [this.#flushTimer, this.#haltTimer, this.#progressTimer]) clearTimeout(timer);
    const { history, hub, unwritten } = this.#context;
    const { key, id } = this.run;
    const ending = this.#ending ?? this.#endingWithoutWord(code, signal);
    const endedAt = Date.now();
    const patch: RunPatch = {
      status: ending.status,
      endedAt,
      activeMs: this.#activeMs(),
      trainerPid: null,
      owner: null,
      problems: ending.problems ?? [],
      test: ending.test ?? this.#before.test,
    };
    const write = () =>
      history.connection.transaction(() => {
        history.runs.update(key, patch);
        if (ending.event) history.events.add(key, ending.event.level, ending.event.text);
      });
    try {
      write();
    } catch (error) {
      log.error({ run: id, err: error }, "the end of a run could not be recorded");
      unwritten.set(key, { shown: { status: ending.status, endedAt, problems: ending.problems ?? [] }, write });
    }
    this.#publish(ending.status);
    hub.runs(id);
  }

  #endingWithoutWord(code: number | null, signal: string | null): Ending {
    const text = `${describeExit(code, signal, this.#digest)} ${this.#resumePoint()}`;
    return { status: statusAfter(this.#reason), event: { level: this.#reason === null ? "error" : "warning", text } };
  }

  /** Empty if even the history cannot be read. */
  #resumePoint(): string {
    try {
      return resumePoint(this.#context.history, this.run.key);
    } catch {
      return "";
    }
  }

  #activeMs(): number {
    return this.#before.activeMs + Math.round(performance.now() - this.#startedAt);
  }

  /** A split by groups or bootstrap may give another number of training samples than estimated. */
  #noteTotal(totalSteps: number): void {
    if (totalSteps === 0 || totalSteps === this.#totalSteps) return;
    this.#totalSteps = totalSteps;
    this.#enqueue(async () => {
      this.#context.history.runs.update(this.run.key, { totalSteps });
      this.#context.hub.runs(this.run.id);
    });
  }

  #tellProgress(): void {
    if (this.#progressTimer !== undefined) return;
    const wait = this.#progressAt + PROGRESS_MS - performance.now();
    if (wait <= 0) this.#publish("running");
    else
      this.#progressTimer = setTimeout(() => {
        this.#progressTimer = undefined;
        this.#publish("running");
      }, wait);
  }

  #publish(status: RunStatus): void {
    this.#progressAt = performance.now();
    const { totalEpochs } = this.#before;
    const totalSteps = this.#totalSteps;
    const now = this.#progress;
    // A trainer does not know the run's progress until it trains.
    const trains = now !== null && (now.phase === "training" || now.phase === "evaluating");
    const step = trains ? now.step : (this.run.resumeFrom?.step ?? 0);
    const stepsPerSecond = trains ? now.stepsPerSecond : null;
    const running = status === "running";
    const progress: RunProgress = {
      run: this.run.id,
      status,
      phase: running ? (now?.phase ?? "preparing") : "ended",
      step: running ? step : this.#digest.step,
      totalSteps,
      epoch: trains ? now.epoch : this.#before.epoch,
      totalEpochs,
      stepsPerSecond: running ? stepsPerSecond : null,
      samplesPerSecond: running && trains ? now.samplesPerSecond : null,
      remainingMs: running && stepsPerSecond ? ((totalSteps - step) / stepsPerSecond) * 1000 : null,
    };
    this.#context.hub.progress(progress);
  }
}

function statusAfter(reason: HaltReason | null): RunStatus {
  return reason === "pause" ? "paused" : reason === "stop" ? "stopped" : "interrupted";
}

function internalProblem(error: unknown): Problem {
  return {
    place: "the history",
    expected: "must accept what is written to it",
    received: error instanceof Error ? error.message : String(error),
    remedy: "This is a bug in Descent; the log holds the details.",
  };
}
