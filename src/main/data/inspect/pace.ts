/** Paces an inspection: yields to the event loop, reports progress, and stops when cancelled. */
import { setImmediate as turn } from "node:timers/promises";

/** Longest time between two yields to the event loop. */
const TURN_MS = 25;
const REPORT_MS = 100;

export type OnProgress = (done: number, total: number, doing: string) => void;

export class Pace {
  readonly #signal: AbortSignal | undefined;
  readonly #onProgress: OnProgress;
  /** In units of work. */
  readonly #total: number;
  #done = 0;
  #turnAt = performance.now();
  #reportedAt = Number.NEGATIVE_INFINITY;
  #doing = "";

  constructor(total: number, onProgress: OnProgress, signal: AbortSignal | undefined) {
    this.#total = total;
    this.#onProgress = onProgress;
    this.#signal = signal;
  }

  /**
   * Called between two pieces of work.
   * @throws the signal's reason if the work was cancelled
   */
  async step(done: number, doing: string): Promise<void> {
    this.#done = Math.min(this.#total, this.#done + done);
    this.#signal?.throwIfAborted();
    const now = performance.now();
    if (doing !== this.#doing || now - this.#reportedAt >= REPORT_MS) {
      this.#doing = doing;
      this.#reportedAt = now;
      this.#onProgress(this.#done, this.#total, doing);
    }
    if (now - this.#turnAt < TURN_MS) return;
    await turn();
    this.#turnAt = performance.now();
    this.#signal?.throwIfAborted();
  }
}
