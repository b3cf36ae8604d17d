/**
 * The hyperparameters of a Gaussian process: y = c + f(x) + ε with cov f = s² k(x, x′), k the Matérn 5/2 correlation, and ε of variance s² η.
 *
 * The length scales ℓ and the noise ratio η maximise their posterior density by its analytic gradient (C. E. Rasmussen and C. K. I. Williams, "Gaussian
 * Processes for Machine Learning", 2006, equations 5.8 and 5.9); for each of them c and s² have their best values in closed form.
 *
 * Priors, for standardised y and D dimensions: log ℓ is normal around √2 − 3 + log √D with deviation √3. That is the log-normal density of C. Hvarfner,
 * E. O. Hellsten and L. Nardi, "Vanilla Bayesian optimization performs great in high dimensions", 2024, as a density of ℓ: with more dimensions, each
 * of them is expected to matter less. log η is normal around log 10⁻⁴ with deviation 3, so that nearly no noise is as likely as a noise
 * of a hundredth. c is normal around 0 with variance s². 1/s² has a gamma density with shape 2 and rate 1.
 */
import { at } from "../../../kit/fault.ts";
import { dot, factorize, inverseOf, logDeterminant, solve } from "../../../math/cholesky.ts";
import { minimize, type Smooth } from "../../../math/minimize.ts";
import { squaredDistance } from "./kernel.ts";

export interface Data {
  /** Which dimensions are choices. */
  readonly choices: readonly boolean[];
  /** The coordinates of one point per row. */
  readonly inputs: readonly Float64Array[];
  /** One number per point, standardised. */
  readonly targets: Float64Array;
}

export interface Hyperparameters {
  /** 1/ℓ² of every dimension. */
  readonly weights: Float64Array;
  /** η: the variance of the noise divided by that of the function. */
  readonly noise: number;
}

const LENGTH_CENTRE = Math.SQRT2 - 3;
const LENGTH_DEVIATION = Math.sqrt(3);
const NOISE_CENTRE = Math.log(1e-4);
const NOISE_DEVIATION = 3;
const LENGTHS = [Math.log(0.01), Math.log(100)] as const;
const NOISES = [Math.log(1e-8), Math.log(10)] as const;
/** Of the gamma density of 1/s². */
const [SHAPE, RATE] = [2, 1];
/** Of the density from each start, and from the better one on. */
const [FIRST_EVALUATIONS, EVALUATIONS] = [8, 24];
const TOLERANCE = 1e-3;

/** From two starts, a smooth function with little noise and a rough one with much, a few steps each; then from the better of the two to the end. */
export function fitProcess(data: Data): Hyperparameters {
  const size = data.choices.length;
  const density = negativeLogPosterior(data);
  const both = (length: number, noise: number) => [...new Array<number>(size).fill(length), noise];
  const box = { lower: both(LENGTHS[0], NOISES[0]), upper: both(LENGTHS[1], NOISES[1]) };
  const centre = LENGTH_CENTRE + 0.5 * Math.log(size);
  const starts = [both(centre + 1, Math.log(1e-5)), both(centre, Math.log(0.1))];
  const ends = starts.map((start) => minimize(density, start, box, FIRST_EVALUATIONS, TOLERANCE));
  const better = ends.reduce((a, b) => (b.value < a.value ? b : a));
  const { x } = minimize(density, better.x, box, EVALUATIONS, TOLERANCE);
  return { weights: x.slice(0, size).map((length) => Math.exp(-2 * length)), noise: Math.exp(at(x, size)) };
}

/** −log p(y | ℓ, η) p(ℓ, η) except for a constant, with c and s² at their best, of θ = log ℓ of every dimension and log η. */
export function negativeLogPosterior({ choices, inputs, targets }: Data): Smooth {
  const [count, size] = [inputs.length, choices.length];
  const pairs = (count * (count - 1)) / 2;
  const distances = new Float64Array(pairs * size);
  for (let i = 0, k = 0; i < count; i++)
    for (let j = 0; j < i; j++) for (let d = 0; d < size; d++, k++) distances[k] = squaredDistance(at(choices, d), at(at(inputs, i), d), at(at(inputs, j), d));
  const weights = new Float64Array(size);
  const slopes = new Float64Array(pairs);
  const matrix = new Float64Array(count * count);
  return (theta, gradient) => {
    for (let d = 0; d < size; d++) weights[d] = Math.exp(-2 * at(theta, d));
    const noise = Math.exp(at(theta, size));
    for (let i = 0, pair = 0; i < count; i++) {
      matrix[i * count + i] = 1 + noise;
      for (let j = 0; j < i; j++, pair++) {
        const r2 = dot(distances, pair * size, weights, 0, size);
        const a = Math.sqrt(5 * r2);
        const decay = Math.exp(-a);
        // As in kernel.ts, where the exponential would be computed twice.
        matrix[j * count + i] = (1 + a + (a * a) / 3) * decay;
        slopes[pair] = (-5 / 6) * (1 + a) * decay;
      }
    }
    factorize(matrix, count);
    const { alpha, variance } = levelOf(matrix, targets);
    const inverse = inverseOf(matrix, count);
    gradient.fill(0);
    for (let i = 0, pair = 0; i < count; i++) {
      const own = (alpha[i] ?? 0) / variance;
      gradient[size] = at(gradient, size) + 0.5 * noise * ((inverse[i * count + i] ?? 0) - own * (alpha[i] ?? 0));
      for (let j = 0; j < i; j++, pair++) {
        const weight = ((inverse[i * count + j] ?? 0) - own * (alpha[j] ?? 0)) * (slopes[pair] ?? 0);
        for (let d = 0; d < size; d++) gradient[d] = (gradient[d] ?? 0) + weight * (distances[pair * size + d] ?? 0);
      }
    }
    let value = 0.5 * logDeterminant(matrix, count) + 0.5 * freedom(count) * Math.log(variance);
    for (let d = 0; d < size; d++) {
      const z = (at(theta, d) - LENGTH_CENTRE - 0.5 * Math.log(size)) / LENGTH_DEVIATION;
      value += 0.5 * z * z;
      gradient[d] = -2 * at(weights, d) * at(gradient, d) + z / LENGTH_DEVIATION;
    }
    const z = (at(theta, size) - NOISE_CENTRE) / NOISE_DEVIATION;
    gradient[size] = at(gradient, size) + z / NOISE_DEVIATION;
    return value + 0.5 * z * z;
  };
}

/**
 * The constant c, the variance s² and α = K⁻¹ (y − c) that are best for given correlations.
 * @param factor the factor of the correlations with their noise, K
 */
export function levelOf(factor: Float64Array, targets: Float64Array): { readonly alpha: Float64Array; readonly mean: number; readonly variance: number } {
  const count = targets.length;
  const ones = new Float64Array(count).fill(1);
  const [solved, solvedOnes] = [solve(factor, count, targets), solve(factor, count, ones)];
  // The 1 is the prior of c.
  const mean = dot(ones, 0, solved, 0, count) / (dot(ones, 0, solvedOnes, 0, count) + 1);
  const alpha = solved.map((each, i) => each - mean * at(solvedOnes, i));
  const squares = dot(targets, 0, alpha, 0, count) - mean * dot(ones, 0, alpha, 0, count) + mean * mean;
  return { alpha, mean, variance: (squares + 2 * RATE) / freedom(count) };
}

/** Twice the power of 1/s in the density: from the observations, from c and from the prior of s². */
function freedom(count: number): number {
  return count + 1 + 2 * (SHAPE - 1);
}
