/**
 * Wilcoxon's signed-rank test of paired differences (F. Wilcoxon, "Individual comparisons by ranking methods", Biometrics Bulletin 1, 1945).
 *
 * The sizes of the differences are ranked, equal ones get the mean of their ranks, and W⁺ is the sum of the ranks of the positive ones. A zero counts half to
 * either side. Under the null hypothesis every sign is a coin toss, given the ranks; the distribution of W⁺ under it is counted exactly, ties and zeros
 * included, so that three folds with equal differences are not given the p value of a normal approximation, which would be far too small.
 */
import { at } from "../kit/fault.ts";

/**
 * The one-sided p value of "the differences tend to be above 0": P(W⁺ ≥ observed).
 * @param differences at most some hundreds (the work grows with the cube of their number); infinite ones are the largest, and NaN counts as zero
 * @returns 1 where every difference is zero or there is none
 */
export function signedRankGreater(differences: readonly number[]): number {
  const values = differences.map((difference) => (Number.isNaN(difference) ? 0 : difference));
  const ranks = doubledRanks(values.map(Math.abs));
  const signed = ranks.filter((_, i) => at(values, i) !== 0);
  const positive = ranks.filter((_, i) => at(values, i) > 0).reduce((sum, rank) => sum + rank, 0);
  // Each item is the probability of that sum of doubled ranks; a rank is in it or not with probability ½.
  let probabilities = Float64Array.of(1);
  for (const rank of signed) {
    const next = new Float64Array(probabilities.length + rank);
    for (const [sum, probability] of probabilities.entries()) {
      next[sum] = at(next, sum) + probability / 2;
      next[sum + rank] = at(next, sum + rank) + probability / 2;
    }
    probabilities = next;
  }
  return Math.min(
    1,
    probabilities.subarray(positive).reduce((sum, probability) => sum + probability, 0),
  );
}

/** Twice the ranks from 1, which are whole numbers for ties too. */
function doubledRanks(sizes: readonly number[]): readonly number[] {
  return sizes.map((size) => {
    const smaller = sizes.filter((other) => other < size).length;
    const equal = sizes.filter((other) => other === size).length;
    return 2 * smaller + equal + 1;
  });
}
