/**
 * The queue of a studio's runs, and the runs that are training. Several train at once as long as their threads fit the cores and their estimated memory
 * the machine's. The order of the queue is kept: a run that does not fit yet holds back those behind it, so that it is not passed for ever.
 */
import os from "node:os";
import type { QueuedRun, RunProgress } from "../../shared/contract/runs.ts";
import { Fault } from "../../shared/kit/fault.ts";
import { adoptCheckpoints } from "./adopt.ts";
import type { StudioContext } from "./context.ts";
import { log } from "./log.ts";
import { recipeOf } from "./recipeOf.ts";
import { startPoint } from "./startPoint.ts";
import { type HaltReason, type RunSession, Supervisor } from "./supervisor.ts";

/** Fraction of the machine's memory that trainings may have together; a run alone may have all of it. */
const MEMORY_FRACTION = 0.75;

/** How long trainers may take for their last checkpoint when the studio ends. */
const CLOSE_MS = 10_000;

/** What the runs of a studio may use together. */
export interface Capacity {
  readonly cores: number;
  readonly memoryBytes: number;
}

const machine = (): Capacity => ({ cores: os.availableParallelism(), memoryBytes: MEMORY_FRACTION * os.totalmem() });

/** How a run waits. */
export interface QueueOptions {
  /** A trial of a study waits behind every run that the user started. */
  readonly rank?: QueuedRun["rank"];
  /** As estimated from its shapes; 0 where it is not known. */
  readonly memoryBytes?: number;
}

interface Waiting extends Required<QueueOptions> {
  readonly key: number;
  readonly id: string;
  readonly threads: number;
}

/** A run that has left the queue and not ended. */
interface Active extends Pick<Waiting, "threads" | "memoryBytes"> {
  supervisor: Supervisor | null;
  /** A halt requested before there was a trainer. */
  reason: HaltReason | null;
  readonly ended: Promise<void>;
}

export class Scheduler {
  readonly #context: StudioContext;
  readonly #capacity: Capacity;
  #queue: Waiting[] = [];
  readonly #active = new Map<number, Active>();
  readonly #sessions = new Map<number, RunSession>();
  #closing = false;

  constructor(context: StudioContext, capacity = machine()) {
    this.#context = context;
    this.#capacity = capacity;
  }

  get closing(): boolean {
    return this.#closing;
  }

  /** Appends one of our `queued` runs to those of its rank. */
  enqueue(key: number, id: string, { rank = "user", memoryBytes = 0 }: QueueOptions = {}): void {
    const { history, hub } = this.#context;
    this.#sessions.delete(key);
    const waiting = { key, id, rank, memoryBytes, threads: threadsOf(history, key, id) };
    const trials = rank === "user" ? this.#queue.findIndex((each) => each.rank === "trial") : -1;
    this.#queue.splice(trials < 0 ? this.#queue.length : trials, 0, waiting);
    hub.progress(idleProgress(history.runs.summary(key), "queued"));
    hub.runs(id);
    this.#next();
  }

  /** Takes a waiting run out of the queue. @returns whether it was waiting */
  dequeue(key: number): boolean {
    const index = this.#queue.findIndex((waiting) => waiting.key === key);
    if (index >= 0) this.#queue.splice(index, 1);
    return index >= 0;
  }

  /** The waiting runs in the order in which they will start. */
  get queue(): readonly QueuedRun[] {
    return this.#queue.map(({ id, rank }) => ({ id, rank }));
  }

  /** Puts waiting runs first, in this order; the others follow as they are. Ids that do not wait are ignored. */
  reorder(ids: readonly string[]): void {
    const place = new Map(ids.map((id, index) => [id, index]));
    const placeOf = ({ id }: Waiting) => place.get(id) ?? ids.length;
    this.#queue = this.#queue.toSorted((a, b) => placeOf(a) - placeOf(b));
    this.#context.hub.runs(...this.#queue.map(({ id }) => id));
    this.#next();
  }

  /** Whether the run has left the queue and not ended. */
  isActive(key: number): boolean {
    return this.#active.has(key);
  }

  /** Whether it was asked to halt. */
  isHalting(key: number): boolean {
    const active = this.#active.get(key);
    return active !== undefined && (active.reason !== null || active.supervisor?.halting === true);
  }

  halt(key: number, reason: HaltReason): void {
    const active = this.#active.get(key);
    if (active === undefined) return;
    if (active.supervisor === null) active.reason = reason;
    else active.supervisor.halt(reason);
  }

  /** Resolves when the run is no longer active, or after a given time. */
  async settled(key: number, atMostMs?: number): Promise<void> {
    const ended = this.#active.get(key)?.ended;
    if (ended !== undefined) await (atMostMs === undefined ? ended : withinTime(ended, atMostMs));
  }

  /** The rows of the run's newest start in this studio; undefined before it. */
  session(key: number): RunSession | undefined {
    return this.#sessions.get(key);
  }

  /** Halts all runs, and kills those that do not halt in time. */
  async close(): Promise<void> {
    this.#closing = true;
    const { history, hub } = this.#context;
    for (const { key, id } of this.#queue.splice(0)) {
      try {
        history.connection.transaction(() => {
          history.runs.update(key, { status: "interrupted", owner: null, endedAt: Date.now() });
          history.events.add(key, "info", "The studio ended while the run waited in the queue.");
        });
      } catch (error) {
        // The next studio finds it, because its owner has ended.
        log.error({ run: id, err: error }, "a waiting run could not be recorded as interrupted");
      }
      hub.progress(idleProgress(history.runs.summary(key), "ended"));
      hub.runs(id);
    }
    const active = [...this.#active.entries()];
    for (const [key] of active) this.halt(key, "interrupt");
    await withinTime(Promise.all(active.map(([, { ended }]) => ended)), CLOSE_MS);
    for (const { supervisor } of this.#active.values()) supervisor?.kill();
    await Promise.all(active.map(([, { ended }]) => ended));
  }

  #next(): void {
    while (!this.#closing) {
      const [waiting] = this.#queue;
      if (waiting === undefined || !this.#fits(waiting)) return;
      this.#queue.shift();
      const { key, id, threads, memoryBytes } = waiting;
      const { promise, resolve } = Promise.withResolvers<void>();
      const active: Active = { threads, memoryBytes, supervisor: null, reason: null, ended: promise };
      this.#active.set(key, active);
      void this.#train(active, key, id)
        .catch((error: unknown) => this.#failed(key, id, error))
        .finally(() => {
          this.#active.delete(key);
          resolve();
          this.#next();
        });
    }
  }

  /** A run alone always fits: what it needs was checked when it was started. */
  #fits({ threads, memoryBytes }: Waiting): boolean {
    if (this.#active.size === 0) return true;
    const active = [...this.#active.values()];
    const usedThreads = active.reduce((sum, each) => sum + each.threads, 0);
    const usedBytes = active.reduce((sum, each) => sum + each.memoryBytes, 0);
    return usedThreads + threads <= this.#capacity.cores && usedBytes + memoryBytes <= this.#capacity.memoryBytes;
  }

  async #train(active: Active, key: number, id: string): Promise<void> {
    const { history, hub, layout } = this.#context;
    const { trainerPid, checkpointEvery } = history.runs.internals(key);
    const before = history.runs.summary(key);
    const startEvent = history.events.lastKey(key);
    history.runs.update(key, { status: "running", startedAt: before.startedAt ?? Date.now(), endedAt: null, problems: [], test: {} });
    hub.runs(id);
    await adoptCheckpoints(this.#context, key, id, trainerPid);
    const { from: last, bestLost, leftovers } = await startPoint(this.#context, key, id);
    if (active.reason !== null) return this.#haltedEarly(key, id, active.reason);
    if (before.startedAt !== null) history.events.add(key, "info", last === null ? "Started again from the beginning." : `Resumed from step ${last.step}.`);
    const supervisor = new Supervisor(this.#context, {
      key,
      id,
      recipe: recipeOf(history, key, id),
      folder: layout.runFolder(id),
      checkpointEvery,
      resumeFrom: last,
      bestLost,
      leftovers,
      startEvent,
    });
    active.supervisor = supervisor;
    this.#sessions.set(key, supervisor.session);
    hub.wake();
    await supervisor.ended;
  }

  #haltedEarly(key: number, id: string, reason: HaltReason): void {
    const { history, hub } = this.#context;
    history.runs.update(key, { status: reason === "pause" ? "paused" : reason === "stop" ? "stopped" : "interrupted", owner: null, endedAt: Date.now() });
    hub.progress(idleProgress(history.runs.summary(key), "ended"));
    hub.runs(id);
  }

  /** Records a run that could not start its trainer. */
  #failed(key: number, id: string, error: unknown): void {
    const { history, hub, unwritten } = this.#context;
    log.error({ run: id, err: error }, "a run could not be started");
    const received = error instanceof Error ? error.message : String(error);
    const problems =
      error instanceof Fault
        ? error.problems
        : [{ place: "the trainer", expected: "must start", received, remedy: "The log holds the details; resume the run to try again." }];
    const endedAt = Date.now();
    const write = () => history.runs.update(key, { status: "failed", owner: null, endedAt, problems });
    try {
      write();
    } catch {
      unwritten.set(key, { shown: { status: "failed", endedAt, problems }, write });
    }
    hub.runs(id);
  }
}

/** A recipe that cannot be read is reported when the run starts. */
function threadsOf(history: StudioContext["history"], key: number, id: string): number {
  try {
    return recipeOf(history, key, id).device.threads;
  } catch {
    return 1;
  }
}

/** The progress of a run that is not training. */
export function idleProgress(
  run: Pick<RunProgress, "status" | "step" | "totalSteps" | "epoch" | "totalEpochs"> & { readonly id: string },
  phase: RunProgress["phase"],
): RunProgress {
  const { id, status, step, totalSteps, epoch, totalEpochs } = run;
  return { run: id, status, phase, step, totalSteps, epoch, totalEpochs, stepsPerSecond: null, samplesPerSecond: null, remainingMs: null };
}

async function withinTime(work: Promise<unknown>, atMostMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, atMostMs);
  await Promise.race([work, promise]);
  clearTimeout(timer);
}
