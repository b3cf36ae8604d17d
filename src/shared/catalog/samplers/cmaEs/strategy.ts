/**
 * The distribution of CMA-ES and its update: N. Hansen, "The CMA Evolution Strategy: A Tutorial", 2016 (arXiv:1604.00772); the numbers are those of its
 * equations. Points are vectors in the unit cube.
 */
import { at } from "../../../kit/fault.ts";
import { type Eigen, symmetricEigen } from "../../../math/symmetricEigen.ts";

/** Learning rates and weights, which follow from the number of dimensions n and the population λ. */
export interface Constants {
  readonly size: number;
  readonly population: number;
  /** w of equation 53: positive for the better half, negative for the others. */
  readonly weights: readonly number[];
  readonly parents: number;
  /** μ_eff of equation 8. */
  readonly effective: number;
  readonly c1: number;
  readonly cMu: number;
  readonly cC: number;
  readonly cSigma: number;
  readonly dSigma: number;
  /** E‖N(0, I)‖. */
  readonly chi: number;
}

export interface Distribution {
  readonly mean: Float64Array;
  readonly sigma: number;
  /** C, [n, n] by rows. */
  readonly covariance: Float64Array;
  readonly pathSigma: Float64Array;
  readonly pathC: Float64Array;
  /** A of the margin: how much wider than σ √C discrete dimensions are drawn; 1 for the others. */
  readonly scales: Float64Array;
  readonly generation: number;
  /** Of C, with eigenvalues above 0. */
  readonly eigen: Eigen;
}

/** Equation 48. */
export function usualPopulation(size: number): number {
  return 4 + Math.floor(3 * Math.log(size));
}

/** Equations 8 and 49 to 58. */
export function constantsOf(size: number, population: number): Constants {
  const raw = Array.from({ length: population }, (_, i) => Math.log((population + 1) / 2) - Math.log(i + 1));
  const parents = Math.floor(population / 2);
  const effective = effectiveCount(raw.slice(0, parents));
  const c1 = 2 / ((size + 1.3) ** 2 + effective);
  const cMu = Math.min(1 - c1 - 1e-8, (2 * (effective - 2 + 1 / effective)) / ((size + 2) ** 2 + effective));
  const smallest = Math.min(1 + c1 / cMu, 1 + (2 * effectiveCount(raw.slice(parents))) / (effective + 2), (1 - c1 - cMu) / (size * cMu));
  const [positive, negative] = [sum(raw.filter((each) => each > 0)), -sum(raw.filter((each) => each < 0))];
  const cSigma = (effective + 2) / (size + effective + 5);
  return {
    size,
    population,
    weights: raw.map((each) => (each >= 0 ? each / positive : (smallest * each) / negative)),
    parents,
    effective,
    c1,
    cMu,
    cC: (4 + effective / size) / (size + 4 + (2 * effective) / size),
    cSigma,
    dSigma: 1 + 2 * Math.max(0, Math.sqrt((effective - 1) / (size + 1)) - 1) + cSigma,
    chi: Math.sqrt(size) * (1 - 1 / (4 * size) + 1 / (21 * size ** 2)),
  };
}

function effectiveCount(weights: readonly number[]): number {
  return sum(weights) ** 2 / sum(weights.map((each) => each ** 2));
}

export function startOf(mean: Float64Array, sigma: number): Distribution {
  const size = mean.length;
  const covariance = new Float64Array(size * size);
  for (let i = 0; i < size; i++) covariance[i * size + i] = 1;
  return {
    mean,
    sigma,
    covariance,
    pathSigma: new Float64Array(size),
    pathC: new Float64Array(size),
    scales: new Float64Array(size).fill(1),
    generation: 0,
    eigen: symmetricEigen(covariance, size),
  };
}

/** m + σ B D z, equations 38 to 40. @param normals z, independent standard normal */
export function drawn({ mean, sigma, eigen }: Distribution, normals: Float64Array): Float64Array {
  const size = mean.length;
  const scaled = normals.map((value, k) => Math.sqrt(at(eigen.values, k)) * value);
  return mean.map((value, i) => value + sigma * sumOver(size, (k) => at(eigen.vectors, i * size + k) * at(scaled, k)));
}

/** C^(−1/2) y. */
export function whitened({ eigen }: Distribution, y: Float64Array): Float64Array {
  const size = y.length;
  const inner = Float64Array.from(y, (_, k) => sumOver(size, (i) => at(eigen.vectors, i * size + k) * at(y, i)) / Math.sqrt(at(eigen.values, k)));
  return y.map((_, i) => sumOver(size, (k) => at(eigen.vectors, i * size + k) * at(inner, k)));
}

/** The distribution after a generation, equations 41 to 47. @param points λ points, best first */
export function updated(before: Distribution, constants: Constants, points: readonly Float64Array[]): Distribution {
  const { size, weights, parents, effective, c1, cMu, cC, cSigma, dSigma, chi } = constants;
  const { mean, sigma, covariance } = before;
  const generation = before.generation + 1;
  const steps = points.map((point) => point.map((value, i) => (value - at(mean, i)) / sigma));
  const step = mean.map((_, i) => sumOver(parents, (k) => at(weights, k) * at(at(steps, k), i)));
  const white = whitened(before, step);
  const pathSigma = before.pathSigma.map((value, i) => (1 - cSigma) * value + Math.sqrt(cSigma * (2 - cSigma) * effective) * at(white, i));
  const length = Math.hypot(...pathSigma);
  const steady = length / Math.sqrt(1 - (1 - cSigma) ** (2 * (generation + 1))) < (1.4 + 2 / (size + 1)) * chi;
  const pathC = before.pathC.map((value, i) => (1 - cC) * value + (steady ? Math.sqrt(cC * (2 - cC) * effective) * at(step, i) : 0));
  // Equation 46: a negative weight counts for a step of the expected length.
  const signed = weights.map((weight, k) => (weight >= 0 ? weight : (weight * size) / (sum([...whitened(before, at(steps, k))].map((w) => w * w)) + 1e-8)));
  const kept = 1 + c1 * (steady ? 0 : cC * (2 - cC)) - c1 - cMu * sum(weights);
  const next = covariance.map((value, at2) => {
    const [i, j] = [Math.floor(at2 / size), at2 % size];
    return kept * value + c1 * at(pathC, i) * at(pathC, j) + cMu * sumOver(signed.length, (k) => at(signed, k) * at(at(steps, k), i) * at(at(steps, k), j));
  });
  return {
    mean: mean.map((value, i) => value + sigma * at(step, i)),
    sigma: Math.min(sigma * Math.exp((cSigma / dSigma) * (length / chi - 1)), 1e32),
    pathSigma,
    pathC,
    scales: before.scales,
    generation,
    ...decomposed(next, size),
  };
}

/** A covariance that rounding made indefinite is made definite again. */
function decomposed(covariance: Float64Array, size: number): Pick<Distribution, "covariance" | "eigen"> {
  const { values, vectors } = symmetricEigen(covariance, size);
  if (values.every((value) => value > 0)) return { covariance, eigen: { values, vectors } };
  const positive = values.map((value) => (value > 0 ? value : 1e-8));
  const made = covariance.map((_, at2) => {
    const [i, j] = [Math.floor(at2 / size), at2 % size];
    return sumOver(size, (k) => at(vectors, i * size + k) * at(positive, k) * at(vectors, j * size + k));
  });
  return { covariance: made, eigen: { values: positive, vectors } };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function sumOver(count: number, term: (index: number) => number): number {
  let total = 0;
  for (let i = 0; i < count; i++) total += term(i);
  return total;
}
