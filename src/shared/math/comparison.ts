/**
 * Compares two ways of training by their validation metrics: the size of the difference, with a 95 % confidence interval.
 *
 * One pair of runs on n validation samples: the interval of R. G. Newcombe, "Interval estimation for the difference between independent
 * proportions", Statistics in Medicine 17, 1998, method 10, which combines two Wilson intervals. It assumes independent samples. Both runs are
 * measured on the same samples and mostly make the same errors, so the interval is somewhat too wide, which is the safe side.
 *
 * Several pairs, one per seed: Student's t interval of the paired differences. Where every seed draws another split, the training parts overlap and
 * the plain interval is far too narrow. Its variance is then corrected as in C. Nadeau and Y. Bengio, "Inference for the generalization error",
 * Machine Learning 52, 2003.
 */
import { deviationOf, momentsOf } from "./statistics.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface Difference extends Interval {
  /** The estimate, between the limits. */
  readonly value: number;
}

/** Probability outside a 95 % interval, on one side. */
const TAIL = 0.025;
const NORMAL_LIMIT = 1.959963984540054;

/**
 * Wilson's score interval of a fraction (E. B. Wilson, Journal of the American Statistical Association 22, 1927).
 * @param count number of samples, at least 1
 */
export function fractionInterval(fraction: number, count: number): Interval {
  const z2 = NORMAL_LIMIT ** 2;
  const centre = (2 * count * fraction + z2) / (2 * (count + z2));
  const half = (NORMAL_LIMIT * Math.sqrt(z2 + 4 * count * fraction * (1 - fraction))) / (2 * (count + z2));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/**
 * Interval of a − b for two fractions.
 * @param count number of samples of each
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
 * Interval of the mean of paired differences, one per seed.
 * @param overlap number of validation samples divided by that of training samples where every seed draws another split; 0 where all seeds share one
 * @returns null for fewer than two differences, which do not show how much seeds differ
 */
export function meanDifference(differences: readonly number[], overlap: number): Difference | null {
  const moments = momentsOf(Float64Array.from(differences));
  const deviation = deviationOf(moments);
  if (deviation === null) return null;
  const half = studentQuantile(1 - TAIL, moments.count - 1) * deviation * Math.sqrt(1 / moments.count + overlap);
  return { value: moments.mean, low: moments.mean - half, high: moments.mean + half };
}

/** The quantile of Student's t distribution. @param fraction above 0.5 @param freedom degrees of freedom, an integer of at least 1 */
export function studentQuantile(fraction: number, freedom: number): number {
  let [low, high] = [0, 1];
  while (studentBelow(high, freedom) < fraction) high *= 2;
  // Bisection until the limits are neighbouring floats.
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (studentBelow(middle, freedom) < fraction) low = middle;
    else high = middle;
  }
}

/**
 * The cumulative distribution function of Student's t for t ≥ 0: M. Abramowitz and I. A. Stegun, "Handbook of Mathematical Functions", 26.7.3 and
 * 26.7.4.
 */
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
