/** A table as a data set: every row with a target is a sample; every column except the target and left-out ones is a feature. */
import path from "node:path";
import type { DataProblem } from "../../../shared/contract/inspection.ts";
import { at, Fault, quote } from "../../../shared/kit/fault.ts";
import type { ColumnFacts, LeftOutColumn, TargetFacts } from "../../../shared/recipe/facts.ts";
import type { Guess } from "../../../shared/recipe/guess.ts";
import type { ColumnReadings } from "../../../shared/recipe/readings.ts";
import { type Batch, Dataset } from "../dataset.ts";
import { spellingGuess, spellingProblem } from "../nameSpelling.ts";
import type { Table, TableColumn } from "../table.ts";
import { taskGuess } from "../taskOf.ts";
import { columnGuessesOf } from "./columnGuesses.ts";
import { columnFacts, takeRows, writeFeature } from "./features.ts";
import { leaveOut } from "./leftOut.ts";
import type { LoadedTable } from "./loadedTable.ts";
import { columnSpellings, withMergedNames } from "./mergeNames.ts";
import { badCellProblem, missingTargetProblem, mixedProblem, type SampleOf } from "./tableProblems.ts";
import { noFeatures, type TableSource } from "./tableSource.ts";
import { type TableTarget, tableTarget } from "./tableTarget.ts";
import { taskOfColumn } from "./targetTask.ts";

/**
 * @param given a table whose names fit the source (checkTableSource)
 * @throws Fault if its columns do not: one class, no feature
 */
export function tableDataset(given: LoadedTable, source: TableSource): Dataset {
  const loaded = { ...given, table: withMergedNames(given.table, source.mergeNames) };
  const { columns } = loaded.table;
  const names = columns.map(({ name }) => name);
  const column = at(columns, names.indexOf(source.target));
  const target = tableTarget(loaded, source, column);
  const candidates = columns.filter(({ name }) => name !== source.target && !source.ignore?.includes(name));
  const leftOut = leaveOut(candidates, loaded.nested, source, loaded.table.length);
  const { features } = leftOut;
  if (features.length === 0)
    throw noFeatures(source.path, `only columns that differ in every row: ${leftOut.columns.map(({ name }) => quote(name)).join(", ")}`);
  checkShaped(source, features);
  const spelled = [column, ...features].flatMap((each) => {
    const spellings = columnSpellings(each);
    return spellings.length === 0 ? [] : [{ name: each.name, spellings, set: { mergeNames: [...(source.mergeNames ?? []), each.name] } }];
  });
  const problems = [
    ...problemsOf(loaded, source, target, candidates),
    ...leftOut.problems,
    ...spelled.map(({ name, spellings, set }) =>
      spellingProblem(
        `Column ${quote(name)}`,
        spellings,
        `Correct the cells, or set data.source.mergeNames to treat them as one: ${quote(set.mergeNames)}.`,
        set,
      ),
    ),
  ];
  const task = taskGuess(column.name, taskOfColumn(column), source.task);
  const guesses = [
    ...(loaded.guesses ?? []),
    ...(task === null ? [] : [task]),
    ...spelled.map(({ name, spellings, set }) => spellingGuess({ en: `Column ${quote(name)}`, ko: `${quote(name)} 열` }, spellings, set)),
  ];
  return new TableDataset({ ...loaded, guesses }, source, target, features, leftOut.columns, problems);
}

function checkShaped({ sampleShape }: TableSource, features: readonly TableColumn[]): void {
  const text = features.find(({ kind }) => kind === "categorical");
  if (sampleShape === undefined || text === undefined) return;
  throw new Fault("input", [
    {
      place: "data.source.sampleShape",
      expected: "must be left out if a column holds categories",
      received: `[${sampleShape.join(", ")}] with the categories of ${quote(text.name)}`,
      remedy: "Leave the shape out, or ignore the column.",
    },
  ]);
}

function problemsOf(
  { table, badCounts, problems, place }: LoadedTable,
  source: TableSource,
  { rows }: TableTarget,
  candidates: readonly TableColumn[],
): readonly DataProblem[] {
  const found = [...problems];
  const numbers = rows === null ? null : new Map(Array.from(rows, (row, sample) => [row, sample]));
  const sampleOf: SampleOf = (row) => (numbers === null ? row : (numbers.get(row) ?? null));
  if (rows !== null) {
    const kept = new Uint8Array(table.length);
    for (const row of rows) kept[row] = 1;
    const leftOut = Array.from(kept.keys()).filter((row) => kept[row] === 0);
    found.push(missingTargetProblem(source.target, leftOut, table.length, place));
  }
  for (const column of table.columns) {
    const count = badCounts.get(column.name);
    if (count === undefined) continue;
    const cells = table.badCells.filter((cell) => cell.column === column.name);
    found.push(badCellProblem(column, cells, count, table.length, sampleOf));
  }
  for (const column of candidates) {
    const mixed = source.kinds?.[column.name] === undefined ? mixedProblem(column, place, sampleOf) : null;
    if (mixed !== null) found.push(mixed);
  }
  return found;
}

class TableDataset extends Dataset {
  readonly name: string;
  readonly length: number;
  readonly sampleShape: readonly number[];
  readonly elementType = "float32";
  readonly target: TargetFacts;
  override readonly resident = true;
  override readonly columns: readonly ColumnFacts[] | undefined;
  override readonly featureColumns: readonly ColumnFacts[];
  override readonly targetColumn: string;
  override readonly times: readonly string[] | undefined;
  override readonly keys: readonly string[];
  override readonly problems: readonly DataProblem[];
  override readonly guesses: readonly Guess[];
  override readonly leftOutColumns: readonly LeftOutColumn[];
  override readonly readings: ColumnReadings | undefined;
  override readonly table: Table;
  override readonly givenValidation: number;
  override readonly givenTest: number;
  readonly #features: readonly TableColumn[];
  readonly #target: TableTarget;
  readonly #placeOf: (row: number) => string;

  constructor(
    { table, place, heldOut = { validation: 0, test: 0 }, guesses = [], columnGuesses = [], readings = {} }: LoadedTable,
    source: TableSource,
    target: TableTarget,
    features: readonly TableColumn[],
    leftOutColumns: readonly LeftOutColumn[],
    problems: readonly DataProblem[],
  ) {
    super();
    const { rows } = target;
    this.name = path.parse(source.path).name;
    this.length = target.targets.length;
    // Rows without a target are not samples, also in the given parts.
    const from = (row: number) => (rows === null ? table.length - row : rows.filter((each) => each >= row).length);
    this.givenTest = from(table.length - heldOut.test);
    this.givenValidation = from(table.length - heldOut.test - heldOut.validation) - this.givenTest;
    this.sampleShape = source.sampleShape ?? [features.length];
    this.target = target.facts;
    this.targetColumn = source.target;
    this.keys = table.columns.map(({ name }) => name);
    this.problems = problems;
    this.leftOutColumns = leftOutColumns;
    this.guesses = [...guesses, ...columnGuessesOf(columnGuesses, source)];
    this.readings = Object.keys(readings).length === 0 ? undefined : readings;
    // Splits and statistics use sample numbers, so the table is reduced to the rows that are samples.
    this.table = rows === null ? table : withRows(table, rows);
    const featureNames = new Set(features.map(({ name }) => name));
    this.#features = this.table.columns.filter(({ name }) => featureNames.has(name));
    const times = this.#features.filter(({ kind }) => kind === "time").map(({ name }) => name);
    this.times = times.length === 0 ? undefined : times;
    const facts = this.#features.map(columnFacts);
    this.featureColumns = facts;
    this.columns = facts.every((column) => column.kind === "numeric" && column.missing === 0) ? undefined : facts;
    this.#target = target;
    this.#placeOf = place;
  }

  async fetch(indices: Uint32Array): Promise<Batch> {
    this.requireIndices(indices);
    const width = this.#features.length;
    const samples = new Float32Array(indices.length * width);
    for (const [offset, column] of this.#features.entries()) writeFeature(column, indices, samples, offset, width);
    const { targets } = this.#target;
    const taken = targets instanceof Int32Array ? new Int32Array(indices.length) : new Float32Array(indices.length);
    for (const [i, index] of indices.entries()) taken[i] = targets[index] ?? 0;
    return { samples, targets: taken };
  }

  /** Returns a copy, like `fetch`. */
  async targets(): Promise<Int32Array | Float32Array> {
    return this.#target.targets.slice();
  }

  override place(index: number): string | null {
    if (index >= this.length) return null;
    return this.#placeOf(this.#target.rows === null ? index : at(this.#target.rows, index));
  }
}

function withRows(table: Table, rows: Uint32Array): Table {
  const numbers = new Map(Array.from(rows, (row, sample) => [row, sample]));
  return {
    length: rows.length,
    columns: table.columns.map((column) => takeRows(column, rows)),
    badCells: table.badCells.flatMap((cell) => {
      const row = numbers.get(cell.row);
      return row === undefined ? [] : [{ ...cell, row }];
    }),
    badCellCount: table.badCellCount,
  };
}
