/** A data set held completely in memory, for readers of small formats. */

import { internal } from "../../shared/kit/fault.ts";
import type { DatasetFacts, ElementType, TargetFacts } from "../../shared/recipe/facts.ts";
import { type Batch, Dataset } from "./dataset.ts";

export class InMemoryDataset extends Dataset {
  readonly name: string;
  readonly length: number;
  readonly sampleShape: readonly number[];
  readonly elementType: ElementType;
  readonly target: TargetFacts;
  override readonly givenTest: number;
  override readonly givenValidation: number;
  override readonly resident = true;
  readonly #samples: Uint8Array | Float32Array;
  readonly #targets: Int32Array | Float32Array;

  /** Takes ownership of the arrays: they must not change afterwards. */
  constructor(facts: DatasetFacts, samples: Uint8Array | Float32Array, targets: Int32Array | Float32Array) {
    super();
    this.name = facts.name;
    this.length = facts.length;
    this.sampleShape = facts.sampleShape;
    this.elementType = facts.elementType;
    this.target = facts.target;
    this.givenTest = facts.givenTest;
    this.givenValidation = facts.givenValidation ?? 0;
    this.#samples = samples;
    this.#targets = targets;
    if (samples.length !== facts.length * this.#sampleSize || targets.length !== facts.length * this.#targetSize)
      throw internal(`${facts.name}: ${samples.length} sample values and ${targets.length} target values do not fit ${facts.length} samples`);
    if ((facts.elementType === "uint8") !== samples instanceof Uint8Array || (facts.target.kind === "classification") !== targets instanceof Int32Array)
      throw internal(`${facts.name}: the arrays are not of the types its facts name`);
  }

  get #sampleSize(): number {
    return this.sampleShape.reduce((product, dim) => product * dim, 1);
  }

  get #targetSize(): number {
    return this.target.kind === "classification" ? 1 : this.target.names.length;
  }

  async fetch(indices: Uint32Array): Promise<Batch> {
    this.requireIndices(indices);
    return { samples: copyRows(this.#samples, indices, this.#sampleSize), targets: copyRows(this.#targets, indices, this.#targetSize) };
  }

  /** Returns a copy, like `fetch`. */
  async targets(): Promise<Int32Array | Float32Array> {
    return this.#targets.slice();
  }
}

/** Copies rows of `width` values by number. Runs of consecutive numbers are copied at once: splits are ascending, so most are. */
function copyRows<T extends Uint8Array | Int32Array | Float32Array>(source: T, indices: Uint32Array, width: number): T;
function copyRows(source: Uint8Array | Int32Array | Float32Array, indices: Uint32Array, width: number): Uint8Array | Int32Array | Float32Array {
  const copy = new (source instanceof Uint8Array ? Uint8Array : source instanceof Int32Array ? Int32Array : Float32Array)(indices.length * width);
  for (let row = 0; row < indices.length; ) {
    const first = indices[row] ?? 0;
    let run = 1;
    while (row + run < indices.length && indices[row + run] === first + run) run++;
    copy.set(source.subarray(first * width, (first + run) * width), row * width);
    row += run;
  }
  return copy;
}
