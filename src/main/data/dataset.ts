/**
 * A data set: numbered samples with targets. Readers extend this class; user code can too.
 *
 * Samples are fetched by number, in any order, as one packed array. A reader that streams keeps only what it needs to find sample i
 * (an offset, a path) and reads in `fetch`. `resident` says whether fetching the whole data set at once is cheap. If so, the trainer does
 * that and gathers rows inside the graph; otherwise it fetches the batches of each call.
 *
 * A subclass states its facts and implements two methods. This example keeps an open file of 32×32 colour images, 3,072 bytes each,
 * and the labels:
 *
 * ```ts
 * class RawImages extends Dataset {
 *   readonly name = "my-images";
 *   readonly sampleShape = [3, 32, 32];
 *   readonly elementType = "uint8";
 *   readonly target = { kind: "classification", classes: ["cat", "dog"] } as const;
 *   readonly #file: FileHandle;
 *   readonly #labels: Int32Array;
 *
 *   constructor(file: FileHandle, labels: Int32Array) {
 *     super();
 *     this.#file = file;
 *     this.#labels = labels;
 *   }
 *
 *   get length() {
 *     return this.#labels.length;
 *   }
 *
 *   async fetch(indices: Uint32Array): Promise<Batch> {
 *     this.requireIndices(indices);
 *     const samples = new Uint8Array(indices.length * 3072);
 *     for (const [row, index] of indices.entries()) await this.#file.read(samples, row * 3072, 3072, index * 3072);
 *     return { samples, targets: Int32Array.from(indices, (index) => at(this.#labels, index)) };
 *   }
 *
 *   async targets() {
 *     return this.#labels;
 *   }
 * }
 * ```
 */
import type { DataProblem } from "../../shared/contract/inspection.ts";
import { Fault, nearestName, quote } from "../../shared/kit/fault.ts";
import type { ColumnFacts, DatasetFacts, ElementType, ImageFacts, LeftOutColumn, TargetFacts } from "../../shared/recipe/facts.ts";
import type { Guess } from "../../shared/recipe/guess.ts";
import type { ColumnReadings } from "../../shared/recipe/readings.ts";
import type { Table, TableColumn } from "./table.ts";

/** Samples packed row-major: `samples` is [count, ...sampleShape]. */
export interface Batch {
  readonly samples: Uint8Array | Float32Array;
  /** Class numbers ([count]) for classification, values ([count, names]) for regression. */
  readonly targets: Int32Array | Float32Array;
}

export abstract class Dataset {
  /** The name shown in the studio. */
  abstract readonly name: string;
  /** Number of samples. */
  abstract readonly length: number;
  /** Shape of one sample, channels first. */
  abstract readonly sampleShape: readonly number[];
  /** `uint8` for raw images (0 … 255), `float32` otherwise. */
  abstract readonly elementType: ElementType;
  abstract readonly target: TargetFacts;
  /** Number of samples at the end that the source names as its test part. */
  readonly givenTest: number = 0;
  /** Number of samples before those that the source names as its validation part. */
  readonly givenValidation: number = 0;
  /** Whether `fetch` of everything is one cheap copy from memory. */
  readonly resident: boolean = false;
  /** The feature columns, where rows hold missing values or categories and must be encoded. */
  readonly columns: readonly ColumnFacts[] | undefined = undefined;
  /** The feature columns of a table, whatever they hold; absent if samples are not table rows. */
  readonly featureColumns: readonly ColumnFacts[] | undefined = undefined;
  /** Name of the table's target column; absent if the target is not a table column. */
  readonly targetColumn: string | undefined = undefined;
  /** Names of the feature columns that hold times. */
  readonly times: readonly string[] | undefined = undefined;
  /** How columns were read whose cells can be read in several ways. */
  readonly readings: ColumnReadings | undefined = undefined;
  /** Names of the columns that a split can use. */
  readonly keys: readonly string[] | undefined = undefined;
  /** Problems found while opening that do not prevent training: samples left out, values treated as missing. */
  readonly problems: readonly DataProblem[] = [];
  /** Columns of a table that are not features although the source does not ignore them. */
  readonly leftOutColumns: readonly LeftOutColumn[] = [];
  /** How images became samples, if other images must be read the same way. */
  readonly pictures: ImageFacts | undefined = undefined;
  /** Decisions that the source did not state, each with the fields that change it. */
  readonly guesses: readonly Guess[] = [];
  /** The table behind the samples, as in its file; null if the samples are not table rows. */
  readonly table: Table | null = null;

  /**
   * The samples with the given numbers, in that order, repeats allowed.
   * @throws Fault if a number is outside 0 … length − 1 or the source cannot be read any more
   */
  abstract fetch(indices: Uint32Array): Promise<Batch>;

  /** The targets of all samples, as in {@link Batch.targets}: for splits and statistics, without reading samples. */
  abstract targets(): Promise<Int32Array | Float32Array>;

  /** Where a sample comes from (its file, its row), for display. */
  place(_index: number): string | null {
    return null;
  }

  /**
   * A column that a split can use.
   * @throws Fault if there is none with that name
   */
  async key(name: string): Promise<TableColumn> {
    const column = this.table?.columns.find((each) => each.name === name);
    if (column !== undefined) return column;
    const names = this.keys ?? [];
    const near = nearestName(name, names);
    throw new Fault("input", [
      {
        place: "data.split",
        expected: names.length === 0 ? `must not go by a column: ${this.name} has none` : `must go by one of the columns ${names.map(quote).join(", ")}`,
        received: quote(name),
        remedy: near === undefined ? "Choose another split, or leave the column out." : `Did you mean ${quote(near)}?`,
      },
    ]);
  }

  /** Closes files and processes. */
  async close(): Promise<void> {}

  get facts(): DatasetFacts {
    const { name, length, sampleShape, elementType, target, givenTest, givenValidation, columns, times, keys, guesses, leftOutColumns, pictures, readings } =
      this;
    return {
      name,
      length,
      sampleShape,
      elementType,
      target,
      givenTest,
      ...(givenValidation === 0 ? {} : { givenValidation }),
      ...(columns === undefined ? {} : { columns }),
      ...(times === undefined ? {} : { times }),
      ...(keys === undefined ? {} : { keys }),
      ...(leftOutColumns.length === 0 ? {} : { leftOutColumns }),
      ...(pictures === undefined ? {} : { pictures }),
      ...(readings === undefined ? {} : { readings }),
      ...(guesses.length === 0 ? {} : { guesses }),
    };
  }

  /**
   * To be called first in `fetch`.
   * @throws Fault for the first number outside 0 … length − 1
   */
  protected requireIndices(indices: Uint32Array): void {
    const { length, name } = this;
    for (const index of indices) {
      if (index >= length)
        throw new Fault("input", [
          {
            place: name,
            expected: `sample numbers must be from 0 to ${length - 1}`,
            received: String(index),
            remedy: "Ask for samples that the data set has.",
          },
        ]);
    }
  }
}
