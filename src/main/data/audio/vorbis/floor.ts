/** Floors of Vorbis (Vorbis I, 7): the coarse shape of a spectrum as a line through points on a logarithmic scale. */
import { at } from "../../../../shared/kit/fault.ts";
import { type Codebook, damaged } from "./codebook.ts";
import { bitLength, type PacketBits } from "./packetBits.ts";

interface PartitionClass {
  readonly dimensions: number;
  readonly subclasses: number;
  readonly master: number;
  /** Codebooks by subclass; −1 means zeros. */
  readonly books: readonly number[];
}

const RANGES = [256, 128, 86, 64] as const;
/** Amplitudes from −140 dB to 0. */
const AMPLITUDES = Float64Array.from({ length: 256 }, (_, i) => 10 ** (((i - 255) * 7) / 256));

export class Floor {
  readonly #partitions: readonly number[];
  readonly #classes: readonly PartitionClass[];
  readonly #multiplier: number;
  readonly #range: number;
  readonly #places: readonly number[];
  /** The points from left to right, and for each its nearest neighbours on both sides among the earlier points. */
  readonly #sorted: readonly number[];
  readonly #neighbours: readonly (readonly [number, number])[];

  constructor(bits: PacketBits) {
    this.#partitions = Array.from({ length: bits.read(5) }, () => bits.read(4));
    this.#classes = Array.from({ length: Math.max(-1, ...this.#partitions) + 1 }, () => readClass(bits));
    this.#multiplier = bits.read(2) + 1;
    this.#range = at(RANGES, this.#multiplier - 1);
    const width = bits.read(4);
    const inner = this.#partitions.flatMap((each) => Array.from({ length: at(this.#classes, each).dimensions }, () => bits.read(width)));
    const places = [0, 2 ** width, ...inner];
    if (places.length > 65 || new Set(places).size !== places.length) throw damaged("a floor with the same point twice");
    this.#places = places;
    this.#sorted = [...places.keys()].sort((a, b) => at(places, a) - at(places, b));
    this.#neighbours = places.map((_, i) => neighboursOf(places, i));
  }

  /** The heights of the points; null for silence. */
  read(bits: PacketBits, books: readonly Codebook[]): Int32Array | null {
    if (!bits.flag()) return null;
    const heights = new Int32Array(this.#places.length);
    heights[0] = bits.read(bitLength(this.#range - 1));
    heights[1] = bits.read(bitLength(this.#range - 1));
    let point = 2;
    for (const each of this.#partitions) {
      const { dimensions, subclasses, master, books: own } = at(this.#classes, each);
      let chosen = subclasses > 0 ? at(books, master).entry(bits) : 0;
      for (let i = 0; i < dimensions; i++, point++) {
        const book = at(own, chosen & (2 ** subclasses - 1));
        chosen >>= subclasses;
        heights[point] = book < 0 ? 0 : at(books, book).entry(bits);
      }
    }
    return heights;
  }

  /** Multiplies a spectrum by the floor, in place. */
  apply(heights: Int32Array, spectrum: Float64Array): void {
    const { final, isUsed } = this.#unwrapped(heights);
    let [x, y] = [0, (final[0] ?? 0) * this.#multiplier];
    for (const point of this.#sorted.slice(1)) {
      if (isUsed[point] !== 1) continue;
      const [nextX, nextY] = [at(this.#places, point), (final[point] ?? 0) * this.#multiplier];
      multiplyLine(spectrum, x, y, nextX, nextY);
      [x, y] = [nextX, nextY];
    }
    for (let i = x; i < spectrum.length; i++) spectrum[i] = (spectrum[i] ?? 0) * (AMPLITUDES[y] ?? 0);
  }

  /** Decodes heights, which are stored as differences from the interpolation of earlier points. */
  #unwrapped(heights: Int32Array): { readonly final: Int32Array; readonly isUsed: Uint8Array } {
    const final = Int32Array.from(heights);
    const isUsed = new Uint8Array(heights.length);
    isUsed.fill(1, 0, 2);
    for (let i = 2; i < heights.length; i++) {
      const [low, high] = at(this.#neighbours, i);
      const [x0, x1] = [at(this.#places, low), at(this.#places, high)];
      const expected = pointOn(x0, final[low] ?? 0, x1, final[high] ?? 0, at(this.#places, i));
      const value = heights[i] ?? 0;
      const [above, below] = [this.#range - expected, expected];
      const room = 2 * Math.min(above, below);
      if (value === 0) {
        final[i] = expected;
        continue;
      }
      isUsed[low] = 1;
      isUsed[high] = 1;
      isUsed[i] = 1;
      if (value >= room) final[i] = above > below ? value - below + expected : expected - value + above - 1;
      else final[i] = value % 2 === 1 ? expected - (value + 1) / 2 : expected + value / 2;
    }
    return { final: final.map((height) => Math.max(0, Math.min(this.#range - 1, height))), isUsed };
  }
}

function readClass(bits: PacketBits): PartitionClass {
  const dimensions = bits.read(3) + 1;
  const subclasses = bits.read(2);
  const master = subclasses > 0 ? bits.read(8) : 0;
  return { dimensions, subclasses, master, books: Array.from({ length: 2 ** subclasses }, () => bits.read(8) - 1) };
}

function neighboursOf(places: readonly number[], point: number): readonly [number, number] {
  let [low, high] = [0, 1];
  for (let i = 0; i < point; i++) {
    const place = at(places, i);
    if (place < at(places, point) && place > at(places, low)) low = i;
    if (place > at(places, point) && place < at(places, high)) high = i;
  }
  return [low, high];
}

function pointOn(x0: number, y0: number, x1: number, y1: number, x: number): number {
  return y0 + Math.trunc(((y1 - y0) * (x - x0)) / (x1 - x0));
}

/** Bresenham's line from one point up to the next; the format requires these exact integers. */
function multiplyLine(spectrum: Float64Array, x0: number, y0: number, x1: number, y1: number): void {
  const width = x1 - x0;
  const base = Math.trunc((y1 - y0) / width);
  const rest = Math.abs(y1 - y0) - Math.abs(base) * width;
  const step = y1 < y0 ? base - 1 : base + 1;
  let [y, error] = [y0, 0];
  for (let x = x0; x < Math.min(x1, spectrum.length); x++) {
    if (x > x0) {
      error += rest;
      if (error >= width) {
        error -= width;
        y += step;
      } else y += base;
    }
    spectrum[x] = (spectrum[x] ?? 0) * (AMPLITUDES[y] ?? 0);
  }
}
