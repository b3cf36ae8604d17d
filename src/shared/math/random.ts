/**
 * Counter-based random numbers: every draw is a hash of (seed, stream, counter), so that any draw can be repeated by itself, in any order, in any
 * process. A resumed run therefore repeats the same numbers.
 *
 * The mixer is `triple32` of Wellons' hash prospector (bias 0.0208, a bijection of uint32). It needs only uint32 multiply, shift and xor, so an ONNX
 * graph can compute the same function. Streams are named ("shuffle/epoch 3", "initialize/conv1/weight"); the name is hashed with FNV-1a.
 */
import { at } from "../kit/fault.ts";

/** Bijective mix of one uint32. */
export function mix32(value: number): number {
  let x = value >>> 0;
  x ^= x >>> 17;
  x = Math.imul(x, 0xed5ad4bb);
  x ^= x >>> 11;
  x = Math.imul(x, 0xac4c1b51);
  x ^= x >>> 15;
  x = Math.imul(x, 0x31848bab);
  x ^= x >>> 14;
  return x >>> 0;
}

/** FNV-1a of a name's UTF-16 code units. */
export function hashName(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) {
    hash ^= name.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

/** A named stream of one seed. Every method takes the counter; the stream itself has no position. */
export class RandomStream {
  readonly #key: number;

  /**
   * @param seed any integer of up to 53 bits
   * @param stream the stream's name; different names are independent
   */
  constructor(seed: number, stream: string) {
    const low = seed >>> 0;
    const high = Math.floor(seed / 0x1_0000_0000) >>> 0;
    this.#key = mix32(hashName(stream) ^ mix32(low ^ mix32(high ^ 0x9e3779b9)));
  }

  /** The key of the stream, to repeat its draws in a graph: `mix32(key ^ mix32(counter))`. */
  get key(): number {
    return this.#key;
  }

  /** Uniform on the integers 0 … 2³² − 1. */
  uint32(counter: number): number {
    return mix32(this.#key ^ mix32(counter >>> 0));
  }

  /** Uniform on [0, 1), 24 bits, exact in float32. */
  uniform(counter: number): number {
    return (this.uint32(counter) >>> 8) / 0x100_0000;
  }

  /** Standard normal by Box–Muller; uses counters 2n and 2n+1 of the stream. */
  normal(counter: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform(2 * counter)));
    return radius * Math.cos(2 * Math.PI * this.uniform(2 * counter + 1));
  }

  /** Uniform on 0 … bound − 1 (bias below bound / 2³²). */
  below(bound: number, counter: number): number {
    return Math.floor((this.uint32(counter) / 0x1_0000_0000) * bound);
  }

  /** A uniform permutation of 0 … length − 1 (Fisher–Yates; Durstenfeld 1964). */
  permutation(length: number): Uint32Array {
    const order = Uint32Array.from({ length }, (_, i) => i);
    for (let i = length - 1; i > 0; i--) {
      const j = this.below(i + 1, i);
      const swapped = at(order, i);
      order[i] = at(order, j);
      order[j] = swapped;
    }
    return order;
  }
}
