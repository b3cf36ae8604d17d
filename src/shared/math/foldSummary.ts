/**
 * What the folds of a cross-validation say together.
 *
 * The deviation over folds is too small a measure of how much the result would differ on other data: the folds share most of their
 * training samples, so that their results are not independent, and no unbiased estimate of the variance can be had from one
 * cross-validation (Y. Bengio and Y. Grandvalet, "No unbiased estimator of the variance of k-fold cross-validation", Journal of
 * Machine Learning Research 5, 2004). It says how much the folds differ; read the standard error as a lower bound.
 */
import { deviationOf, momentsOf } from "./statistics.ts";

export interface FoldSummary {
  /** How many folds have a finite value; the others are left out. */
  readonly count: number;
  readonly mean: number;
  /** Standard deviation of the sample, divided by count − 1; null for a single fold. */
  readonly deviation: number | null;
  /** Deviation / √count, as if the folds were independent; null for a single fold, and for repeats, where √count would promise far too much. */
  readonly standardError: number | null;
  readonly min: number;
  readonly max: number;
}

export interface RepeatedSummary extends FoldSummary {
  /** Of the repeats' own means: how much of the result is luck in cutting the folds. */
  readonly repeats: FoldSummary;
}

/** Null where no value is finite. */
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
 * Of folds that were cut anew several times. The mean is that of the repeats' means, so that a repeat that lacks folds weighs as much as
 * the others; deviation, least and greatest are over all folds. Null where no value is finite.
 * @param repeats the values of each repeat's folds
 */
export function repeatedSummary(repeats: readonly (readonly number[])[]): RepeatedSummary | null {
  const whole = foldSummary(repeats.flat());
  const means = foldSummary(repeats.flatMap((values) => foldSummary(values)?.mean ?? []));
  return whole === null || means === null ? null : { ...whole, mean: means.mean, standardError: null, repeats: means };
}
