/** Random numbers of one sample in one epoch. They depend only on (seed, epoch, sample, address) and on the name of the draw. */
import { hashName, mix32, type RandomStream } from "../../math/random.ts";

export class SampleRandom {
  /** Hash key for random numbers per element in the graph, uint32. */
  readonly key: number;

  private constructor(key: number) {
    this.key = key;
  }

  /** @param stream for the seed and the augmentation's position in the list */
  static at(stream: RandomStream, epoch: number, sample: number): SampleRandom {
    return new SampleRandom(mix32(stream.key ^ mix32(mix32(sample) ^ mix32(epoch ^ 0x9e3779b9))));
  }

  /** Uniform on [0, 1), 24 bits. */
  uniform(name: string): number {
    return (mix32(this.key ^ mix32(hashName(name))) >>> 8) / 0x100_0000;
  }

  /** Uniform on [low, high). */
  between(name: string, low: number, high: number): number {
    return low + (high - low) * this.uniform(name);
  }

  /** Uniform on the integers 0 … bound − 1. */
  below(name: string, bound: number): number {
    return Math.floor(this.uniform(name) * bound);
  }

  /** −1 or 1. */
  sign(name: string): number {
    return this.uniform(name) < 0.5 ? -1 : 1;
  }

  /** Standard normal by Box–Muller. */
  normal(name: string): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform(`${name}/radius`))) * Math.cos(2 * Math.PI * this.uniform(`${name}/angle`));
  }

  /** A sub-stream by name, independent of this one. */
  of(name: string): SampleRandom {
    return new SampleRandom(mix32(this.key ^ mix32(hashName(name) ^ 0x85ebca6b)));
  }
}
