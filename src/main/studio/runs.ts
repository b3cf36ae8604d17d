/** Operations on runs, with the conditions for each. */
import { setImmediate as breathe } from "node:timers/promises";
import type { PartCounts, QueuedRun, RunDetail, RunStatus, RunSummary } from "../../shared/contract/runs.ts";
import type { StudioEvent } from "../../shared/contract/system.ts";
import { Fault, fail } from "../../shared/kit/fault.ts";
import { requireAllowed } from "../data/code/examine.ts";
import { readPartCounts } from "../data/splits/store.ts";
import { requireStartable } from "./check.ts";
import { isActive, recordEnd, type StudioContext, summaryOf } from "./context.ts";
import { describeIn } from "./data/source.ts";
import { giveEpochs } from "./giveEpochs.ts";
import { findRun } from "./ids.ts";
import { insertRun } from "./newRun.ts";
import { recipeOf } from "./recipeOf.ts";
import type { Scheduler } from "./scheduler.ts";

/** How long a pause or stop waits for its result; a trainer in the middle of an evaluation may take longer. */
const HALT_ANSWER_MS = 5000;
const LISTED_AT_ONCE = 500;
/** More changed rows than this are cheaper to list. */
const ROWS_SENT = 200;
const EVENTS_SHOWN = 500;
const RESUMABLE: readonly RunStatus[] = ["paused", "stopped", "interrupted", "failed"];

type Halt = "pause" | "stop";
const halted = { pause: "paused", stop: "stopped" } as const;

export class RunService {
  readonly #context: StudioContext;
  readonly #scheduler: Scheduler;
  /** By run. A run keeps its split, so it is read once. */
  readonly #samples = new Map<string, PartCounts>();

  constructor(context: StudioContext, scheduler: Scheduler) {
    this.#context = context;
    this.#scheduler = scheduler;
  }

  async start(input: unknown, checkpointEvery: number | null): Promise<RunSummary> {
    const startable = await requireStartable(input, (source) => describeIn(this.#context, source));
    this.#requireOpen();
    const { key, id } = insertRun(this.#context, startable, checkpointEvery);
    this.#scheduler.enqueue(key, id, { memoryBytes: startable.memory.total });
    return summaryOf(this.#context, key);
  }

  async list(trials = false): Promise<readonly RunSummary[]> {
    const { history } = this.#context;
    const versions = history.runs.visible(trials);
    const listed: RunSummary[] = [];
    for (let start = 0; start < versions.length; start += LISTED_AT_ONCE) {
      if (start > 0) await breathe();
      const part = versions.slice(start, start + LISTED_AT_ONCE);
      listed.push(...history.runs.listed(part));
    }
    return this.#asShown(listed);
  }

  /** What all runs have to say, each change of a row with the row, so that a window shows it without asking. Listening starts with the call. */
  events(signal: AbortSignal): AsyncGenerator<StudioEvent> {
    return this.#withRows(this.#context.hub.events(signal), signal);
  }

  async *#withRows(events: AsyncGenerator<StudioEvent>, signal: AbortSignal): AsyncGenerator<StudioEvent> {
    const { runs } = this.#context.history;
    for await (const event of events) {
      // The history closes after its listeners were told to leave.
      if (signal.aborted) return;
      const few = event.type === "runs" && event.ids.length > 0 && event.ids.length <= ROWS_SENT;
      yield few ? { ...event, rows: this.#asShown(runs.listed(runs.visibleAmong(event.ids))) } : event;
    }
  }

  /** Rows with the ends that the disk did not take. */
  #asShown(rows: readonly RunSummary[]): readonly RunSummary[] {
    const { history, unwritten } = this.#context;
    if (unwritten.size === 0) return rows;
    const ends = new Map([...unwritten].map(([key, { shown }]) => [history.runs.summary(key).id, shown]));
    return rows.map((row) => ({ ...row, ...ends.get(row.id) }));
  }

  async get(text: string): Promise<RunDetail> {
    const { history, layout } = this.#context;
    const { key, id } = this.find(text);
    const samples = this.#samples.get(id) ?? (await readPartCounts(layout.runFolder(id)));
    if (samples !== null) this.#samples.set(id, samples);
    return {
      ...summaryOf(this.#context, key),
      recipe: recipeOf(history, key, id),
      plan: history.runs.plan(key),
      samples,
      checkpoints: history.checkpoints.list(key),
      events: history.events.latest(key, EVENTS_SHOWN),
    };
  }

  find(text: string): { readonly key: number; readonly id: string } {
    return findRun(this.#context.history.runs, text);
  }

  async halt(text: string, reason: Halt): Promise<RunSummary> {
    const { history, hub, owner } = this.#context;
    const { key, id } = this.find(text);
    const { status } = summaryOf(this.#context, key);
    if (isActive(status)) {
      if (history.runs.internals(key).owner !== owner.id) this.#refuseForeign(key, id, reason);
      if (this.#scheduler.dequeue(key)) this.#settle(key, reason);
      else {
        this.#scheduler.halt(key, reason);
        await this.#scheduler.settled(key, HALT_ANSWER_MS);
      }
    } else if (status === "completed" || status === "failed")
      fail("conflict", `run ${id}`, `must be running to ${reason}`, `a run that is ${status}`, "There is nothing to do.");
    else if (reason === "stop" && status !== "stopped") this.#settle(key, reason);
    hub.runs(id);
    return summaryOf(this.#context, key);
  }

  /** @param epochs new total number of epochs, also for a completed run; null for the recipe's */
  async resume(text: string, checkpointEvery: number | null, epochs: number | null): Promise<RunSummary> {
    const { history, owner } = this.#context;
    const { key, id } = this.find(text);
    await requireAllowed(recipeOf(history, key, id).data.source);
    // "Resume" right after "pause": the trainer has not ended yet.
    if (this.#scheduler.isHalting(key)) await this.#scheduler.settled(key);
    this.#requireOpen();
    owner.sweep(history);
    recordEnd(this.#context, key, id);
    history.connection.transaction(() => {
      const before = summaryOf(this.#context, key);
      if (!history.runs.claim(key, owner.id, epochs === null ? RESUMABLE : [...RESUMABLE, "completed"])) this.#refuseResume(key, id);
      if (epochs !== null) giveEpochs(history, key, before, epochs);
      if (checkpointEvery !== null) history.runs.update(key, { checkpointEvery });
    });
    this.#scheduler.enqueue(key, id);
    return summaryOf(this.#context, key);
  }

  /** The runs that wait in this studio, in the order in which they will start. */
  queue(): readonly QueuedRun[] {
    return this.#scheduler.queue;
  }

  /** Puts waiting runs first, in this order. */
  reorder(texts: readonly string[]): readonly QueuedRun[] {
    this.#scheduler.reorder(texts.map((text) => this.find(text).id));
    return this.#scheduler.queue;
  }

  /** Pauses every waiting run that the user started; each can be resumed. Trials wait on, because their study decides. */
  emptyQueue(): readonly string[] {
    const waiting = this.#scheduler.queue.filter(({ rank }) => rank === "user").map(({ id }) => this.find(id));
    for (const { key, id } of waiting) {
      if (this.#scheduler.dequeue(key)) this.#settle(key, "pause");
      this.#context.hub.runs(id);
    }
    return waiting.map(({ id }) => id);
  }

  rename(text: string, name: string): RunSummary {
    const { key, id } = this.find(text);
    this.#context.history.runs.update(key, { name });
    this.#context.hub.runs(id);
    return summaryOf(this.#context, key);
  }

  /** Hides runs, all or none. */
  remove(texts: readonly string[]): readonly string[] {
    const { history, hub } = this.#context;
    const found = texts.map((text) => this.find(text));
    const active = found.filter(({ key }) => isActive(summaryOf(this.#context, key).status));
    if (active.length > 0)
      throw new Fault(
        "conflict",
        active.map(({ id }) => ({
          place: `run ${id}`,
          expected: "must have ended to be removed",
          received: "a run that is queued or running",
          remedy: "Stop it first.",
        })),
      );
    history.connection.transaction(() => {
      for (const { key } of found) history.runs.update(key, { hiddenAt: Date.now() });
    });
    const ids = found.map(({ id }) => id);
    hub.runs(...ids);
    return ids;
  }

  restore(texts: readonly string[]): readonly string[] {
    const { history, hub, purging } = this.#context;
    const found = texts.map((text) => findRun(history.runs, text, true));
    for (const { key, id } of found)
      if (purging.has(key))
        fail(
          "missing",
          `run ${id}`,
          "must have been removed since the studio started",
          "a run removed before",
          "Its files have been deleted; start it again from its recipe.",
        );
    history.connection.transaction(() => {
      for (const { key } of found) history.runs.update(key, { hiddenAt: null });
    });
    const ids = found.map(({ id }) => id);
    hub.runs(...ids);
    return ids;
  }

  #settle(key: number, reason: Halt): void {
    this.#context.history.runs.update(key, { status: halted[reason], owner: null, endedAt: Date.now() });
  }

  #requireOpen(): void {
    if (this.#scheduler.closing) fail("conflict", "the studio", "must be open to train", "a studio that is closing", "Start it again.");
  }

  #refuseForeign(key: number, id: string, reason: Halt): void {
    const { history, hub, owner } = this.#context;
    if (owner.sweep(history).includes(id)) {
      // Its process had ended: it is marked as interrupted, and a stop can still be recorded.
      if (reason === "stop") this.#settle(key, reason);
      hub.runs(id);
      return;
    }
    fail(
      "conflict",
      `run ${id}`,
      `must belong to this process to ${reason}`,
      "a run that another Descent process trains",
      "Halt it where it was started, with Ctrl-C or in its window.",
    );
  }

  #refuseResume(key: number, id: string): never {
    const { history, owner } = this.#context;
    const { status } = summaryOf(this.#context, key);
    if (status === "completed")
      return fail(
        "conflict",
        `run ${id}`,
        "must not be completed to be resumed",
        "a run that is completed",
        `Give it more epochs: descent resume ${id} --epochs +10`,
      );
    const where = history.runs.internals(key).owner === owner.id ? "in this studio" : "in another running Descent process";
    return fail(
      "conflict",
      `run ${id}`,
      "must not be queued or running already",
      `a run that is ${status} ${where}`,
      "Wait for its end, or halt it where it was started.",
    );
  }
}
