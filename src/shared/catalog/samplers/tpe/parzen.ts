/**
 * The Parzen estimator of TPE: a density over some dimensions that always occur together, as a mixture of one kernel for each trial and a wide one, the
 * prior. A kernel is a product over the dimensions: a normal distribution truncated to the dimension for numbers, and for choices a share of 1 for the
 * trial's own and of 1/n for any. After Optuna 3.1 (multivariate, magic clip) and S. Falkner et al., "BOHB", 2018, for the bandwidth.
 *
 * Numbers are fractions of their dimension (`fractionOf`), 0 … 1. For a discrete one a kernel is the mass of the value's part. A continuous kernel is not
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

export class ParzenEstimator {
  readonly #dimensions: readonly Dimension[];
  /** By kernel, the prior's last. Sum to 1. */
  readonly #weights: Float64Array;
  readonly #axes: readonly Axis[];

  /** @param rows values of the dimensions, one row a trial, from the oldest to the newest */
  constructor(dimensions: readonly Dimension[], rows: readonly (readonly Value[])[]) {
    this.#dimensions = dimensions;
    this.#weights = weightsOf(rows.length);
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
    const kernels = Float64Array.from(this.#weights, Math.log);
    for (const [d, axis] of this.#axes.entries()) axis.addLogDensity(at(row, d), kernels);
    return logSumExp(kernels);
  }

  /** Logarithm of the density of one dimension alone. @param name of the dimension */
  logMarginal(name: string, value: Value): number {
    const kernels = Float64Array.from(this.#weights, Math.log);
    at(
      this.#axes,
      this.#dimensions.findIndex((dimension) => dimension.name === name),
    ).addLogDensity(value, kernels);
    return logSumExp(kernels);
  }
}

/** One dimension of the kernels. */
interface Axis {
  /** A value of one kernel at a uniform number. */
  sample(kernel: number, u: number): Value;
  /** Adds the logarithm of every kernel's density at a value. */
  addLogDensity(value: Value, kernels: Float64Array): void;
}

class NumberAxis implements Axis {
  readonly #dimension: Dimension;
  readonly #means: Float64Array;
  readonly #deviations: Float64Array;
  /** Of every kernel: Φ at the dimension's lower end, and the mass inside of the dimension. */
  readonly #below: Float64Array;
  readonly #mass: Float64Array;
  readonly #logMass: Float64Array;

  constructor(dimension: Dimension, values: readonly Value[], deviation: number) {
    this.#dimension = dimension;
    this.#means = Float64Array.from([...values.map((value) => fractionOf(dimension, value)), 0.5]);
    this.#deviations = this.#means.map((_, k) => (k < values.length ? deviation : 1));
    this.#below = this.#means.map((mean, k) => normalCdf(-mean / at(this.#deviations, k)));
    this.#mass = this.#means.map((mean, k) => normalCdf((1 - mean) / at(this.#deviations, k)) - at(this.#below, k));
    this.#logMass = this.#mass.map(Math.log);
  }

  sample(kernel: number, u: number): Value {
    // A kernel's mean lies inside, so neither tail is far and the quantile is exact.
    const probability = at(this.#below, kernel) + u * at(this.#mass, kernel);
    return valueAt(this.#dimension, at(this.#means, kernel) + at(this.#deviations, kernel) * normalQuantile(probability));
  }

  addLogDensity(value: Value, kernels: Float64Array): void {
    const fraction = fractionOf(this.#dimension, value);
    const part = partOf(this.#dimension, value);
    for (let k = 0; k < kernels.length; k++) {
      const [mean, deviation] = [at(this.#means, k), at(this.#deviations, k)];
      const logKernel =
        part === null
          ? -0.5 * ((fraction - mean) / deviation) ** 2
          : Math.log(Math.max(massBetween((part.from - mean) / deviation, (part.to - mean) / deviation), Number.MIN_VALUE));
      kernels[k] = at(kernels, k) + logKernel - at(this.#logMass, k);
    }
  }
}

class ChoiceAxis implements Axis {
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

/** The part of 0 … 1 that belongs to a value of a discrete dimension; null for a continuous one. */
function partOf(dimension: Dimension, value: Value): { readonly from: number; readonly to: number } | null {
  const count = valueCount(dimension);
  if (count === Number.POSITIVE_INFINITY || dimension.type === "choice") return null;
  if (dimension.log) {
    const [low, width] = [dimension.min - 0.5, Math.log((dimension.max + 0.5) / (dimension.min - 0.5))];
    return { from: Math.log((Number(value) - 0.5) / low) / width, to: Math.log((Number(value) + 0.5) / low) / width };
  }
  const middle = fractionOf(dimension, value);
  return { from: middle - 0.5 / count, to: middle + 0.5 / count };
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
