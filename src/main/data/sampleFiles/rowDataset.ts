/** A data set whose samples are rows of the cache: images or recordings. */
import type { DataProblem } from "../../../shared/contract/inspection.ts";
import { at } from "../../../shared/kit/fault.ts";
import type { DatasetFacts, ElementType, ImageFacts, TargetFacts } from "../../../shared/recipe/facts.ts";
import type { Guess } from "../../../shared/recipe/guess.ts";
import { type Batch, Dataset } from "../dataset.ts";
import type { TableColumn } from "../table.ts";
import type { RowFile } from "./rowFile.ts";

export interface RowDatasetParts {
  readonly facts: DatasetFacts;
  readonly file: RowFile;
  /** The cache row of every sample. */
  readonly rows: Uint32Array;
  /** One per sample. */
  readonly targets: Int32Array | Float32Array;
  readonly places: readonly string[];
  readonly problems: readonly DataProblem[];
  /** Columns that splits can use, one value per sample. */
  readonly keyColumns?: ReadonlyMap<string, TableColumn>;
}

export class RowDataset extends Dataset {
  readonly name: string;
  readonly length: number;
  readonly sampleShape: readonly number[];
  readonly elementType: ElementType;
  readonly target: TargetFacts;
  override readonly givenTest: number;
  override readonly givenValidation: number;
  override readonly resident: boolean;
  override readonly keys: readonly string[] | undefined;
  override readonly problems: readonly DataProblem[];
  override readonly guesses: readonly Guess[];
  override readonly pictures: ImageFacts | undefined;
  readonly #parts: RowDatasetParts;

  constructor(parts: RowDatasetParts) {
    super();
    const { facts, file, problems } = parts;
    this.name = facts.name;
    this.length = facts.length;
    this.sampleShape = facts.sampleShape;
    this.elementType = facts.elementType;
    this.target = facts.target;
    this.givenTest = facts.givenTest;
    this.givenValidation = facts.givenValidation ?? 0;
    this.resident = file.resident;
    this.keys = facts.keys;
    this.problems = problems;
    this.guesses = facts.guesses ?? [];
    this.pictures = facts.pictures;
    this.#parts = parts;
  }

  async fetch(indices: Uint32Array): Promise<Batch> {
    this.requireIndices(indices);
    const { file, rows, targets } = this.#parts;
    const bytes = await file.read(indices.map((index) => at(rows, index)));
    const samples = this.elementType === "uint8" ? bytes : new Float32Array(bytes.buffer);
    const pick = (index: number) => at(targets, index);
    return { samples, targets: targets instanceof Int32Array ? Int32Array.from(indices, pick) : Float32Array.from(indices, pick) };
  }

  async targets(): Promise<Int32Array | Float32Array> {
    return this.#parts.targets.slice();
  }

  override place(index: number): string | null {
    return this.#parts.places[index] ?? null;
  }

  override async key(name: string): Promise<TableColumn> {
    return this.#parts.keyColumns?.get(name) ?? super.key(name);
  }

  override async close(): Promise<void> {
    await this.#parts.file.close();
  }
}
