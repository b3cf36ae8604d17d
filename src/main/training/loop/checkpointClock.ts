/** Decides when the next checkpoint is due: by time, or after a number of steps if the user set one. */

/** Default interval. */
const INTERVAL_MS = 10_000;

export class CheckpointClock {
  readonly #every: number | null;
  #writtenAt = performance.now();
  #writtenStep: number;

  /**
   * @param every number of steps between checkpoints; by time if null
   * @param step that the run starts from
   */
  constructor(every: number | null, step: number) {
    this.#every = every;
    this.#writtenStep = step;
  }

  /** Number of steps after this one until a checkpoint is due. */
  stepsLeft(step: number): number {
    return this.#every === null ? Number.POSITIVE_INFINITY : this.#every - (step % this.#every);
  }

  due(step: number): boolean {
    if (this.holds(step)) return false;
    if (this.#every !== null) return step % this.#every === 0;
    return performance.now() - this.#writtenAt >= INTERVAL_MS;
  }

  /** Whether the newest checkpoint is of this step; a fresh run has none. */
  holds(step: number): boolean {
    return this.#writtenStep === step;
  }

  written(step: number): void {
    this.#writtenAt = performance.now();
    this.#writtenStep = step;
  }
}
