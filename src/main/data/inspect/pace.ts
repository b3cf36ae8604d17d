/** How an inspection goes on: it lets others have their turn, says how far it is, and ends when it is no longer wanted. */
import { setImmediate as turn } from "node:timers/promises";

/** So long the event loop may be kept busy before others get a turn. */
const TURN_MS = 25;
const REPORT_MS = 100;

export type OnProgress = (done: number, total: number, doing: string) => void;

export class Pace {
  readonly #signal: AbortSignal | undefined;
  readonly #onProgress: OnProgress;
  /** In units of work, whatever they are. */
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
   * Between two pieces of work.
   * @throws the signal's reason where the work is no longer wanted
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
