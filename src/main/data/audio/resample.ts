/**
 * Resampling with a windowed-sinc filter in polyphase form (Crochiere & Rabiner, Multirate Digital Signal Processing, 1983; window of
 * Kaiser & Schafer, 1980). The filter is that of scipy.signal.resample_poly: ten zero crossings on each side, a Kaiser window with
 * β = 5 and a cut-off at the lower of both Nyquist frequencies, which prevents aliasing.
 */
import { at } from "../../../shared/kit/fault.ts";

const ZERO_CROSSINGS = 10;
const BETA = 5;

interface Filter {
  readonly up: number;
  readonly down: number;
  /** Number of taps on each side of the middle one. */
  readonly half: number;
  readonly taps: Float64Array;
}

const filters = new Map<string, Filter>();

/** How many input samples the first `count` output samples depend on. */
export function inputLength(count: number, from: number, to: number): number {
  if (from === to) return count;
  const { up, down, half } = filterOf(from, to);
  return Math.ceil(((count - 1) * down + half) / up) + 1;
}

/**
 * The wave at another sample rate, padded with silence on both sides.
 * @param most number of output samples, at most
 */
export function resample(wave: Float64Array, from: number, to: number, most: number): Float64Array {
  if (from === to) return wave.subarray(0, most);
  const { up, down, half, taps } = filterOf(from, to);
  const out = new Float64Array(Math.min(most, Math.ceil((wave.length * up) / down)));
  for (let n = 0; n < out.length; n++) {
    // On the common grid of both rates, output n is at n · down and input k at k · up.
    const middle = n * down;
    const first = Math.max(0, Math.ceil((middle - half) / up));
    const last = Math.min(wave.length - 1, Math.floor((middle + half) / up));
    let sum = 0;
    for (let k = first, tap = middle - first * up + half; k <= last; k++, tap -= up) sum += (wave[k] ?? 0) * (taps[tap] ?? 0);
    out[n] = sum;
  }
  return out;
}

function filterOf(from: number, to: number): Filter {
  const key = `${from}/${to}`;
  const known = filters.get(key);
  if (known !== undefined) return known;
  const divisor = gcd(from, to);
  const filter = design(to / divisor, from / divisor);
  filters.set(key, filter);
  return filter;
}

function design(up: number, down: number): Filter {
  const widest = Math.max(up, down);
  const half = ZERO_CROSSINGS * widest;
  const taps = new Float64Array(2 * half + 1);
  let sum = 0;
  for (let i = 0; i < taps.length; i++) {
    const x = (i - half) / widest;
    taps[i] = (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)) * bessel(BETA * Math.sqrt(Math.max(0, 1 - ((i - half) / half) ** 2)));
    sum += at(taps, i);
  }
  // Normalized, so that a constant stays unchanged.
  for (let i = 0; i < taps.length; i++) taps[i] = (at(taps, i) * up) / sum;
  return { up, down, half, taps };
}

/** The modified Bessel function of the first kind and order 0, by its power series. */
function bessel(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > 1e-17 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
