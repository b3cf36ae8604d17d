/** What every reader of tables hands on: the table, where its rows are in the file, and what was found on the way. */
import type { DataProblem } from "../../../shared/contract/inspection.ts";
import { Fault } from "../../../shared/kit/fault.ts";
import type { Guess } from "../../../shared/recipe/guess.ts";
import type { ColumnKind, ColumnReading, ColumnReadings } from "../../../shared/recipe/readings.ts";
import type { BadCell, Table, TableColumn } from "../table.ts";
import type { ColumnGuess } from "./cells/columnGuess.ts";
import type { SettingsByColumn } from "./cells/settings.ts";

export interface LoadedTable {
  readonly table: Table;
  /** How many bad cells each column has, by name; columns without are absent. */
  readonly badCounts: ReadonlyMap<string, number>;
  /** About the file as a whole, such as its encoding. */
  readonly problems: readonly DataProblem[];
  /** What was judged of the file. */
  readonly guesses?: readonly Guess[];
  /** What was judged of single columns. */
  readonly columnGuesses?: readonly ColumnGuess[];
  /** How columns were read whose cells can be read in several ways. */
  readonly readings?: ColumnReadings;
  /** Rows at the end that are of given parts: the validation part's, then the test part's. */
  readonly heldOut?: { readonly validation: number; readonly test: number };
  /** Columns that were left out because no table can hold them. */
  readonly skipped: readonly string[];
  /** The same columns, with what they hold. */
  readonly nested: readonly SkippedColumn[];
  /** Where a row is: "line 90002", "row 90001". */
  place(row: number): string;
}

export interface SkippedColumn {
  readonly name: string;
  /** "lists", "structures". */
  readonly holds: string;
}

/** What a column must be, by its name; others are guessed. */
export type ColumnKinds = Readonly<Record<string, ColumnKind>>;

export interface LoadOptions extends SettingsByColumn {
  /**
   * Called with the column names before any row is read, so that a wrong name does not wait for the end of a large file.
   * @throws Fault where the names are not those that are wanted
   */
  readonly checkNames?: (names: readonly string[], place: string) => void;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Whether a column that no table can hold (lists, structures) may be left out rather than be a Fault. */
  readonly maySkip?: (name: string) => boolean;
}

/** At most this many bad cells are kept; the others are counted. */
export const MAX_BAD_CELLS = 1000;

/**
 * The columns' types; null for those that are left out.
 * @throws Fault, `typeOf`'s, for a column that may not be
 */
export function typesOf<C, T>(
  columns: readonly C[],
  nameOf: (column: C) => string,
  typeOf: (column: C) => T,
  { maySkip }: LoadOptions,
): { readonly types: readonly (T | null)[]; readonly skipped: readonly SkippedColumn[] } {
  const skipped: SkippedColumn[] = [];
  const types = columns.map((column) => {
    try {
      return typeOf(column);
    } catch (error) {
      const name = nameOf(column);
      if (!(error instanceof Fault) || maySkip?.(name) !== true) throw error;
      skipped.push({ name, holds: error.problems[0]?.received ?? "values of no kind that is read" });
      return null;
    }
  });
  return { types, skipped };
}

export interface ReadColumn {
  readonly column: TableColumn;
  /** Cells taken for missing that are not: rows and texts of the first ones, and how many there are. */
  readonly bad: readonly { readonly row: number; readonly text: string }[];
  readonly badCount: number;
  readonly guesses?: readonly ColumnGuess[];
  readonly reading?: ColumnReading;
  /** Whether all cells are written as programs write them, so that they need not be texts first. */
  readonly plain?: boolean;
}

/**
 * @param place where a row is in the file
 * @param scanned bad cells that were found before the columns were made
 */
export function loadedTable(
  length: number,
  read: readonly ReadColumn[],
  place: (row: number) => string,
  scanned: readonly { readonly row: number; readonly column: string; readonly text: string }[] = [],
  skipped: readonly SkippedColumn[] = [],
): LoadedTable {
  const found = [...scanned, ...read.flatMap(({ column, bad }) => bad.map((each) => ({ ...each, column: column.name })))];
  const badCells: BadCell[] = found
    .sort((a, b) => a.row - b.row)
    .slice(0, MAX_BAD_CELLS)
    .map((cell) => ({ ...cell, place: place(cell.row) }));
  const badCounts = new Map(read.filter(({ badCount }) => badCount > 0).map(({ column, badCount }) => [column.name, badCount]));
  const table: Table = {
    length,
    columns: read.map(({ column }) => column),
    badCells,
    badCellCount: read.reduce((sum, { badCount }) => sum + badCount, 0),
  };
  const readings = read.flatMap(({ column, reading }) => (reading === undefined ? [] : [[column.name, reading] as const]));
  const columnGuesses = read.flatMap(({ guesses = [] }) => guesses);
  return {
    table,
    badCounts,
    problems: [],
    skipped: skipped.map(({ name }) => name),
    nested: skipped,
    place,
    columnGuesses,
    readings: Object.fromEntries(readings),
  };
}
