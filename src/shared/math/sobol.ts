/**
 * Sobol's sequence: points that fill the unit cube evenly, however many of them are taken. I. M. Sobol, "On the distribution of points in a cube and
 * the approximate evaluation of integrals", 1967; direction numbers of Joe & Kuo 2008; in the order of Antonov & Saleev (Gray code), as scipy's.
 *
 * Scrambled after A. B. Owen, "Randomly permuted (t,m,s)-nets and (t,s)-sequences", 1995, by the hash of S. Laine and T. Karras with the constants of
 * B. Burley, "Practical hash-based Owen scrambling", 2020: every digit is flipped by a hash of the digits before it. So a point is a function of
 * (seed, index, dimension) alone, and every block of 2ᵐ points has one point in each of the 2ᵐ equal intervals of a dimension.
 */
import { at } from "../kit/fault.ts";
import { RandomStream } from "./random.ts";
import { SOBOL_NUMBERS } from "./sobolNumbers.ts";

const BITS = 32;
const SCALE = 2 ** -BITS;

/** Number of dimensions with direction numbers. Those beyond are drawn at random. */
export const SOBOL_DIMENSIONS = SOBOL_NUMBERS.length;

const directions = SOBOL_NUMBERS.map(directionsOf);

/** A scrambled Sobol sequence. */
export class SobolSequence {
  readonly #seed: number;
  readonly #hashes: RandomStream;

  /** @param seed any integer of up to 53 bits; different seeds give independent scramblings */
  constructor(seed: number) {
    this.#seed = seed;
    this.#hashes = new RandomStream(seed, "sobol/scrambling");
  }

  /**
   * One coordinate of a point, in [0, 1).
   * @param index of the point, from 0
   * @param dimension from 0; from {@link SOBOL_DIMENSIONS} on the coordinate is random
   */
  at(index: number, dimension: number): number {
    if (dimension >= SOBOL_DIMENSIONS) return new RandomStream(this.#seed, `sobol/${dimension}`).uint32(index) * SCALE;
    return scrambled(sobolDigits(index, dimension), this.#hashes.uint32(dimension)) * SCALE;
  }
}

/** The first 32 binary digits of a coordinate of the sequence as it is defined, without scrambling. */
export function sobolDigits(index: number, dimension: number): number {
  const vectors = at(directions, dimension);
  let digits = 0;
  for (let gray = (index ^ (index >>> 1)) >>> 0, bit = 0; gray !== 0; gray >>>= 1, bit++) if ((gray & 1) === 1) digits ^= at(vectors, bit);
  return digits >>> 0;
}

/** Direction vectors v₁ … v₃₂ of a dimension: v_j = m_j 2^(32−j), and beyond the initial numbers Sobol's recurrence by the polynomial. */
function directionsOf([polynomial = 1, ...initial]: readonly number[]): Uint32Array {
  const degree = initial.length;
  const vectors = new Uint32Array(BITS);
  for (let j = 0; j < BITS; j++) {
    if (j < degree || degree === 0) {
      vectors[j] = (initial[j] ?? 1) << (BITS - 1 - j);
      continue;
    }
    let vector = at(vectors, j - degree);
    vector ^= vector >>> degree;
    for (let k = 1; k < degree; k++) if (((polynomial >>> (degree - k)) & 1) === 1) vector ^= at(vectors, j - k);
    vectors[j] = vector;
  }
  return vectors;
}

/** Burley's listing 2: a permutation in which a digit depends on higher digits alone, through one in which it depends on lower ones alone. */
function scrambled(digits: number, seed: number): number {
  let x = reversed(digits);
  x = (x + seed) | 0;
  x ^= Math.imul(x, 0x6c50b47c);
  x ^= Math.imul(x, 0xb82f1e52);
  x ^= Math.imul(x, 0xc7afe638);
  x ^= Math.imul(x, 0x8d22f6e6);
  return reversed(x);
}

/** The 32 bits in reverse order. */
function reversed(bits: number): number {
  let x = bits >>> 0;
  x = ((x >>> 1) & 0x55555555) | ((x & 0x55555555) << 1);
  x = ((x >>> 2) & 0x33333333) | ((x & 0x33333333) << 2);
  x = ((x >>> 4) & 0x0f0f0f0f) | ((x & 0x0f0f0f0f) << 4);
  x = ((x >>> 8) & 0x00ff00ff) | ((x & 0x00ff00ff) << 8);
  return ((x >>> 16) | (x << 16)) >>> 0;
}
