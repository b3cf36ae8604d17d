/**
 * Summary of the folds of a cross-validation.
 *
 * The standard deviation over folds underestimates how much the result would vary on other data: folds share most of their training samples, so
 * their results are not independent. No unbiased estimate of the variance exists for a single cross-validation (Y. Bengio and Y. Grandvalet, "No
 * unbiased estimator of the variance of k-fold cross-validation", Journal of Machine Learning Research 5, 2004). The deviation describes how much
 * the folds differ; the standard error is a lower bound.
 */
import { deviationOf, momentsOf } from "./statistics.ts";

export interface FoldSummary {
  /** Number of folds with a finite value; the others are left out. */
  readonly count: number;
  readonly mean: number;
  /** Sample standard deviation (divided by count − 1); null for a single fold. */
  readonly deviation: number | null;
  /** Deviation / √count, as if the folds were independent. Null for a single fold, and for repeats, where √count would be far too optimistic. */
  readonly standardError: number | null;
  readonly min: number;
  readonly max: number;
}

export interface RepeatedSummary extends FoldSummary {
  /** Summary of the means of the repeats: how much the result depends on the random assignment to folds. */
  readonly repeats: FoldSummary;
}

/** Returns null where no value is finite. */
export function foldSummary(values: readonly number[]): FoldSummary | null {
  const finite = Float64Array.from(values.filter(Number.isFinite));
  if (finite.length === 0) return null;
  const moments = momentsOf(finite);
  const deviation = deviationOf(moments);
  return {
    count: moments.count,
    mean: moments.mean,
    deviation,
    standardError: deviation === null ? null : deviation / Math.sqrt(moments.count),
    min: finite.reduce((least, value) => Math.min(least, value)),
    max: finite.reduce((most, value) => Math.max(most, value)),
  };
}

/**
 * Summary of a repeated cross-validation. The mean is that of the repeats' means, so that a repeat with missing folds has the same weight as the
 * others; deviation, minimum and maximum are over all folds. Returns null where no value is finite.
 * @param repeats the values of the folds of each repeat
 */
export function repeatedSummary(repeats: readonly (readonly number[])[]): RepeatedSummary | null {
  const whole = foldSummary(repeats.flat());
  const means = foldSummary(repeats.flatMap((values) => foldSummary(values)?.mean ?? []));
  return whole === null || means === null ? null : { ...whole, mean: means.mean, standardError: null, repeats: means };
}
