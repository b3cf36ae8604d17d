/**
 * Finds images that look alike although their bytes differ (re-encoded, lighter, noisier). A 64-bit hash says which of the lowest frequencies of a
 * small grey copy are above their median (C. Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010). Hashes that differ
 * in at most four bits agree in at least one of five bands of bits, so only images that share a band are compared.
 */
import { at } from "../../../shared/kit/fault.ts";
import type { Pace } from "./pace.ts";

/** Smaller images have too little detail for the low frequencies to distinguish them. */
const MIN_SIDE = 16;
const GRID = 32;
const BITS = 64;
/** Exactly half of the bits are set, so hashes differ in an even number of bits. */
const MAX_DISTANCE = 4;
const BANDS = MAX_DISTANCE + 1;
const BAND_BITS = Math.ceil(BITS / BANDS);
/** At most this many candidates are compared with each image. */
const MAX_CANDIDATES = 4;
/** Comparisons stop after this many, for sets of images that are all alike. */
const MAX_COMPARISONS = 1_500_000_000;

/** Horizontal and vertical frequency of each bit, the lowest first, without the mean. */
const FREQUENCIES: readonly (readonly [number, number])[] = Array.from({ length: 121 }, (_, k) => [Math.floor(k / 11), k % 11] as const)
  .filter(([u, v]) => u + v > 0 && u + v <= 10)
  .sort(([a, b], [c, d]) => a + b - (c + d) || a - c)
  .slice(0, BITS);
const HIGHEST = 11;

export class ImageHashes {
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  readonly #shape: readonly [number, number, number];
  readonly #side: number;
  readonly #cells: Uint16Array;
  readonly #cellSizes: Float64Array;
  readonly #cosines: Float64Array;
  /** Buffers for the current image, allocated once. */
  readonly #grey: Float64Array;
  readonly #rows: Float64Array;
  readonly #spectrum = new Float64Array(BITS);
  readonly #sorted = new Float64Array(BITS);

  /** Null if the samples are not images, or too small. */
  static for(sampleShape: readonly number[], length: number): ImageHashes | null {
    const [channels, height, width] = sampleShape;
    if (sampleShape.length !== 3 || channels === undefined || height === undefined || width === undefined) return null;
    return Math.min(height, width) < MIN_SIDE ? null : new ImageHashes([channels, height, width], length);
  }

  constructor(shape: readonly [number, number, number], length: number) {
    const [, height, width] = shape;
    this.first = new Uint32Array(length);
    this.second = new Uint32Array(length);
    this.#shape = shape;
    const side = Math.min(GRID, height, width);
    this.#side = side;
    this.#cells = Uint16Array.from(
      { length: height * width },
      (_, i) => Math.floor((Math.floor(i / width) * side) / height) * side + Math.floor(((i % width) * side) / width),
    );
    this.#cellSizes = new Float64Array(side * side);
    for (const cell of this.#cells) this.#cellSizes[cell] = at(this.#cellSizes, cell) + 1;
    this.#grey = new Float64Array(side * side);
    this.#rows = new Float64Array(HIGHEST * side);
    this.#cosines = Float64Array.from({ length: HIGHEST * side }, (_, i) => Math.cos((Math.PI * Math.floor(i / side) * (2 * (i % side) + 1)) / (2 * side)));
  }

  /** @param samples packed; the image starts at `from` */
  hash(samples: Uint8Array | Float32Array, from: number, index: number): void {
    this.#reduce(samples, from);
    this.#transform();
    const spectrum = this.#spectrum;
    this.#sorted.set(spectrum);
    this.#sorted.sort();
    const median = (at(this.#sorted, BITS / 2 - 1) + at(this.#sorted, BITS / 2)) / 2;
    let [first, second] = [0, 0];
    for (let k = 0; k < BITS; k++) {
      if ((spectrum[k] ?? 0) <= median) continue;
      if (k < 32) first |= 1 << k;
      else second |= 1 << (k - 32);
    }
    this.first[index] = first;
    this.second[index] = second;
  }

  /** Makes a small grey copy by averaging channels and neighbouring pixels. */
  #reduce(samples: Uint8Array | Float32Array, from: number): void {
    const [channels, height, width] = this.#shape;
    const [grey, cells, cellSizes, pixels] = [this.#grey, this.#cells, this.#cellSizes, height * width];
    grey.fill(0);
    for (let channel = 0; channel < channels; channel++)
      for (let i = 0, offset = from + channel * pixels; i < pixels; i++) {
        const cell = cells[i] ?? 0;
        grey[cell] = (grey[cell] ?? 0) + (samples[offset + i] ?? 0);
      }
    for (let cell = 0; cell < grey.length; cell++) grey[cell] = (grey[cell] ?? 0) / (cellSizes[cell] ?? 1);
  }

  /** Computes the lowest coefficients of the two-dimensional DCT: over rows first, then over columns. */
  #transform(): void {
    const [side, grey, rows, cosines, spectrum] = [this.#side, this.#grey, this.#rows, this.#cosines, this.#spectrum];
    for (let v = 0; v < HIGHEST; v++)
      for (let y = 0; y < side; y++) {
        let sum = 0;
        for (let x = 0, line = y * side, wave = v * side; x < side; x++) sum += (grey[line + x] ?? 0) * (cosines[wave + x] ?? 0);
        rows[v * side + y] = sum;
      }
    for (let k = 0; k < BITS; k++) {
      const [u, v] = FREQUENCIES[k] ?? [0, 0];
      let sum = 0;
      for (let y = 0, line = v * side, wave = u * side; y < side; y++) sum += (rows[line + y] ?? 0) * (cosines[wave + y] ?? 0);
      spectrum[k] = sum;
    }
  }
}

export interface Alike {
  /** The image with the lower number. */
  readonly earlier: number;
  readonly later: number;
}

/**
 * Pairs of images whose hashes differ in at most four bits; each image is paired with the nearest few earlier ones.
 * @param wanted the images to compare, ascending
 */
export async function alikePairs({ first, second }: ImageHashes, wanted: Uint32Array, pace: Pace): Promise<readonly Alike[]> {
  const nearest = new Map<number, { readonly earlier: number; readonly distance: number }[]>();
  const keep = (earlier: number, later: number, distance: number): void => {
    const own = nearest.get(later) ?? [];
    if (own.some((each) => each.earlier === earlier)) return;
    own.push({ earlier, distance });
    own.sort((a, b) => a.distance - b.distance || a.earlier - b.earlier);
    own.length = Math.min(own.length, MAX_CANDIDATES);
    nearest.set(later, own);
  };
  let comparisons = 0;
  for (let band = 0; band < BANDS; band++) {
    const { order, starts } = byKey(wanted, (index) => keyOf(first[index] ?? 0, second[index] ?? 0, band * BAND_BITS));
    for (let key = 0; key < KEYS; key++) {
      const bucket = order.subarray(starts[key], starts[key + 1]);
      for (let j = 1; j < bucket.length && comparisons < MAX_COMPARISONS; j++) {
        const later = bucket[j] ?? 0;
        const [a, b] = [first[later] ?? 0, second[later] ?? 0];
        let found = 0;
        for (let i = j - 1; i >= 0 && found < 4 * MAX_CANDIDATES; i--) {
          const earlier = bucket[i] ?? 0;
          const distance = bitsOf(a ^ (first[earlier] ?? 0)) + bitsOf(b ^ (second[earlier] ?? 0));
          comparisons++;
          if (distance > MAX_DISTANCE) continue;
          found++;
          keep(earlier, later, distance);
        }
        if (j % 4096 === 0) await pace.step(0, "comparing images");
      }
      if (key % 256 === 0) await pace.step(0, "comparing images");
    }
  }
  return [...nearest].flatMap(([later, own]) => own.map(({ earlier }) => ({ earlier, later }))).sort((x, y) => x.later - y.later || x.earlier - y.earlier);
}

const KEYS = 2 ** BAND_BITS;

/** The bits of one band of a hash; the last band has fewer. */
function keyOf(first: number, second: number, from: number): number {
  const bits = from >= 32 ? second >>> (from - 32) : from === 0 ? first : (first >>> from) | (second << (32 - from));
  return bits & (KEYS - 1);
}

/** The wanted numbers sorted by key, and the start of each key. */
function byKey(wanted: Uint32Array, keyOf: (index: number) => number): { readonly order: Uint32Array; readonly starts: Uint32Array } {
  const starts = new Uint32Array(KEYS + 1);
  for (const index of wanted) starts[keyOf(index) + 1] = (starts[keyOf(index) + 1] ?? 0) + 1;
  for (let key = 0; key < KEYS; key++) starts[key + 1] = (starts[key + 1] ?? 0) + (starts[key] ?? 0);
  const next = starts.slice();
  const order = new Uint32Array(wanted.length);
  for (const index of wanted) {
    const key = keyOf(index);
    const place = next[key] ?? 0;
    order[place] = index;
    next[key] = place + 1;
  }
  return { order, starts };
}

/** Number of set bits (H. Warren, "Hacker's Delight", 5-1). */
function bitsOf(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
