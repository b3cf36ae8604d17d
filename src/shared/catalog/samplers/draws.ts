/** Random numbers of one proposal, one after the other. The same proposal of the same study draws the same numbers. */
import { RandomStream } from "../../math/random.ts";

export class Draws {
  readonly #stream: RandomStream;
  #count = 0;

  /** @param proposal the number of the proposal in its study */
  constructor(seed: number, sampler: string, proposal: number) {
    this.#stream = new RandomStream(seed, `sampler/${sampler}/${proposal}`);
  }

  /** Uniform on [0, 1). */
  uniform(): number {
    return this.#stream.uniform(this.#count++);
  }

  /** Uniform on the integers 0 … bound − 1. */
  below(bound: number): number {
    return this.#stream.below(bound, this.#count++);
  }

  /** Standard normal, by Box–Muller. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }
}
