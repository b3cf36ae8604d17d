/** The common result of all table readers: the table, the positions of its rows in the file, and what was found. */
import type { DataProblem } from "../../../shared/contract/inspection.ts";
import { Fault } from "../../../shared/kit/fault.ts";
import { say } from "../../../shared/kit/say.ts";
import type { Text } from "../../../shared/kit/words.ts";
import type { Guess } from "../../../shared/recipe/guess.ts";
import type { ColumnKind, ColumnReading, ColumnReadings } from "../../../shared/recipe/readings.ts";
import type { BadCell, Table, TableColumn } from "../table.ts";
import type { ColumnGuess } from "./cells/columnGuess.ts";
import type { SettingsByColumn } from "./cells/settings.ts";

export interface LoadedTable {
  readonly table: Table;
  /** Number of invalid cells by column name; columns without any are absent. */
  readonly badCounts: ReadonlyMap<string, number>;
  /** Problems of the file as a whole, such as its encoding. */
  readonly problems: readonly DataProblem[];
  /** Guesses about the file. */
  readonly guesses?: readonly Guess[];
  /** Guesses about single columns. */
  readonly columnGuesses?: readonly ColumnGuess[];
  /** How columns were read whose cells can be read in several ways. */
  readonly readings?: ColumnReadings;
  /** Number of rows at the end that belong to given parts: validation, then test. */
  readonly heldOut?: { readonly validation: number; readonly test: number };
  /** Columns that were left out because a table cannot hold them. */
  readonly skipped: readonly string[];
  /** The same columns, with what they hold. */
  readonly nested: readonly SkippedColumn[];
  /** A row's position: "line 90002", "row 90001". */
  place(row: number): string;
}

export interface SkippedColumn {
  readonly name: string;
  /** "lists", "structures". */
  readonly holds: Text;
}

/** Required kinds of columns by name; others are guessed. */
export type ColumnKinds = Readonly<Record<string, ColumnKind>>;

export interface LoadOptions extends SettingsByColumn {
  /**
   * Called with the column names before any row is read, so that a wrong name in a large file is reported early.
   * @throws Fault if the names are not as required
   */
  readonly checkNames?: (names: readonly string[], place: string) => void;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Whether a column of lists or structures may be skipped instead of causing a Fault. */
  readonly maySkip?: (name: string) => boolean;
}

/** At most this many invalid cells are kept; the others are counted. */
export const MAX_BAD_CELLS = 1000;

/**
 * The columns' types; null for those that are skipped.
 * @throws Fault from `typeOf` for a column that must not be skipped
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
      skipped.push({ name, holds: error.problems[0]?.received ?? say`values of no kind that is read` });
      return null;
    }
  });
  return { types, skipped };
}

export interface ReadColumn {
  readonly column: TableColumn;
  /** Cells read as missing although they are not: rows and texts of the first ones, and the total. */
  readonly bad: readonly { readonly row: number; readonly text: string }[];
  readonly badCount: number;
  readonly guesses?: readonly ColumnGuess[];
  readonly reading?: ColumnReading;
  /** Whether all cells are in plain notation, so that they need not be read as text first. */
  readonly plain?: boolean;
}

/**
 * @param place returns a row's position in the file
 * @param scanned invalid cells that were found before the columns were made
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
