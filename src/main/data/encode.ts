/**
 * Encodes rows of a table as numbers for a network: fills missing numbers, and encodes categories one-hot or as numbers. What this needs (imputed
 * values, frequent categories) is learned from the training rows only, so that nothing leaks from the validation and test rows.
 */
import type { DataProblem } from "../../shared/contract/inspection.ts";
import { at } from "../../shared/kit/fault.ts";
import {
  type EncodedCategories,
  type EncodedFeatures,
  type EncodingConfig,
  encodedCategories,
  encodedFacts,
  encodedFeatures,
} from "../../shared/recipe/encoding.ts";
import type { ColumnFacts, DatasetFacts, ElementType, LeftOutColumn, TargetFacts } from "../../shared/recipe/facts.ts";
import type { Guess } from "../../shared/recipe/guess.ts";
import type { ColumnReadings } from "../../shared/recipe/readings.ts";
import { type Batch, Dataset } from "./dataset.ts";
import type { Table, TableColumn } from "./table.ts";

/** Number of values fetched at once. */
const CHUNK_VALUES = 4 * 1024 * 1024;

/** A numeric column. */
interface NumericPlan {
  readonly source: number;
  readonly offset: number;
  /** Replaces a missing value. */
  readonly fill: number;
  /** Index of the feature that says whether the value was missing; −1 for none. */
  readonly indicator: number;
}

interface CategoryPlan {
  readonly source: number;
  readonly offset: number;
  readonly width: number;
  /** Encoded number of each category. */
  readonly numbers: Int32Array;
  /** Encoded number of a category that is not in the training data. */
  readonly unknown: number;
  readonly missing: number;
}

/**
 * The data set as the network sees it; the same object if nothing needs encoding.
 * @param trainIndices the rows to learn from; no others are used
 */
export async function encodeDataset(dataset: Dataset, trainIndices: Uint32Array, encoding: EncodingConfig): Promise<Dataset> {
  const { facts } = dataset;
  if (facts.columns === undefined) return dataset;
  const learned = await learn(dataset, facts.columns, trainIndices, encoding);
  return new EncodedDataset(dataset, facts, encoding, learned);
}

export class EncodedDataset extends Dataset {
  readonly name: string;
  readonly length: number;
  readonly sampleShape: readonly number[];
  readonly elementType: ElementType = "float32";
  readonly target: TargetFacts;
  override readonly givenTest: number;
  override readonly resident: boolean;
  override readonly keys: readonly string[] | undefined;
  override readonly problems: readonly DataProblem[];
  override readonly guesses: readonly Guess[];
  override readonly readings: ColumnReadings | undefined;
  override readonly leftOutColumns: readonly LeftOutColumn[];
  override readonly table: Table | null;
  /** Names and kinds of the features. */
  readonly features: EncodedFeatures;
  override readonly featureColumns: readonly ColumnFacts[] | undefined;
  override readonly targetColumn: string | undefined;
  readonly fills: Learned["fills"];
  readonly kept: Learned["kept"];
  readonly #inner: Dataset;
  readonly #encoder: Encoder;

  constructor(inner: Dataset, facts: DatasetFacts, encoding: EncodingConfig, learned: Learned) {
    super();
    const encoded = encodedFacts(facts, encoding);
    this.#inner = inner;
    this.name = encoded.name;
    this.length = encoded.length;
    this.sampleShape = encoded.sampleShape;
    this.target = encoded.target;
    this.givenTest = encoded.givenTest;
    this.resident = inner.resident;
    this.keys = inner.keys;
    this.problems = inner.problems;
    this.guesses = inner.guesses;
    this.readings = inner.readings;
    this.leftOutColumns = inner.leftOutColumns;
    this.table = inner.table;
    this.featureColumns = inner.featureColumns;
    this.targetColumn = inner.targetColumn;
    this.features = encodedFeatures(facts, encoding, learned.kept);
    this.fills = learned.fills;
    this.kept = learned.kept;
    this.#encoder = new Encoder(facts.columns ?? [], encoding, learned);
  }

  async fetch(indices: Uint32Array): Promise<Batch> {
    const { samples, targets } = await this.#inner.fetch(indices);
    return { samples: this.#encoder.encode(samples, indices.length), targets };
  }

  async targets(): Promise<Int32Array | Float32Array> {
    return this.#inner.targets();
  }

  override place(index: number): string | null {
    return this.#inner.place(index);
  }

  override async key(name: string): Promise<TableColumn> {
    return this.#inner.key(name);
  }

  override async close(): Promise<void> {
    await this.#inner.close();
  }
}

/** Encodes rows of table features with what was learned from the training rows. */
export class Encoder {
  /** Number of features of an encoded row. */
  readonly width: number;
  readonly #columns: number;
  readonly #numeric: readonly NumericPlan[];
  readonly #categories: readonly CategoryPlan[];
  readonly #oneHot: boolean;

  /** @param columns of the training data; their gaps and categories determine the features */
  constructor(columns: readonly ColumnFacts[], encoding: EncodingConfig, { fills, kept }: Learned) {
    this.#columns = columns.length;
    this.#oneHot = encoding.categories === "oneHot";
    const sources = columns.map((column, source) => ({ column, source }));
    const numeric = sources.filter(({ column }) => column.kind === "numeric");
    const gaps = encoding.indicator ? numeric.filter(({ column }) => column.missing > 0) : [];
    this.#numeric = numeric.map(({ column, source }, offset) => {
      const gap = gaps.findIndex((each) => each.source === source);
      return { source, offset, fill: fills.get(column.name) ?? 0, indicator: gap < 0 ? -1 : numeric.length + gap };
    });
    let offset = numeric.length + gaps.length;
    const plans: CategoryPlan[] = [];
    for (const { column, source } of sources) {
      if (column.kind !== "categorical") continue;
      const categories = encodedCategories(column, encoding);
      plans.push({ source, offset, width: categories.width, ...numbersOf(column.categories, categories, kept.get(column.name)) });
      offset += categories.width;
    }
    this.#categories = plans;
    this.width = offset;
  }

  /**
   * A category that is not in the training rows (a number of `categories.length` or more) counts as "other" if the column has such a category, or else as
   * missing. A missing value in a column that had none in training has no feature: its one-hot block is all zeros.
   * @param samples [rows, columns]: numbers, NaN if missing, categories by their numbers
   * @returns [rows, width]
   */
  encode(samples: ArrayLike<number>, rows: number): Float32Array {
    const { width } = this;
    const encoded = new Float32Array(rows * width);
    const columns = this.#columns;
    for (const { source, offset, fill, indicator } of this.#numeric)
      for (let row = 0; row < rows; row++) {
        const value = samples[row * columns + source] ?? 0;
        const missing = Number.isNaN(value);
        encoded[row * width + offset] = missing ? fill : value;
        if (missing && indicator >= 0) encoded[row * width + indicator] = 1;
      }
    for (const { source, offset, width: block, numbers, unknown, missing } of this.#categories)
      for (let row = 0; row < rows; row++) {
        const code = samples[row * columns + source] ?? 0;
        const number = Number.isNaN(code) ? missing : (numbers[code] ?? unknown);
        if (!this.#oneHot) encoded[row * width + offset] = number;
        else if (number < block) encoded[row * width + offset + number] = 1;
      }
    return encoded;
  }
}

/** Numbers of the kept categories first, then "other", then missing. */
function numbersOf(
  categories: readonly string[],
  encoded: EncodedCategories,
  kept: readonly string[] | undefined,
): Pick<CategoryPlan, "numbers" | "unknown" | "missing"> {
  const missing = encoded.kept + (encoded.other ? 1 : 0);
  // "Other" comes after the kept categories; without it, that number is the one for missing.
  const unknown = encoded.kept;
  if (kept === undefined) return { numbers: Int32Array.from(categories, (_, number) => number), unknown, missing };
  const places = new Map(kept.map((name, number) => [name, number]));
  return { numbers: Int32Array.from(categories, (name) => places.get(name) ?? encoded.kept), unknown, missing };
}

/** What is learned from the training rows. */
export interface Learned {
  /** Replacements for missing numbers, by column; columns without gaps are absent. */
  readonly fills: ReadonlyMap<string, number>;
  /** For columns with too many categories: the kept ones, in the order of the categories. */
  readonly kept: ReadonlyMap<string, readonly string[]>;
}

async function learn(dataset: Dataset, columns: readonly ColumnFacts[], indices: Uint32Array, encoding: EncodingConfig): Promise<Learned> {
  const fills = new Map<string, number>();
  const kept = new Map<string, readonly string[]>();
  const gaps = columns.flatMap((column, source) => (column.kind === "numeric" && column.missing > 0 ? [{ column, source }] : []));
  const crowded = columns.flatMap((column, source) =>
    column.kind === "categorical" && encodedCategories(column, encoding).other ? [{ column, source, counts: new Float64Array(column.categories.length) }] : [],
  );
  if (gaps.length + crowded.length === 0) return { fills, kept };
  const values = gaps.map(() => ({ values: new Float32Array(indices.length), count: 0 }));
  const step = Math.max(1, Math.floor(CHUNK_VALUES / columns.length));
  for (let start = 0; start < indices.length; start += step) {
    const { samples } = await dataset.fetch(indices.subarray(start, start + step));
    for (const [i, { source }] of gaps.entries()) {
      const gathered = at(values, i);
      for (let position = source; position < samples.length; position += columns.length) {
        const value = samples[position] ?? 0;
        if (!Number.isNaN(value)) gathered.values[gathered.count++] = value;
      }
    }
    for (const { source, counts } of crowded)
      for (let position = source; position < samples.length; position += columns.length) {
        const code = samples[position] ?? Number.NaN;
        if (code < counts.length) counts[code] = (counts[code] ?? 0) + 1;
      }
  }
  for (const [i, { column }] of gaps.entries()) {
    const { values: gathered, count } = at(values, i);
    fills.set(column.name, fillOf(gathered.subarray(0, count), encoding.missing));
  }
  for (const { column, counts } of crowded) {
    // Ties keep the first one.
    const ranked = [...counts.keys()].sort((a, b) => at(counts, b) - at(counts, a) || a - b);
    const first = new Set(ranked.slice(0, encodedCategories(column, encoding).kept));
    kept.set(
      column.name,
      column.categories.filter((_, code) => first.has(code)),
    );
  }
  return { fills, kept };
}

/** @param values of the training rows, without missing ones; sorted in place */
function fillOf(values: Float32Array, how: EncodingConfig["missing"]): number {
  if (values.length === 0 || how === "zero") return 0;
  if (how === "mean") {
    let sum = 0;
    for (const value of values) sum += value;
    return sum / values.length;
  }
  values.sort();
  if (how === "median") return (at(values, (values.length - 1) >> 1) + at(values, values.length >> 1)) / 2;
  return longestRun(values);
}

/** The most frequent of sorted values; the smallest in case of a tie. */
function longestRun(sorted: Float32Array): number {
  let [best, bestLength, start] = [at(sorted, 0), 0, 0];
  for (let i = 1; i <= sorted.length; i++) {
    if (i < sorted.length && sorted[i] === sorted[start]) continue;
    if (i - start > bestLength) [best, bestLength] = [at(sorted, start), i - start];
    start = i;
  }
  return best;
}
