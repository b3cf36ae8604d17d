/**
 * A data set as code: noisy sine waves of three frequencies, to be told apart by a network.
 *
 * This file is all there is to it. It needs nothing from Descent; the types below are its own and may be left out.
 * docs/data-set-as-code.md explains it step by step.
 */

interface Options {
  /** How many waves. */
  readonly waves?: number;
  /** How many numbers a wave is. */
  readonly points?: number;
  /** Standard deviation of the noise; a wave itself goes from -1 to 1. */
  readonly noise?: number;
}

export default class SineWaves {
  readonly name = "sine-waves";
  readonly classes = ["slow", "medium", "fast"];
  readonly length: number;
  readonly sampleShape: readonly number[];
  readonly #points: number;
  readonly #noise: number;

  constructor({ waves = 600, points = 64, noise = 0.3 }: Options = {}) {
    this.length = waves;
    this.sampleShape = [1, points];
    this.#points = points;
    this.#noise = noise;
  }

  /** The same wave for the same index, whenever and in whatever order it is asked for. */
  get(index: number): { sample: Float32Array; target: number } {
    const random = randomOf(index);
    const target = index % this.classes.length;
    const cycles = [2, 4, 8][target] ?? 2;
    const phase = random() * 2 * Math.PI;
    const sample = new Float32Array(this.#points);
    for (let i = 0; i < sample.length; i++) {
      const wave = Math.sin(phase + (2 * Math.PI * cycles * i) / this.#points);
      sample[i] = wave + this.#noise * normal(random);
    }
    return { sample, target };
  }

  /** The target alone, so that Descent can split by class without making the waves. */
  target(index: number): number {
    return index % this.classes.length;
  }
}

/** Numbers from 0 to 1 that look random and depend on the seed alone (Mulberry32). */
function randomOf(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A normally distributed number (Box and Muller 1958). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
