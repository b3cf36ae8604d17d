/**
 * Log-mel spectrograms: frames of 25 ms every 10 ms under a periodic Hann window, the power of their Fourier transform summed by
 * triangles that are spaced evenly in mel (HTK's scale, 2595 · log10(1 + f / 700)) from 0 to the Nyquist frequency, and log(1e-6 + power).
 */
import { at } from "../../../shared/kit/fault.ts";
import { PowerSpectrum } from "./fft.ts";

const WINDOW_SECONDS = 0.025;
const HOP_SECONDS = 0.01;
const FLOOR = 1e-6;

/** Triangular filter of one band: weights of neighbouring frequencies, starting at `first`. */
interface Band {
  readonly first: number;
  readonly weights: Float64Array;
}

/** For waves of one length and sample rate: window, transform and bands are computed once. */
export class LogMel {
  readonly shape: readonly [1, number, number];
  readonly #window: Float64Array;
  readonly #hop: number;
  readonly #transform: PowerSpectrum;
  readonly #power: Float64Array;
  readonly #bands: readonly Band[];

  /** @param length of the waves in samples */
  constructor(length: number, sampleRate: number, mels: number) {
    const width = Math.max(1, Math.round(WINDOW_SECONDS * sampleRate));
    this.#hop = Math.max(1, Math.round(HOP_SECONDS * sampleRate));
    this.#window = Float64Array.from({ length: width }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / width));
    const points = Array.from({ length: mels + 2 }, (_, i) => melToHertz((i * hertzToMel(sampleRate / 2)) / (mels + 1)));
    const size = transformLength(width, sampleRate, at(points, 1));
    this.#transform = new PowerSpectrum(size);
    this.#power = new Float64Array(size / 2 + 1);
    this.#bands = Array.from({ length: mels }, (_, i) => triangle(at(points, i), at(points, i + 1), at(points, i + 2), sampleRate / size, size / 2));
    this.shape = [1, mels, 1 + Math.max(0, Math.floor((length - width) / this.#hop))];
  }

  /** @returns [1, bands, frames] */
  compute(wave: Float64Array): Float32Array<ArrayBuffer> {
    const [, mels, frames] = this.shape;
    const out = new Float32Array(mels * frames);
    const window = this.#window;
    const framed = new Float64Array(window.length);
    for (let frame = 0; frame < frames; frame++) {
      for (let i = 0; i < window.length; i++) framed[i] = (wave[frame * this.#hop + i] ?? 0) * at(window, i);
      this.#transform.compute(framed, this.#power);
      for (const [mel, { first, weights }] of this.#bands.entries()) {
        let sum = 0;
        for (let i = 0; i < weights.length; i++) sum += (weights[i] ?? 0) * (this.#power[first + i] ?? 0);
        out[mel * frames + frame] = Math.log(FLOOR + sum);
      }
    }
    return out;
  }
}

/** The smallest power of two, at least the window's length, at which the narrowest (first) band contains a frequency. An empty band would carry no information. */
function transformLength(window: number, sampleRate: number, narrowest: number): number {
  let size = 2;
  while (size < window || sampleRate / size > narrowest) size *= 2;
  return size;
}

function triangle(low: number, middle: number, high: number, step: number, last: number): Band {
  const first = Math.floor(low / step) + 1;
  const end = Math.min(last, Math.ceil(high / step) - 1);
  const weights = Float64Array.from({ length: Math.max(0, end - first + 1) }, (_, i) => {
    const frequency = (first + i) * step;
    return Math.max(0, Math.min((frequency - low) / (middle - low), (high - frequency) / (high - middle)));
  });
  return { first, weights };
}

function hertzToMel(hertz: number): number {
  return 2595 * Math.log10(1 + hertz / 700);
}

function melToHertz(mel: number): number {
  return 700 * (10 ** (mel / 2595) - 1);
}
