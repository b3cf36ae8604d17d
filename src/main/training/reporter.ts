/**
 * Sends metrics in batches and remembers which ones the host has not committed yet. A checkpoint written after the host has ended contains these, so that
 * the studio that adopts it has no gap.
 */
import type { Channel } from "./channel.ts";
import type { MetricBlock, TrainerProgress } from "./records.ts";

/** Interval between batches: the history gets at least four per second. */
const SEND_INTERVAL_MS = 100;

/** Training waits for the host at this many unacknowledged batches. */
const MAX_UNACKNOWLEDGED = 64;

interface OpenBlock {
  readonly name: string;
  readonly steps: number[];
  readonly epochs: number[];
  readonly values: number[];
}

export class Reporter {
  readonly #channel: Channel;
  readonly #open = new Map<string, OpenBlock>();
  readonly #unacknowledged = new Map<number, readonly MetricBlock[]>();
  readonly #waiting: (() => void)[] = [];
  #sequence = 0;
  #sentAt = 0;

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  record(name: string, step: number, epoch: number, value: number): void {
    let block = this.#open.get(name);
    if (block === undefined) {
      block = { name, steps: [], epochs: [], values: [] };
      this.#open.set(name, block);
    }
    block.steps.push(step);
    block.epochs.push(epoch);
    block.values.push(value);
  }

  /** Sends the recorded metrics and the progress if the interval has passed. */
  tick(progress: () => TrainerProgress): void {
    if (performance.now() - this.#sentAt >= SEND_INTERVAL_MS) this.flush(progress());
  }

  flush(progress: TrainerProgress): void {
    this.#sentAt = performance.now();
    if (this.#open.size > 0) {
      const blocks = [...this.#open.values()].map((block) => ({ ...block, wallTimeMs: Date.now() }));
      this.#open.clear();
      this.#sequence += 1;
      this.#unacknowledged.set(this.#sequence, blocks);
      this.#channel.send({ type: "metrics", sequence: this.#sequence, blocks });
    }
    this.#channel.send({ type: "progress", progress });
  }

  acknowledge(sequence: number): void {
    for (const number of this.#unacknowledged.keys()) if (number <= sequence) this.#unacknowledged.delete(number);
    this.wake();
  }

  /** Everything sent that is not known to be committed, in order. */
  get pending(): readonly MetricBlock[] {
    return [...this.#unacknowledged.values()].flat();
  }

  /** Makes all waiting calls check again: after an acknowledgement, or when the host has ended. */
  wake(): void {
    for (const resume of this.#waiting.splice(0)) resume();
  }

  /** Resolves when the host has caught up, or when `gone` says that it has ended. */
  async drained(gone: () => boolean, atMost = 0): Promise<void> {
    while (this.#unacknowledged.size > atMost && !gone()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Waits while the host is far behind. */
  backpressure(gone: () => boolean): Promise<void> {
    return this.drained(gone, MAX_UNACKNOWLEDGED);
  }
}
