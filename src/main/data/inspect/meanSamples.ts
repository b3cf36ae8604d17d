/** The mean sample, the means of the classes, and the distance of each sample from the mean of its class. */
import type { MeanSamples } from "../../../shared/contract/inspection.ts";
import { at } from "../../../shared/kit/fault.ts";
import type { Dataset } from "../dataset.ts";
import { type Chunk, sampleSize } from "./chunks.ts";
import { Shrinking } from "./shrinking.ts";

/** Class means are not computed if they have more values than this in total (8 bytes each). */
const MAX_KEPT = 16_000_000;
/** Means are sent as text, so each axis and the total are limited to this many values. */
const MAX_TOLD = 400_000;
/** Longest axis, by the number of axes after the channels. */
const MAX_SIDE: readonly number[] = [1, 4096, 96, 32];

export class MeanFigures {
  readonly #size: number;
  readonly #shape: readonly number[];
  readonly #targets: Int32Array | Float32Array;
  /** 1 if there are no classes, or too many for a mean of each. */
  readonly #classes: number;
  /** [classes, size]: sums, and the number of values in them (missing ones do not count). */
  readonly #sums: Float64Array;
  readonly #counts: Float64Array;
  #missing: Float64Array | null = null;
  /** Over all samples: Σ (x − shift)² of each element; the shift is the first sample's value. */
  readonly #squares: Float64Array;
  readonly #differences: Float64Array;
  #shift: Float64Array | null = null;
  #means: Float64Array | null = null;

  constructor(dataset: Dataset, targets: Int32Array | Float32Array) {
    this.#size = sampleSize(dataset);
    this.#shape = dataset.sampleShape;
    this.#targets = targets;
    const classes = dataset.target.kind === "classification" ? dataset.target.classes.length : 1;
    this.#classes = classes * this.#size > MAX_KEPT ? 1 : classes;
    this.#sums = new Float64Array(this.#classes * this.#size);
    this.#counts = new Float64Array(this.#classes);
    this.#squares = new Float64Array(this.#size);
    this.#differences = new Float64Array(this.#size);
  }

  /** First pass. */
  add({ samples, indices }: Chunk): void {
    const size = this.#size;
    const [sums, squares, differences] = [this.#sums, this.#squares, this.#differences];
    this.#shift ??= Float64Array.from(samples.subarray(0, size), (value) => (Number.isFinite(value) ? value : 0));
    const shift = this.#shift;
    for (const [row, index] of indices.entries()) {
      const group = this.groupOf(index);
      this.#counts[group] = at(this.#counts, group) + 1;
      const [from, to] = [row * size, group * size];
      for (let e = 0; e < size; e++) {
        const value = samples[from + e] ?? 0;
        const difference = value - (shift[e] ?? 0);
        if (difference - difference !== 0) {
          this.#missing ??= new Float64Array(sums.length);
          this.#missing[to + e] = (this.#missing[to + e] ?? 0) + 1;
          continue;
        }
        sums[to + e] = (sums[to + e] ?? 0) + value;
        differences[e] = (differences[e] ?? 0) + difference;
        squares[e] = (squares[e] ?? 0) + difference * difference;
      }
    }
  }

  /** Second pass: root mean square difference of each sample from the mean of its class. */
  distances({ samples, indices }: Chunk, distances: Float64Array): void {
    const size = this.#size;
    this.#means ??= this.#classMeans();
    const means = this.#means;
    for (const [row, index] of indices.entries()) {
      const [from, to] = [row * size, this.groupOf(index) * size];
      let sum = 0;
      for (let e = 0; e < size; e++) {
        const difference = (samples[from + e] ?? 0) - (means[to + e] ?? 0);
        if (difference - difference === 0) sum += difference * difference;
      }
      distances[index] = Math.sqrt(sum / size);
    }
  }

  /** The group whose mean a sample is compared with: its class, if there are class means. */
  groupOf(index: number): number {
    return this.#classes === 1 ? 0 : (this.#targets[index] ?? 0);
  }

  get groups(): number {
    return this.#classes;
  }

  summary(isClassified: boolean): MeanSamples {
    const size = this.#size;
    const shrink = new Shrinking(this.#shape, MAX_TOLD / (2 + this.#classes), MAX_SIDE[this.#shape.length - 1] ?? 32);
    const told = (values: Float64Array) => Array.from(shrink.apply(values), short);
    const means = this.#classMeans();
    const counts = Float64Array.from({ length: size }, (_, e) => this.#countOf(e));
    const overall = Float64Array.from({ length: size }, (_, e) => (this.#shift?.[e] ?? 0) + at(this.#differences, e) / Math.max(1, at(counts, e)));
    const deviation = Float64Array.from({ length: size }, (_, e) => {
      const [count, sum] = [at(counts, e), at(this.#differences, e)];
      return count < 2 ? 0 : Math.sqrt(Math.max(0, at(this.#squares, e) - (sum * sum) / count) / (count - 1));
    });
    const hasClasses = isClassified && this.#classes > 1;
    return {
      shape: shrink.shape,
      overall: told(overall),
      deviation: told(deviation),
      classes: hasClasses ? Array.from({ length: this.#classes }, (_, k) => told(means.subarray(k * size, (k + 1) * size))) : [],
    };
  }

  #countOf(element: number): number {
    let count = 0;
    for (let group = 0; group < this.#classes; group++) count += at(this.#counts, group) - (this.#missing?.[group * this.#size + element] ?? 0);
    return count;
  }

  #classMeans(): Float64Array {
    return this.#sums.map((sum, i) => sum / Math.max(1, at(this.#counts, Math.floor(i / this.#size)) - (this.#missing?.[i] ?? 0)));
  }
}

/** Seven significant digits, enough for float32 data. */
function short(value: number): number {
  return Number(value.toPrecision(7));
}
