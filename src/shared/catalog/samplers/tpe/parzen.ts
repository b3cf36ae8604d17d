/**
 * The Parzen estimator of TPE: a density over some dimensions that always occur together, as a mixture of one kernel for each trial and a wide one, the
 * prior. A kernel is a product over the dimensions: a normal distribution truncated to the dimension for numbers, and for choices a share of 1 for the
 * trial's own and of 1/(n + 1) for any, n being the number of trials. After Optuna 3.1 (multivariate, magic clip); the bandwidth after S. Falkner et al.,
 * "BOHB", 2018.
 *
 * Numbers are fractions of their dimension (`fractionOf`), 0 … 1. For one with few values a kernel is the mass of the value's part. A continuous kernel is not
 * divided by its deviation, as in Optuna 3.1: all are equally high, the prior too, so that l/g compares numbers of trials nearby, with one more on
 * either side. In five and more dimensions this searches far better than densities do, whose prior is next to nothing where trials are.
 */
import { at } from "../../../kit/fault.ts";
import { normalCdf, normalQuantile } from "../../../math/normal.ts";
import type { RandomStream } from "../../../math/random.ts";
import { type Dimension, fractionOf, type Value, valueAt, valueCount } from "../space.ts";

/** Weight of the prior, beside 1 for a recent trial. */
const PRIOR_WEIGHT = 1;
/** The newest trials have the full weight; the weights of older ones fall to 1/n. */
const RECENT = 25;
const BANDWIDTH = 0.2;
/** At the narrowest a kernel is 1/100 of its dimension wide, and 1/(n + 2) with few trials (the "magic clip"). */
const MOST_NARROW = 100;
/** A number with more values than this counts as continuous: its parts are narrower than kernels. */
const MOST_PARTS = 32;

export class ParzenEstimator {
  readonly #dimensions: readonly Dimension[];
  /** By kernel, the prior's last. Sum to 1. */
  readonly #weights: Float64Array;
  readonly #logWeights: Float64Array;
  readonly #axes: readonly Axis[];

  /** @param rows values of the dimensions, one row a trial, from the oldest to the newest */
  constructor(dimensions: readonly Dimension[], rows: readonly (readonly Value[])[]) {
    this.#dimensions = dimensions;
    this.#weights = weightsOf(rows.length);
    this.#logWeights = this.#weights.map(Math.log);
    const deviation = deviationOf(rows.length, dimensions.length);
    this.#axes = dimensions.map((dimension, d) => {
      const values = rows.map((row) => at(row, d));
      return dimension.type === "choice" ? new ChoiceAxis(dimension.values, values) : new NumberAxis(dimension, values, deviation);
    });
  }

  /** A point of the density: a value for each dimension. @param draws uniform numbers by their counters, of which it uses one more than it has dimensions */
  sample(draws: RandomStream, counter: number): readonly Value[] {
    const kernel = drawIndex(this.#weights, draws.uniform(counter));
    return this.#axes.map((axis, d) => axis.sample(kernel, draws.uniform(counter + 1 + d)));
  }

  /** Logarithm of the density at a point. */
  logDensity(row: readonly Value[]): number {
    const kernels = this.#logWeights.slice();
    for (const [d, axis] of this.#axes.entries()) axis.addLogDensity(at(row, d), kernels);
    return logSumExp(kernels);
  }

  /** Logarithm of the density of one dimension alone, here a density in earnest: kernels are divided by their deviations. */
  logMarginal(name: string, value: Value): number {
    const axis = at(
      this.#axes,
      this.#dimensions.findIndex((dimension) => dimension.name === name),
    );
    const kernels = this.#logWeights.map((weight, k) => weight - (k === this.#logWeights.length - 1 ? 0 : axis.logWidth));
    axis.addLogDensity(value, kernels);
    return logSumExp(kernels);
  }
}

/** One dimension of the kernels. */
interface Axis {
  /** Logarithm of what a trial's kernel must be divided by to be a density, if the prior's is one; 0 where kernels are masses. */
  readonly logWidth: number;
  /** A value of one kernel at a uniform number. */
  sample(kernel: number, u: number): Value;
  /** Adds the logarithm of every kernel's density at a value. */
  addLogDensity(value: Value, kernels: Float64Array): void;
}

class NumberAxis implements Axis {
  readonly logWidth: number;
  readonly #dimension: Dimension;
  readonly #means: Float64Array;
  /** Of the trials' kernels; the prior's is 1. */
  readonly #deviation: number;
  /** −log of every kernel's mass inside of the dimension. */
  readonly #scale: Float64Array;
  /** Whether a value is a part of the dimension with a mass of its own. */
  readonly #coarse: boolean;

  constructor(dimension: Dimension, values: readonly Value[], deviation: number) {
    this.#dimension = dimension;
    this.#means = Float64Array.from([...values.map((value) => fractionOf(dimension, value)), 0.5]);
    this.#deviation = deviation;
    this.#scale = this.#means.map((mean, k) => -Math.log(massBetween(-mean / this.#deviationOf(k), (1 - mean) / this.#deviationOf(k))));
    this.#coarse = valueCount(dimension) <= MOST_PARTS;
    this.logWidth = this.#coarse ? 0 : Math.log(deviation);
  }

  sample(kernel: number, u: number): Value {
    const [mean, deviation] = [at(this.#means, kernel), this.#deviationOf(kernel)];
    // A kernel's mean lies inside, so neither end is far in a tail and the quantile is exact.
    const [below, inside] = [normalCdf(-mean / deviation), Math.exp(-at(this.#scale, kernel))];
    return valueAt(this.#dimension, mean + deviation * normalQuantile(below + u * inside));
  }

  addLogDensity(value: Value, kernels: Float64Array): void {
    if (this.#coarse) this.#addLogMass(value, kernels);
    else this.#addLogHeight(fractionOf(this.#dimension, value), kernels);
  }

  #addLogHeight(fraction: number, kernels: Float64Array): void {
    const [means, scale, factor, last] = [this.#means, this.#scale, -0.5 / this.#deviation ** 2, kernels.length - 1];
    for (let k = 0; k < last; k++) {
      const distance = fraction - (means[k] ?? 0);
      kernels[k] = (kernels[k] ?? 0) + factor * distance * distance + (scale[k] ?? 0);
    }
    kernels[last] = at(kernels, last) - 0.5 * (fraction - 0.5) ** 2 + at(scale, last);
  }

  /** Most kernels have their means at the same few values, so each is computed once. */
  #addLogMass(value: Value, kernels: Float64Array): void {
    const { from, to } = partOf(this.#dimension, value);
    const logMass = (mean: number, deviation: number) => Math.log(Math.max(massBetween((from - mean) / deviation, (to - mean) / deviation), Number.MIN_VALUE));
    const known = new Map<number, number>();
    const last = kernels.length - 1;
    for (let k = 0; k < last; k++) {
      const mean = at(this.#means, k);
      const mass = known.get(mean) ?? logMass(mean, this.#deviation);
      known.set(mean, mass);
      kernels[k] = at(kernels, k) + mass + at(this.#scale, k);
    }
    kernels[last] = at(kernels, last) + logMass(0.5, 1) + at(this.#scale, last);
  }

  #deviationOf(kernel: number): number {
    return kernel < this.#means.length - 1 ? this.#deviation : 1;
  }
}

class ChoiceAxis implements Axis {
  readonly logWidth = 0;
  readonly #values: readonly Value[];
  /** By kernel, the index of its own choice; −1 for the prior. */
  readonly #own: Int32Array;
  /** What every choice has beside the kernel's own. */
  readonly #share: number;

  constructor(values: readonly Value[], own: readonly Value[]) {
    this.#values = values;
    this.#own = Int32Array.from([...own.map((value) => values.indexOf(value)), -1]);
    this.#share = PRIOR_WEIGHT / (own.length + 1);
  }

  sample(kernel: number, u: number): Value {
    const total = this.#share * this.#values.length + (at(this.#own, kernel) < 0 ? 0 : 1);
    let rest = u * total;
    for (const [i, value] of this.#values.entries()) {
      rest -= this.#share + (at(this.#own, kernel) === i ? 1 : 0);
      if (rest < 0) return value;
    }
    return at(this.#values, this.#values.length - 1);
  }

  addLogDensity(value: Value, kernels: Float64Array): void {
    const index = this.#values.indexOf(value);
    const count = this.#values.length;
    const [own, other] = [Math.log((this.#share + 1) / (this.#share * count + 1)), Math.log(this.#share / (this.#share * count + 1))];
    for (let k = 0; k < kernels.length; k++) {
      const its = at(this.#own, k);
      kernels[k] = at(kernels, k) + (its < 0 ? -Math.log(count) : its === index ? own : other);
    }
  }
}

/** 1 for the newest trials, a ramp from 1/n for older ones, then the prior; they sum to 1. */
function weightsOf(count: number): Float64Array {
  const ramp = count - RECENT;
  const weights = Float64Array.from({ length: count + 1 }, (_, k) => {
    if (k === count) return PRIOR_WEIGHT;
    return k < ramp ? (ramp === 1 ? 1 / count : 1 / count + ((1 - 1 / count) * k) / (ramp - 1)) : 1;
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** Scott's rule: 0.2 n^(−1/(d+4)) of the dimension. */
function deviationOf(count: number, dimensions: number): number {
  const narrowest = 1 / Math.min(MOST_NARROW, count + 2);
  return Math.min(Math.max(BANDWIDTH * Math.max(count, 1) ** (-1 / (dimensions + 4)), narrowest), 1);
}

/** The part of 0 … 1 that belongs to a value of a discrete dimension. */
function partOf(dimension: Dimension, value: Value): { readonly from: number; readonly to: number } {
  if (dimension.type === "integer" && dimension.log) {
    const [low, width] = [dimension.min - 0.5, Math.log((dimension.max + 0.5) / (dimension.min - 0.5))];
    return { from: Math.log((Number(value) - 0.5) / low) / width, to: Math.log((Number(value) + 0.5) / low) / width };
  }
  const [middle, half] = [fractionOf(dimension, value), 0.5 / valueCount(dimension)];
  return { from: middle - half, to: middle + half };
}

/** Φ(b) − Φ(a), in the tail where it is exact. */
function massBetween(a: number, b: number): number {
  return a > 0 ? normalCdf(-a) - normalCdf(-b) : normalCdf(b) - normalCdf(a);
}

function drawIndex(weights: Float64Array, u: number): number {
  let rest = u;
  for (let k = 0; k < weights.length - 1; k++) {
    rest -= at(weights, k);
    if (rest < 0) return k;
  }
  return weights.length - 1;
}

function logSumExp(values: Float64Array): number {
  const largest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (const value of values) sum += Math.exp(value - largest);
  return largest + Math.log(sum);
}
