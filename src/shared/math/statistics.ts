/**
 * Statistics of numbers: moments that can be merged, and quantiles of sorted numbers.
 *
 * Moments merge by T. F. Chan, G. H. Golub and R. J. LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances", 1979;
 * quantiles are those of R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", 1996, type 7: the default of numpy and pandas.
 */

/** Count, mean and squared deviations of numbers: enough for mean and standard deviation, and two of them can be merged. */
export interface Moments {
  readonly count: number;
  /** 0 for an empty set. */
  readonly mean: number;
  /** Sum of squared deviations from the mean. */
  readonly squares: number;
}

export const NO_MOMENTS: Moments = { count: 0, mean: 0, squares: 0 };

/** Computed in two passes. Non-finite numbers are left out. */
export function momentsOf(values: Float64Array): Moments {
  let [count, sum] = [0, 0];
  // The sums are over differences from one of the values, so that a constant gives an exact result.
  const shift = values.find(Number.isFinite) ?? 0;
  for (let i = 0; i < values.length; i++) {
    const difference = (values[i] ?? 0) - shift;
    // True for NaN and the infinities.
    if (difference - difference !== 0) continue;
    sum += difference;
    count++;
  }
  if (count === 0) return NO_MOMENTS;
  const mean = shift + sum / count;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const difference = (values[i] ?? 0) - mean;
    const square = difference * difference;
    if (square - square === 0) squares += square;
  }
  return { count, mean, squares };
}

export function mergeMoments(a: Moments, b: Moments): Moments {
  const count = a.count + b.count;
  if (count === 0) return NO_MOMENTS;
  const delta = b.mean - a.mean;
  return { count, mean: a.mean + (delta * b.count) / count, squares: a.squares + b.squares + (delta * delta * a.count * b.count) / count };
}

/** Sample standard deviation (divided by count − 1); null for fewer than two numbers. */
export function deviationOf({ count, squares }: Moments): number | null {
  return count < 2 ? null : Math.sqrt(squares / (count - 1));
}

/** Position of a quantile among `count` sorted numbers: `share` of the way from `rank` to the next. */
export function quantilePosition(count: number, fraction: number): { readonly rank: number; readonly share: number } {
  const position = (count - 1) * fraction;
  const rank = Math.floor(position);
  return { rank, share: position - rank };
}

/**
 * A quantile by linear interpolation.
 * @param sorted ascending, without NaN, not empty
 * @param fraction 0.25 for the first quartile
 */
export function quantileSorted(sorted: Float64Array, fraction: number): number {
  const { rank, share } = quantilePosition(sorted.length, fraction);
  const below = sorted[rank] ?? Number.NaN;
  const above = sorted[rank + 1] ?? below;
  return below + (above - below) * share;
}

/** Shannon's entropy of a distribution in bits: 0 for a single class, log₂ K for K classes of one size. */
export function entropyBits(counts: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let entropy = 0;
  for (const count of counts) if (count > 0) entropy -= (count / total) * Math.log2(count / total);
  return Math.max(0, entropy);
}
