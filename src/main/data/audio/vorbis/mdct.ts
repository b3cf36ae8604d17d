/** The inverse modified discrete cosine transform (Princen, Johnson & Bradley, 1987), computed by a complex Fourier transform of a quarter of its length. */
import { at } from "../../../../shared/kit/fault.ts";
import { Fourier } from "../fft.ts";

/** For blocks of one length, a power of two. The tables are computed once. */
export class InverseMdct {
  readonly #half: number;
  readonly #fourier: Fourier;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;
  readonly #re: Float64Array;
  readonly #im: Float64Array;
  readonly #cosines: Float64Array;

  /** @param length of a block of samples */
  constructor(length: number) {
    const half = length / 2;
    this.#half = half;
    this.#fourier = new Fourier(half / 2);
    // Each of the two factors carries half of the constant rotation.
    const angle = (i: number) => (-Math.PI * (4 * i + 0.5)) / (4 * half);
    this.#cos = Float64Array.from({ length: half / 2 }, (_, i) => Math.cos(angle(i)));
    this.#sin = Float64Array.from({ length: half / 2 }, (_, i) => Math.sin(angle(i)));
    this.#re = new Float64Array(half / 2);
    this.#im = new Float64Array(half / 2);
    this.#cosines = new Float64Array(half);
  }

  /** @param spectrum half as long as the block */
  transform(spectrum: Float64Array): Float64Array {
    const half = this.#half;
    this.#cosineTransform(spectrum);
    const block = new Float64Array(2 * half);
    for (let i = 0; i < block.length; i++) {
      // Extends the cosines by symmetry.
      const place = i + half / 2;
      const value = this.#cosines[place < half ? place : place < 2 * half ? 2 * half - 1 - place : place - 2 * half] ?? 0;
      block[i] = place < half ? value : -value;
    }
    return block;
  }

  /** The DCT-IV, written to `#cosines`. */
  #cosineTransform(spectrum: Float64Array): void {
    const half = this.#half;
    const [re, im] = [this.#re, this.#im];
    for (let i = 0; i < re.length; i++) {
      const k = at(this.#fourier.order, i);
      const [a, b, c, s] = [spectrum[2 * k] ?? 0, spectrum[half - 1 - 2 * k] ?? 0, this.#cos[k] ?? 0, this.#sin[k] ?? 0];
      re[i] = a * c - b * s;
      im[i] = a * s + b * c;
    }
    this.#fourier.transform(re, im);
    for (let k = 0; k < re.length; k++) {
      const [a, b, c, s] = [re[k] ?? 0, im[k] ?? 0, this.#cos[k] ?? 0, this.#sin[k] ?? 0];
      this.#cosines[2 * k] = a * c - b * s;
      this.#cosines[half - 1 - 2 * k] = -(a * s + b * c);
    }
  }
}
