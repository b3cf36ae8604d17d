/** Measures the speed of the last calls: for display, and to choose the number of steps in the next call. */
import { at } from "../../shared/kit/fault.ts";

/** Number of calls in the median. */
const WINDOW = 15;

/** A call never has more steps than this, so that the first calls of a fast network do not take too long. */
const MAX_STEPS = 4096;

export class Throughput {
  readonly #mostSteps: number;
  readonly #calls: { readonly msPerStep: number; readonly waitMsPerStep: number; readonly samplesPerStep: number }[] = [];

  /** @param mostSteps upper limit of steps per call */
  constructor(mostSteps = MAX_STEPS) {
    this.#mostSteps = Math.min(MAX_STEPS, mostSteps);
  }

  /** @param waitMs time spent waiting for the samples: it counts for the displayed rates, but not for the duration of a call */
  add(steps: number, samples: number, durationMs: number, waitMs = 0): void {
    this.#calls.push({ msPerStep: durationMs / steps, waitMsPerStep: waitMs / steps, samplesPerStep: samples / steps });
    if (this.#calls.length > WINDOW) this.#calls.shift();
  }

  /** Number of steps that take about the given time; few at first, at least one. */
  stepsFor(durationMs: number): number {
    if (this.#calls.length === 0) return 1;
    return Math.max(1, Math.min(this.#mostSteps, Math.floor(durationMs / medianMs(this.#calls.map(({ msPerStep }) => msPerStep)))));
  }

  rates(): { readonly stepsPerSecond: number | null; readonly samplesPerSecond: number | null } {
    if (this.#calls.length === 0) return { stepsPerSecond: null, samplesPerSecond: null };
    const stepsPerSecond = 1000 / medianMs(this.#calls.map(({ msPerStep, waitMsPerStep }) => msPerStep + waitMsPerStep));
    const samplesPerStep = Math.max(...this.#calls.map((call) => call.samplesPerStep));
    return { stepsPerSecond, samplesPerSecond: stepsPerSecond * samplesPerStep };
  }
}

function medianMs(durations: readonly number[]): number {
  const sorted = durations.toSorted((a, b) => a - b);
  return Math.max(1e-6, at(sorted, Math.floor(sorted.length / 2)));
}
