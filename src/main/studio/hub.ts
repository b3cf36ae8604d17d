/** Notifies listeners of changes. Slow listeners get fewer, newer messages, so nothing accumulates. */
import { AsyncIteratorClass } from "@orpc/server";
import { encodeFault, faultOf } from "../../shared/contract/faults.ts";
import type { RunProgress } from "../../shared/contract/runs.ts";
import type { StudioEvent } from "../../shared/contract/system.ts";

interface Listener {
  readonly ids: Set<string>;
  readonly studies: Set<string>;
  any: boolean;
  readonly progress: Map<string, RunProgress>;
}

export class Hub {
  #version = 0;
  readonly #waiters = new Set<() => void>();
  readonly #listeners = new Set<Listener>();
  readonly #progress = new Map<string, RunProgress>();
  readonly #closing = new AbortController();
  #streams = 0;

  /** Increases with every change; see {@link changed}. */
  get version(): number {
    return this.#version;
  }

  /** Reports that these runs' rows changed. An empty list means any run. */
  runs(...ids: readonly string[]): void {
    for (const listener of this.#listeners) {
      if (ids.length === 0) listener.any = true;
      for (const id of ids) listener.ids.add(id);
    }
    this.wake();
  }

  /** Reports that these studies or their trials changed. */
  studies(...ids: readonly string[]): void {
    for (const listener of this.#listeners) for (const id of ids) listener.studies.add(id);
    this.wake();
  }

  progress(progress: RunProgress): void {
    this.#progress.set(progress.run, progress);
    for (const listener of this.#listeners) listener.progress.set(progress.run, progress);
    this.wake();
  }

  /** The newest progress of a run that this host trained; undefined for others. */
  progressOf(id: string): RunProgress | undefined {
    return this.#progress.get(id);
  }

  /** Wakes waiting callers without sending an event. */
  wake(): void {
    this.#version++;
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const waiter of waiters) waiter();
  }

  /** Resolves when the version differs from the given one, or the signal is aborted. */
  async changed(version: number, signal: AbortSignal): Promise<void> {
    if (this.#version !== version || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        this.#waiters.delete(done);
        signal.removeEventListener("abort", done);
        resolve();
      };
      this.#waiters.add(done);
      signal.addEventListener("abort", done);
    });
  }

  /** Events of all runs until the signal is aborted. Listening starts with the call, not with the first read. */
  events(signal: AbortSignal): AsyncGenerator<StudioEvent> {
    const listener: Listener = { ids: new Set(), studies: new Set(), any: false, progress: new Map() };
    this.#listeners.add(listener);
    signal.addEventListener("abort", () => this.#listeners.delete(listener), { once: true });
    return this.#drain(listener, signal);
  }

  async *#drain(listener: Listener, signal: AbortSignal): AsyncGenerator<StudioEvent> {
    while (!signal.aborted) {
      const version = this.#version;
      const progress = [...listener.progress.values()];
      listener.progress.clear();
      for (const one of progress) yield { type: "progress", progress: one };
      if (listener.any || listener.ids.size > 0) {
        const ids = listener.any ? [] : [...listener.ids];
        listener.any = false;
        listener.ids.clear();
        yield { type: "runs", ids };
      }
      if (listener.studies.size > 0) {
        const ids = [...listener.studies];
        listener.studies.clear();
        yield { type: "studies", ids };
      }
      await this.changed(version, signal);
    }
  }

  /**
   * A stream for the contract. It ends when its reader leaves (even while it waits for an event), when the caller's signal is aborted, and when the studio
   * closes. Faults are encoded as everywhere in the contract.
   */
  stream<T>(caller: AbortSignal | undefined, generate: (signal: AbortSignal) => AsyncGenerator<T>): AsyncIteratorClass<T, void, void> {
    const own = new AbortController();
    const signal = AbortSignal.any([own.signal, this.#closing.signal, ...(caller === undefined ? [] : [caller])]);
    const generator = generate(signal);
    this.#streams++;
    return new AsyncIteratorClass<T, void, void>(
      async () => {
        try {
          return await generator.next();
        } catch (error) {
          const fault = faultOf(error);
          throw fault === null ? error : encodeFault(fault);
        }
      },
      async () => {
        this.#streams--;
        own.abort();
        this.wake();
      },
    );
  }

  /** Ends all streams. Those that are about to end get a moment to send their last message. */
  async close(graceMs: number): Promise<void> {
    const deadline = performance.now() + graceMs;
    this.wake();
    while (this.#streams > this.#listeners.size && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5));
    this.#closing.abort();
  }
}
