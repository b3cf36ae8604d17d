/**
 * The Matérn 5/2 correlation with one length scale per dimension, k = (1 + a + a²/3) e^(−a) with a² = 5 r² and r² = Σ_d (distance in d)² / ℓ_d².
 * C. E. Rasmussen and C. K. I. Williams, "Gaussian Processes for Machine Learning", 2006, equations 4.17 and 5.9.
 */

/** @param r2 the squared distance r² */
export function matern(r2: number): number {
  const a = Math.sqrt(5 * r2);
  return (1 + a + (a * a) / 3) * Math.exp(-a);
}

/** The derivative of {@link matern} by r². */
export function maternSlope(r2: number): number {
  const a = Math.sqrt(5 * r2);
  return (-5 / 6) * (1 + a) * Math.exp(-a);
}

/** The squared distance of two values of a choice: half of a numeric range. Further apart, little would be learned from one value about another. */
const DIFFERENT = 0.25;

/**
 * The squared distance of two coordinates of a dimension, 0 … 1; see encoding.ts for what coordinates are.
 * @param isChoice whether the dimension is a choice, where all values are equally far from each other
 */
export function squaredDistance(isChoice: boolean, a: number, b: number): number {
  if (a === b) return 0;
  // NaN stands for a dimension that does not exist at the point.
  if (Number.isNaN(a) && Number.isNaN(b)) return 0;
  if (isChoice) return DIFFERENT;
  if (Number.isNaN(a) || Number.isNaN(b)) return ((Number.isNaN(a) ? b : a) - 0.5) ** 2 + 0.25;
  return (a - b) * (a - b);
}

/** r² of two points. */
export function squaredRadius(choices: readonly boolean[], weights: Float64Array, a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let d = 0; d < weights.length; d++) sum += (weights[d] ?? 0) * squaredDistance(choices[d] ?? false, a[d] ?? 0, b[d] ?? 0);
  return sum;
}
