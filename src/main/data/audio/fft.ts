/** The fast Fourier transform of radix 2 (Cooley & Tukey, 1965), and the power spectrum of real numbers by it. */
import { at } from "../../../shared/kit/fault.ts";

/** For transforms of one length, a power of two: its tables are made once. */
export class Fourier {
  readonly length: number;
  /** Where each value must stand before the transform. */
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

  /** In place, of complex numbers in {@link order}. */
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

/** For real numbers of one length. */
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
   * @param values at most as many as the transform is long; zeros follow
   * @param power of the frequencies from 0 to Nyquist's, length / 2 + 1 of them
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
