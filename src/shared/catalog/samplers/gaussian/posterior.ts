/** What a Gaussian process predicts after its data. C. E. Rasmussen and C. K. I. Williams, "Gaussian Processes for Machine Learning", 2006, algorithm 2.1. */
import { at } from "../../../kit/fault.ts";
import { dot, factorize, solve, solveLower, solveUpper } from "../../../math/cholesky.ts";
import { type Data, type Hyperparameters, levelOf } from "./fit.ts";
import { matern, maternSlope, squaredRadius } from "./kernel.ts";

/** Of the function itself, without the noise of an observation. */
export interface Prediction {
  readonly mean: number;
  readonly deviation: number;
}

export interface Slopes extends Prediction {
  /** Derivatives by every coordinate; 0 for choices and for dimensions that do not exist at the point. */
  readonly byMean: Float64Array;
  readonly byDeviation: Float64Array;
}

/** The constant c and the variance s². */
interface Level {
  readonly mean: number;
  readonly variance: number;
}

export class Posterior {
  readonly data: Data;
  readonly #hyperparameters: Hyperparameters;
  readonly #level: Level;
  readonly #factor: Float64Array;
  readonly #alpha: Float64Array;

  /** @param level where it is known; the best one for the data otherwise */
  constructor(data: Data, hyperparameters: Hyperparameters, level?: Level) {
    const count = data.inputs.length;
    this.data = data;
    this.#hyperparameters = hyperparameters;
    this.#factor = new Float64Array(count * count);
    for (const [i, input] of data.inputs.entries()) {
      this.#factor.set(this.#correlations(input), i * count);
      this.#factor[i * count + i] = 1 + hyperparameters.noise;
    }
    factorize(this.#factor, count);
    this.#level = level ?? levelOf(this.#factor, data.targets);
    const { mean } = this.#level;
    this.#alpha = solve(
      this.#factor,
      count,
      data.targets.map((each) => each - mean),
    );
  }

  /** The standard deviation of the noise. */
  get noise(): number {
    return Math.sqrt(this.#level.variance * this.#hyperparameters.noise);
  }

  /**
   * The posterior after imagined results at points whose trials are running: each is the mean that is predicted there, so that only the uncertainty changes
   * (the kriging believer of D. Ginsbourger, R. Le Riche and L. Carraro, "Kriging is well-suited to parallelize optimization", 2010).
   */
  believing(inputs: readonly Float64Array[]): Posterior {
    if (inputs.length === 0) return this;
    const { data } = this;
    const targets = Float64Array.from([...data.targets, ...inputs.map((input) => this.predict(input).mean)]);
    return new Posterior({ ...data, inputs: [...data.inputs, ...inputs], targets }, this.#hyperparameters, this.#level);
  }

  predict(input: Float64Array): Prediction {
    const count = this.data.inputs.length;
    const row = this.#correlations(input);
    const mean = this.#level.mean + dot(row, 0, this.#alpha, 0, count);
    solveLower(this.#factor, count, row);
    return { mean, deviation: this.#deviation(row) };
  }

  slopes(input: Float64Array): Slopes {
    const { choices, inputs } = this.data;
    const { weights } = this.#hyperparameters;
    const [count, size] = [inputs.length, choices.length];
    const row = this.#correlations(input);
    const mean = this.#level.mean + dot(row, 0, this.#alpha, 0, count);
    solveLower(this.#factor, count, row);
    const deviation = this.#deviation(row);
    solveUpper(this.#factor, count, row);
    const [byMean, byDeviation] = [new Float64Array(size), new Float64Array(size)];
    for (const [i, other] of inputs.entries()) {
      const slope = 2 * maternSlope(squaredRadius(choices, weights, input, other));
      const forMean = slope * at(this.#alpha, i);
      const forDeviation = (-slope * at(row, i) * this.#level.variance) / deviation;
      for (let d = 0; d < size; d++) {
        const [here, there] = [at(input, d), at(other, d)];
        if (at(choices, d) || Number.isNaN(here)) continue;
        const step = at(weights, d) * (here - (Number.isNaN(there) ? 0.5 : there));
        byMean[d] = at(byMean, d) + forMean * step;
        byDeviation[d] = at(byDeviation, d) + forDeviation * step;
      }
    }
    return { mean, deviation, byMean, byDeviation };
  }

  /** With every point of the data. */
  #correlations(input: Float64Array): Float64Array<ArrayBuffer> {
    const { choices, inputs } = this.data;
    const row = new Float64Array(inputs.length);
    for (let i = 0; i < row.length; i++) row[i] = matern(squaredRadius(choices, this.#hyperparameters.weights, input, at(inputs, i)));
    return row;
  }

  /** From L⁻¹ times the correlations; at least a millionth of s, because rounding leaves nothing below that. */
  #deviation(reduced: Float64Array): number {
    return Math.sqrt(this.#level.variance * Math.max(1 - dot(reduced, 0, reduced, 0, reduced.length), 1e-12));
  }
}
