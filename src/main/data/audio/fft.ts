/** The radix-2 fast Fourier transform (Cooley & Tukey, 1965), and the power spectrum of real numbers. */
import { at } from "../../../shared/kit/fault.ts";

/** A transform of one length, a power of two. Its tables are computed once. */
export class Fourier {
  readonly length: number;
  /** Position that each value must have before the transform (bit-reversed order). */
  readonly order: Uint32Array;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;

  constructor(length: number) {
    this.length = length;
    const bits = Math.log2(length);
    this.order = Uint32Array.from({ length }, (_, i) => {
      let reversed = 0;
      for (let bit = 0; bit < bits; bit++) reversed |= ((i >> bit) & 1) << (bits - 1 - bit);
      return reversed;
    });
    this.#cos = Float64Array.from({ length: length / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / length));
    this.#sin = Float64Array.from({ length: length / 2 }, (_, i) => -Math.sin((2 * Math.PI * i) / length));
  }

  /** Transforms complex numbers in place. The input is in bit-reversed {@link order}. */
  transform(re: Float64Array, im: Float64Array): void {
    for (let size = 2; size <= this.length; size *= 2) this.#combine(re, im, size);
  }

  #combine(re: Float64Array, im: Float64Array, size: number): void {
    const half = size / 2;
    const step = this.length / size;
    for (let start = 0; start < this.length; start += size)
      for (let k = 0; k < half; k++) {
        const [low, high] = [start + k, start + k + half];
        const c = this.#cos[k * step] ?? 0;
        const s = this.#sin[k * step] ?? 0;
        const [a, b, x, y] = [re[low] ?? 0, im[low] ?? 0, re[high] ?? 0, im[high] ?? 0];
        const tr = x * c - y * s;
        const ti = x * s + y * c;
        re[low] = a + tr;
        im[low] = b + ti;
        re[high] = a - tr;
        im[high] = b - ti;
      }
  }
}

/** The power spectrum of real numbers of one length. */
export class PowerSpectrum {
  readonly #fourier: Fourier;
  readonly #re: Float64Array;
  readonly #im: Float64Array;

  constructor(length: number) {
    this.#fourier = new Fourier(length);
    this.#re = new Float64Array(length);
    this.#im = new Float64Array(length);
  }

  /**
   * @param values at most as many as the transform's length; padded with zeros
   * @param power receives length / 2 + 1 values, for frequencies from 0 to the Nyquist frequency
   */
  compute(values: Float64Array, power: Float64Array): void {
    const re = this.#re;
    const im = this.#im;
    im.fill(0);
    for (let i = 0; i < re.length; i++) re[i] = values[at(this.#fourier.order, i)] ?? 0;
    this.#fourier.transform(re, im);
    for (let i = 0; i < power.length; i++) power[i] = (re[i] ?? 0) ** 2 + (im[i] ?? 0) ** 2;
  }
}
