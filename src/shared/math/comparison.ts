/**
 * Whether two ways of training can be told apart by their validation figures, and how large the difference is: 95 % intervals.
 *
 * One pair of runs on n validation samples: the interval of R. G. Newcombe, "Interval estimation for the difference between independent proportions",
 * Statistics in Medicine 17, 1998, method 10, made of two Wilson intervals. Both runs are measured on the same samples, and mostly err on the same
 * ones; so it is somewhat too wide, which is the careful side.
 * Several pairs, one a seed: Student's t interval of the paired differences. Where every seed draws another split, the training parts overlap and the
 * plain interval is far too narrow; its variance is enlarged as C. Nadeau and Y. Bengio do, "Inference for the generalization error", Machine Learning 52, 2003.
 */
import { deviationOf, momentsOf } from "./statistics.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface Difference extends Interval {
  /** The estimate between the limits. */
  readonly value: number;
}

/** How many of both tails lie outside a 95 % interval, on one side. */
const TAIL = 0.025;
const NORMAL_LIMIT = 1.959963984540054;

/**
 * Wilson's score interval of a fraction (E. B. Wilson, Journal of the American Statistical Association 22, 1927).
 * @param count samples that the fraction is of, at least 1
 */
export function fractionInterval(fraction: number, count: number): Interval {
  const z2 = NORMAL_LIMIT ** 2;
  const centre = (2 * count * fraction + z2) / (2 * (count + z2));
  const half = (NORMAL_LIMIT * Math.sqrt(z2 + 4 * count * fraction * (1 - fraction))) / (2 * (count + z2));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/**
 * a − b of two fractions.
 * @param count samples that each is of
 */
export function differenceOfFractions(a: number, b: number, count: number): Difference {
  const [first, second] = [fractionInterval(a, count), fractionInterval(b, count)];
  const value = a - b;
  return {
    value,
    low: value - Math.hypot(a - first.low, second.high - b),
    high: value + Math.hypot(first.high - a, b - second.low),
  };
}

/**
 * The mean of paired differences, one a seed.
 * @param overlap validation samples over training samples where every seed draws another split; 0 where all seeds have the same one
 * @returns null for fewer than two differences, which say nothing of how much seeds differ
 */
export function meanDifference(differences: readonly number[], overlap: number): Difference | null {
  const moments = momentsOf(Float64Array.from(differences));
  const deviation = deviationOf(moments);
  if (deviation === null) return null;
  const half = studentQuantile(1 - TAIL, moments.count - 1) * deviation * Math.sqrt(1 / moments.count + overlap);
  return { value: moments.mean, low: moments.mean - half, high: moments.mean + half };
}

/** The value below which this fraction of Student's t distribution lies. @param fraction above 0.5 @param freedom degrees of freedom, a whole number from 1 */
export function studentQuantile(fraction: number, freedom: number): number {
  let [low, high] = [0, 1];
  while (studentBelow(high, freedom) < fraction) high *= 2;
  // Halved until the two are neighbours among the numbers of this computer.
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (studentBelow(middle, freedom) < fraction) low = middle;
    else high = middle;
  }
}

/** The fraction of Student's t distribution below t ≥ 0: M. Abramowitz and I. A. Stegun, "Handbook of Mathematical Functions", 26.7.3 and 26.7.4. */
function studentBelow(t: number, freedom: number): number {
  const angle = Math.atan(t / Math.sqrt(freedom));
  const cosine2 = Math.cos(angle) ** 2;
  const odd = freedom % 2 === 1;
  let term = odd ? Math.cos(angle) : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let power = odd ? 3 : 2; power <= freedom - 2; power += 2) {
    term *= ((power - 1) / power) * cosine2;
    sum += term;
  }
  const between = odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
  return 0.5 + between / 2;
}
