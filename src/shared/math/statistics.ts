/**
 * Figures of numbers: moments that merge, quantiles of sorted numbers.
 *
 * Moments merge by T. F. Chan, G. H. Golub and R. J. LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances", 1979;
 * quantiles are those of R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", 1996, type 7: numpy's and pandas' default.
 */

/** What is left of numbers once they are gone: enough for mean and deviation, and two of them make one. */
export interface Moments {
  readonly count: number;
  /** 0 where there are none. */
  readonly mean: number;
  /** Sum of squared deviations from the mean. */
  readonly squares: number;
}

export const NO_MOMENTS: Moments = { count: 0, mean: 0, squares: 0 };

/** In two passes; what is not finite is left out. */
export function momentsOf(values: Float64Array): Moments {
  let [count, sum] = [0, 0];
  // Sums run over differences from one of the values, which makes a constant exact.
  const shift = values.find(Number.isFinite) ?? 0;
  for (let i = 0; i < values.length; i++) {
    const difference = (values[i] ?? 0) - shift;
    // False for NaN and the infinities.
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

/** Standard deviation of the sample, divided by count − 1; null for fewer than two numbers. */
export function deviationOf({ count, squares }: Moments): number | null {
  return count < 2 ? null : Math.sqrt(squares / (count - 1));
}

/** Where a quantile lies among `count` sorted numbers: between `rank` and the next, by `share`. */
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
