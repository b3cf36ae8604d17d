/**
 * Standardization: x' = (x − mean) · scale with scale = 1 / population standard deviation, learned on the training part only.
 *
 * Mean and sum of squared deviations are computed in float64, chunk by chunk in two passes, and merged with the formulas of T. F. Chan, G. H. Golub and
 * R. J. LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances", 1979. This stays accurate when the mean is large relative
 * to the standard deviation.
 */
import { at } from "../../shared/kit/fault.ts";
import type { Standardization, TargetFacts } from "../../shared/recipe/facts.ts";
import type { Recipe } from "../../shared/recipe/recipe.ts";
import type { Dataset } from "./dataset.ts";

export type StandardizeMode = Recipe["data"]["standardize"];

/** Number of elements fetched at once. */
const CHUNK_ELEMENTS = 4 * 1024 * 1024;

/**
 * @param indices the training samples; no other sample is fetched
 * @param mode `feature`: per feature for rows of features, otherwise per channel; `global`: one mean for all values; `unit`: scales values to 0 … 1
 */
export async function learnStandardization(dataset: Dataset, indices: Uint32Array, mode: StandardizeMode): Promise<Standardization> {
  const { sampleShape } = dataset;
  if (mode === "unit") return unitRange(dataset, indices);
  const groups = mode === "feature" ? at(sampleShape, 0) : 1;
  const shape = sampleShape.map((_, axis) => (axis === 0 ? groups : 1));
  const moments = new Moments(groups, sampleShape.reduce((product, dim) => product * dim, 1) / groups);
  if (mode !== "none") {
    const step = Math.max(1, Math.floor(CHUNK_ELEMENTS / moments.sampleSize));
    for (let start = 0; start < indices.length; start += step) moments.add((await dataset.fetch(indices.subarray(start, start + step))).samples);
  }
  return { shape, mean: Float32Array.from(moments.mean), scale: Float32Array.from(moments.variance(), scaleOf) };
}

/** Bytes have a fixed range; for other numbers the range of each feature or channel is used. A constant becomes 0. */
async function unitRange(dataset: Dataset, indices: Uint32Array): Promise<Standardization> {
  const { sampleShape, elementType } = dataset;
  if (elementType === "uint8") return { shape: sampleShape.map(() => 1), mean: Float32Array.of(0), scale: Float32Array.of(1 / 255) };
  const groups = at(sampleShape, 0);
  const run = sampleShape.reduce((product, dim) => product * dim, 1) / groups;
  const low = new Float32Array(groups).fill(Number.POSITIVE_INFINITY);
  const high = new Float32Array(groups).fill(Number.NEGATIVE_INFINITY);
  const step = Math.max(1, Math.floor(CHUNK_ELEMENTS / (groups * run)));
  for (let start = 0; start < indices.length; start += step) {
    const { samples } = await dataset.fetch(indices.subarray(start, start + step));
    for (let i = 0; i < samples.length; ) {
      for (let group = 0; group < groups; group++) {
        let [least, most] = [low[group] ?? 0, high[group] ?? 0];
        for (const end = i + run; i < end; i++) {
          const value = samples[i] ?? 0;
          if (value < least) least = value;
          if (value > most) most = value;
        }
        low[group] = least;
        high[group] = most;
      }
    }
  }
  return { shape: sampleShape.map((_, axis) => (axis === 0 ? groups : 1)), mean: low, scale: high.map((most, group) => rangeScale(most - at(low, group))) };
}

/** 1 for a constant, and for a range whose reciprocal float32 cannot hold. */
function rangeScale(range: number): number {
  const scale = Math.fround(1 / range);
  return Number.isFinite(scale) ? scale : 1;
}

/**
 * @param targets of every sample of the data set, [samples, values]
 * @param indices the training samples; no others are used
 */
export function learnTargetStandardization(targets: Float32Array, target: TargetFacts, indices: Uint32Array): Standardization {
  const width = target.kind === "regression" ? target.names.length : 1;
  const moments = new Moments(width, 1);
  const step = Math.max(1, Math.floor(CHUNK_ELEMENTS / width));
  for (let start = 0; start < indices.length; start += step) {
    const some = indices.subarray(start, start + step);
    moments.add(Float32Array.from({ length: some.length * width }, (_, i) => at(targets, at(some, Math.floor(i / width)) * width + (i % width))));
  }
  return { shape: [width], mean: Float32Array.from(moments.mean), scale: Float32Array.from(moments.variance(), scaleOf) };
}

/** Smallest and largest value of the training samples; missing values are skipped. */
export async function learnRange(dataset: Dataset, indices: Uint32Array): Promise<readonly [number, number]> {
  const step = Math.max(1, Math.floor(CHUNK_ELEMENTS / dataset.sampleShape.reduce((product, dim) => product * dim, 1)));
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let start = 0; start < indices.length; start += step)
    for (const value of (await dataset.fetch(indices.subarray(start, start + step))).samples) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  return [low, high];
}

/** 1 for a constant, which is then only centred, and for values so nearly constant that float32 could not hold the scale. */
function scaleOf(variance: number): number {
  const scale = Math.fround(1 / Math.sqrt(variance));
  return Number.isFinite(scale) ? scale : 1;
}

/** Running mean and sum of squared deviations per group; a sample has `groups` runs of `run` elements. */
class Moments {
  readonly sampleSize: number;
  readonly mean: Float64Array;
  readonly #run: number;
  readonly #squares: Float64Array;
  /** Number of values seen in each group. */
  #count = 0;

  constructor(groups: number, run: number) {
    this.sampleSize = groups * run;
    this.#run = run;
    this.mean = new Float64Array(groups);
    this.#squares = new Float64Array(groups);
  }

  add(samples: Uint8Array | Float32Array): void {
    const added = (samples.length / this.sampleSize) * this.#run;
    if (added === 0) return;
    const count = this.#count + added;
    // Sums use differences from the first value, so that a constant gives exactly 0.
    const first = this.mean.map((_, group) => at(samples, group * this.#run));
    const mean = sumDifferences(samples, this.#run, first).map((sum, group) => at(first, group) + sum / added);
    const squares = sumSquares(samples, this.#run, mean);
    for (const [group, chunkMean] of mean.entries()) {
      const delta = chunkMean - at(this.mean, group);
      this.mean[group] = at(this.mean, group) + (delta * added) / count;
      this.#squares[group] = at(this.#squares, group) + at(squares, group) + (delta * delta * this.#count * added) / count;
    }
    this.#count = count;
  }

  /** Population variance of each group. */
  variance(): Float64Array {
    return this.#squares.map((sum) => sum / this.#count);
  }
}

// Two plain loops instead of one with a callback, because a call per element would take most of the time.

/** Σ (x − centre) of each group; a group is `run` consecutive elements. */
function sumDifferences(samples: Uint8Array | Float32Array, run: number, centre: Float64Array): Float64Array {
  const sums = new Float64Array(centre.length);
  for (let i = 0; i < samples.length; ) {
    for (let group = 0; group < centre.length; group++) {
      const from = centre[group] ?? 0;
      let sum = 0;
      for (const end = i + run; i < end; i++) sum += (samples[i] ?? 0) - from;
      sums[group] = (sums[group] ?? 0) + sum;
    }
  }
  return sums;
}

/** Σ (x − centre)² of each group. */
function sumSquares(samples: Uint8Array | Float32Array, run: number, centre: Float64Array): Float64Array {
  const sums = new Float64Array(centre.length);
  for (let i = 0; i < samples.length; ) {
    for (let group = 0; group < centre.length; group++) {
      const from = centre[group] ?? 0;
      let sum = 0;
      for (const end = i + run; i < end; i++) {
        const difference = (samples[i] ?? 0) - from;
        sum += difference * difference;
      }
      sums[group] = (sums[group] ?? 0) + sum;
    }
  }
  return sums;
}
