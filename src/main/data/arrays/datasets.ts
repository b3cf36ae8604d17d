/** Data sets over stored arrays: held in memory, or read row by row. */
import type { DataProblem } from "../../../shared/contract/inspection.ts";
import { at } from "../../../shared/kit/fault.ts";
import type { DatasetFacts, ElementType, TargetFacts } from "../../../shared/recipe/facts.ts";
import type { Guess } from "../../../shared/recipe/guess.ts";
import { type Batch, Dataset } from "../dataset.ts";
import { InMemoryDataset } from "../inMemory.ts";
import { placeOf } from "./labels.ts";
import type { Layout } from "./layout.ts";
import { type Rows, readSamples, rowOf } from "./samples.ts";

export class ResidentArrays extends InMemoryDataset {
  override readonly problems: readonly DataProblem[];
  override readonly guesses: readonly Guess[];
  readonly #rows: Rows;

  constructor(facts: DatasetFacts, samples: Uint8Array | Float32Array, targets: Int32Array | Float32Array, rows: Rows, problems: readonly DataProblem[]) {
    super(facts, samples, targets);
    this.problems = problems;
    this.guesses = facts.guesses ?? [];
    this.#rows = rows;
  }

  override place(index: number): string {
    return placeOf(this.#rows.arrays, rowOf(this.#rows, index));
  }
}

export class StreamedArrays extends Dataset {
  readonly name: string;
  readonly length: number;
  readonly sampleShape: readonly number[];
  readonly elementType: ElementType;
  readonly target: TargetFacts;
  override readonly givenTest: number;
  override readonly givenValidation: number;
  override readonly problems: readonly DataProblem[];
  override readonly guesses: readonly Guess[];
  readonly #layout: Layout;
  readonly #rows: Rows;
  readonly #targets: Int32Array | Float32Array;
  readonly #close: () => void;
  #closed = false;

  /** @param close closes the file */
  constructor(facts: DatasetFacts, layout: Layout, rows: Rows, targets: Int32Array | Float32Array, problems: readonly DataProblem[], close: () => void) {
    super();
    this.name = facts.name;
    this.guesses = facts.guesses ?? [];
    this.length = facts.length;
    this.sampleShape = facts.sampleShape;
    this.elementType = facts.elementType;
    this.target = facts.target;
    this.givenTest = facts.givenTest;
    this.givenValidation = facts.givenValidation ?? 0;
    this.problems = problems;
    this.#layout = layout;
    this.#rows = rows;
    this.#targets = targets;
    this.#close = close;
  }

  async fetch(indices: Uint32Array): Promise<Batch> {
    this.requireIndices(indices);
    const width = this.target.kind === "classification" ? 1 : this.target.names.length;
    const targets = new (this.#targets instanceof Int32Array ? Int32Array : Float32Array)(indices.length * width);
    for (const [position, index] of indices.entries()) for (let i = 0; i < width; i++) targets[position * width + i] = at(this.#targets, index * width + i);
    return { samples: await readSamples(this.#rows, this.#layout, this.elementType, indices), targets };
  }

  async targets(): Promise<Int32Array | Float32Array> {
    return this.#targets.slice();
  }

  override place(index: number): string {
    return placeOf(this.#rows.arrays, rowOf(this.#rows, index));
  }

  override async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#close();
  }
}
