/**
 * Exact quartiles of more numbers than can be sorted, by radix selection in two passes. The bits of float32 numbers are mapped so that they sort like the
 * numbers. The first pass counts by the high half of the bits; the second counts by the low half, for high halves that contain a quartile.
 */
import { at, internal } from "../../../shared/kit/fault.ts";
import { quantilePosition } from "../../../shared/math/statistics.ts";

const HALF = 1 << 16;
const SIGN = 0x80000000;

export interface Quartiles {
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
}

interface Wanted {
  /** Rank among the numbers with the same high half. */
  readonly rank: number;
  readonly high: number;
  low: number;
}

/** Selects quartiles of numbers that are passed in twice. */
export class QuartileSelection {
  readonly #number = new Float32Array(1);
  readonly #bits = new Uint32Array(this.#number.buffer);
  #pass: 1 | 2 | 3 = 1;
  /** First pass: counts by high half. Second pass: by low half, in a run of 65,536 counts per wanted high half. */
  #counts = new Float64Array(HALF);
  /** The run that a high half counts in, from 1; 0 for none. */
  readonly #runs = new Uint8Array(HALF);
  /** For each quartile the two ranks around it; empty before the end of the first pass, and if there are no numbers. */
  #wanted: readonly Wanted[] = [];
  #shares: readonly number[] = [];

  /** Adds numbers from `from` up to `to`, rounded to float32. Skips numbers that are not finite; −0 counts as 0. */
  add(values: Float32Array | Float64Array, from = 0, to = values.length): void {
    const [number, bits, counts, runs] = [this.#number, this.#bits, this.#counts, this.#runs];
    const isFirst = this.#pass === 1;
    for (let i = from; i < to; i++) {
      const value = (values[i] ?? Number.NaN) + 0;
      if (value - value !== 0) continue;
      number[0] = value;
      const own = bits[0] ?? 0;
      const key = own >= SIGN ? ~own : own | SIGN;
      const high = key >>> 16;
      if (isFirst) {
        counts[high] = (counts[high] ?? 0) + 1;
        continue;
      }
      const run = runs[high] ?? 0;
      if (run === 0) continue;
      const slot = (run - 1) * HALF + (key & 0xffff);
      counts[slot] = (counts[slot] ?? 0) + 1;
    }
  }

  /** Ends a pass. */
  narrow(): void {
    if (this.#pass === 1) this.#narrowFirst();
    else if (this.#pass === 2)
      for (const wanted of this.#wanted) {
        const run = at(this.#runs, wanted.high) - 1;
        wanted.low = locate(this.#counts.subarray(run * HALF, (run + 1) * HALF), wanted.rank).place;
      }
    else throw internal("a third pass");
    this.#pass = this.#pass === 1 ? 2 : 3;
  }

  /** Exact after the second pass, approximate after the first; null if there are no numbers. */
  get quartiles(): Quartiles | null {
    if (this.#pass === 1) throw internal("quartiles before the first pass");
    if (this.#wanted.length === 0) return null;
    const found = this.#wanted.map(({ high, low }) => this.#numberOf(high, low));
    const [q1, median, q3] = this.#shares.map((share, k) => at(found, 2 * k) + (at(found, 2 * k + 1) - at(found, 2 * k)) * share);
    return { q1: q1 ?? 0, median: median ?? 0, q3: q3 ?? 0 };
  }

  #narrowFirst(): void {
    const count = this.#counts.reduce((sum, each) => sum + each, 0);
    const positions = count === 0 ? [] : [0.25, 0.5, 0.75].map((fraction) => quantilePosition(count, fraction));
    this.#shares = positions.map(({ share }) => share);
    this.#wanted = positions
      .flatMap(({ rank }) => [rank, Math.min(count - 1, rank + 1)])
      .map((rank) => {
        const { place, rest } = locate(this.#counts, rank);
        return { rank: rest, high: place, low: 0 };
      });
    const highs = [...new Set(this.#wanted.map(({ high }) => high))];
    for (const [k, high] of highs.entries()) this.#runs[high] = k + 1;
    this.#counts = new Float64Array(highs.length * HALF);
  }

  #numberOf(high: number, low: number): number {
    const key = ((high << 16) | low) >>> 0;
    this.#bits[0] = key >= SIGN ? key ^ SIGN : ~key;
    return at(this.#number, 0);
  }
}

/** The place that contains the rank, and the remaining rank inside it. */
function locate(counts: Float64Array, rank: number): { readonly place: number; readonly rest: number } {
  let [place, rest] = [0, rank];
  for (; place < counts.length - 1 && rest >= at(counts, place); place++) rest -= at(counts, place);
  return { place, rest };
}
