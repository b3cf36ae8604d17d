/**
 * Equal bins for a histogram, by D. Freedman and P. Diaconis, "On the histogram as a density estimator: L2 theory", 1981: a width of 2 ·
 * (interquartile range) / ∛count, between 10 and 60 bins. Integers get bins with edges halfway between integers and integer widths, so that every
 * bin covers the same number of integers.
 */
export interface Bins {
  readonly low: number;
  /** Upper edge; the last bin includes it. */
  readonly high: number;
  readonly bins: number;
}

export interface Spread {
  readonly count: number;
  readonly min: number;
  readonly max: number;
  /** Null where the quartiles are unknown: the number of bins is then that for a normal distribution. */
  readonly interquartile: number | null;
  /** Whether all numbers are integers. */
  readonly whole: boolean;
}

const MIN_BINS = 10;
const MAX_BINS = 60;
/** Above this, float64 cannot represent the halves between integers. */
const MAX_WHOLE = 2 ** 50;

export function chooseBins({ count, min, max, interquartile, whole }: Spread): Bins {
  const range = max - min;
  const width = (2 * (interquartile ?? range / 4)) / Math.cbrt(Math.max(1, count));
  const wanted = width > 0 ? Math.ceil(range / width) : MAX_BINS;
  const bins = Math.max(MIN_BINS, Math.min(MAX_BINS, wanted));
  if (whole && Math.max(Math.abs(min), Math.abs(max)) < MAX_WHOLE) {
    const step = range + 1 <= MAX_BINS ? 1 : Math.ceil((range + 1) / bins);
    const number = Math.ceil((range + 1) / step);
    return { low: min - 0.5, high: min - 0.5 + number * step, bins: number };
  }
  // A constant, or a range that float64 cannot hold.
  if (!(range > 0) || !Number.isFinite(range)) return { low: min, high: max, bins: 1 };
  return { low: min, high: max, bins };
}

/** Counts numbers per bin. Numbers outside of the bins and NaN are ignored. */
export class Counter {
  readonly bins: Bins;
  readonly counts: Float64Array;

  constructor(bins: Bins) {
    this.bins = bins;
    this.counts = new Float64Array(bins.bins);
  }

  /** Adds one number with a weight. */
  add(value: number, weight: number): void {
    const { low, high, bins } = this.bins;
    const bin = binOf(value, low, high, bins);
    if (bin >= 0) this.counts[bin] = (this.counts[bin] ?? 0) + weight;
  }

  addAll(values: Float64Array | Float32Array): void {
    const { counts } = this;
    const { low, high, bins } = this.bins;
    for (let i = 0; i < values.length; i++) {
      const bin = binOf(values[i] ?? Number.NaN, low, high, bins);
      if (bin >= 0) counts[bin] = (counts[bin] ?? 0) + 1;
    }
  }

  /** Adds numbers in ascending order; a binary search per edge replaces a visit of each number. */
  addSorted(sorted: Float64Array): void {
    const { low, high, bins } = this.bins;
    const width = (high - low) / bins;
    let start = firstFrom(sorted, low);
    for (let bin = 0; bin < bins; bin++) {
      const end = bin === bins - 1 ? sorted.length : firstFrom(sorted, low + (bin + 1) * width);
      this.counts[bin] = (this.counts[bin] ?? 0) + end - start;
      start = end;
    }
  }

  get histogram(): { readonly low: number; readonly high: number; readonly counts: readonly number[] } {
    return { low: this.bins.low, high: this.bins.high, counts: Array.from(this.counts) };
  }
}

/** Position of the first number that is at least `limit`. */
export function firstFrom(sorted: Float64Array, limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** −1 for numbers outside of the bins. */
function binOf(value: number, low: number, high: number, bins: number): number {
  if (!(value >= low && value <= high)) return -1;
  const width = (high - low) / bins;
  if (width === 0) return 0;
  const bin = Math.min(bins - 1, Math.floor((value - low) / width));
  // A number on an edge belongs to the upper bin regardless of rounding, as in numpy.
  if (value < low + bin * width) return bin - 1;
  return bin < bins - 1 && value >= low + (bin + 1) * width ? bin + 1 : bin;
}
