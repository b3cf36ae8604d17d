/** The draws of a generator: the same count of numbers for every sample, each its own counter of the stream, so that any sample can be made alone. */
import type { RandomStream } from "../../math/random.ts";

export class Draws {
  readonly #random: RandomStream;
  readonly #stride: number;

  /** @param perSample the most draws that one sample takes, uniform and normal together */
  constructor(random: RandomStream, perSample: number) {
    this.#random = random;
    this.#stride = perSample;
  }

  /**
   * Uniform on [low, high).
   * @param draw which of the sample's draws, from 0
   */
  uniform(sample: number, draw: number, low = 0, high = 1): number {
    return low + (high - low) * this.#random.uniform(2 * (sample * this.#stride + draw));
  }

  /** Standard normal. Takes two counters, which every draw has. */
  normal(sample: number, draw: number): number {
    return this.#random.normal(sample * this.#stride + draw);
  }

  /** Uniform on 0 … bound − 1. */
  below(bound: number, sample: number, draw: number): number {
    return this.#random.below(bound, 2 * (sample * this.#stride + draw));
  }
}
