/**
 * Sends metrics in batches and remembers which of them the host has not committed yet. A checkpoint written after the host is
 * gone carries those, so that whoever adopts it can close the gap.
 */
import type { Channel } from "./channel.ts";
import type { MetricBlock, TrainerProgress } from "./records.ts";

/** At least four batches a second reach the history. */
const SEND_INTERVAL_MS = 100;

/** Unacknowledged batches at which training waits for the host. */
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

  /** Sends what was recorded when the interval has passed, with the progress. */
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

  /** Lets everyone who waits look again: after an acknowledgement, or when the host is gone. */
  wake(): void {
    for (const resume of this.#waiting.splice(0)) resume();
  }

  /** Resolves when the host has caught up, or `gone` says that it never will. */
  async drained(gone: () => boolean, atMost = 0): Promise<void> {
    while (this.#unacknowledged.size > atMost && !gone()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Waits while the host is far behind. */
  backpressure(gone: () => boolean): Promise<void> {
    return this.drained(gone, MAX_UNACKNOWLEDGED);
  }
}
