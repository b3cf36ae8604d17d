/** Random numbers of one sample in one epoch: functions of (seed, epoch, sample, address) and the name of the draw alone. */
import { hashName, mix32, type RandomStream } from "../../math/random.ts";

export class SampleRandom {
  /** What per-element draws in the graph are hashed with, uint32. */
  readonly key: number;

  private constructor(key: number) {
    this.key = key;
  }

  /** @param stream of the seed and the augmentation's place in the list */
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

  /** Uniform on the whole numbers 0 … bound − 1. */
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

  /** The draws of one part, independent of the whole's. */
  of(name: string): SampleRandom {
    return new SampleRandom(mix32(this.key ^ mix32(hashName(name) ^ 0x85ebca6b)));
  }
}
