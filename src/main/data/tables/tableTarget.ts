/** The column to predict: which rows have a target, and the targets. */
import { Fault, type Problem, quote } from "../../../shared/kit/fault.ts";
import type { TargetFacts } from "../../../shared/recipe/facts.ts";
import type { TableColumn } from "../table.ts";
import { describeBadNumber } from "./cells/cells.ts";
import { missingOf, numberOf } from "./features.ts";
import type { LoadedTable } from "./loadedTable.ts";
import type { TableSource } from "./tableSource.ts";
import { holdsNumbers } from "./textColumn.ts";

/** From this many rows on, a target with more classes than half the rows is probably a number. */
const MANY_ROWS = 20;
const MAX_PROBLEMS = 10;

export interface TableTarget {
  readonly facts: TargetFacts;
  /** The rows that have a target, ascending; null if all have. */
  readonly rows: Uint32Array | null;
  /** The targets of those rows. */
  readonly targets: Int32Array | Float32Array;
}

/** @throws Fault if a classification has one class or one per row, or a regression's column holds no numbers */
export function tableTarget(loaded: LoadedTable, source: TableSource, column: TableColumn): TableTarget {
  const place = `${source.path}, column ${quote(column.name)}`;
  const count = loaded.table.length - missingOf(column);
  const rows = count === loaded.table.length ? null : rowsThere(column, count);
  if (source.task === "regression") {
    checkNumbers(loaded, source, column, count, place);
    return { facts: { kind: "regression", names: [source.target] }, rows, targets: fill(new Float32Array(count), column, rows) };
  }
  const classes = column.kind === "categorical" ? column.categories : [];
  const [first] = classes;
  const single = (received: string) =>
    new Fault("input", [{ place, expected: "must hold at least two classes", received, remedy: "Choose another target, or add rows of other classes." }]);
  if (first === undefined) throw single("an empty cell in every row");
  if (classes.length === 1) throw single(`${quote(first)} in every row${rows === null ? "" : " that has one"}`);
  if (count >= MANY_ROWS && classes.length > count / 2)
    throw new Fault("input", [
      {
        place,
        expected: "must hold classes that repeat",
        received: `${classes.length} different values in ${count} rows`,
        remedy: 'Choose another target, or set data.source.task to "regression" to predict a number.',
      },
    ]);
  return { facts: { kind: "classification", classes }, rows, targets: fill(new Int32Array(count), column, rows) };
}

// Plain loops: a table may have millions of rows.

function rowsThere(column: TableColumn, count: number): Uint32Array {
  const rows = new Uint32Array(count);
  for (let row = 0, next = 0; next < count; row++) if (!Number.isNaN(numberOf(column, row))) rows[next++] = row;
  return rows;
}

function fill<T extends Int32Array | Float32Array>(targets: T, column: TableColumn, rows: Uint32Array | null): T {
  for (let i = 0; i < targets.length; i++) targets[i] = numberOf(column, rows === null ? i : (rows[i] ?? 0));
  return targets;
}

function checkNumbers({ table, badCounts }: LoadedTable, source: TableSource, column: TableColumn, numbers: number, place: string): void {
  const bad = badCounts.get(column.name) ?? 0;
  if (numbers > 0 && (bad === 0 || holdsNumbers(numbers, bad, table.length))) return;
  const problems: Problem[] = table.badCells
    .filter((cell) => cell.column === column.name)
    .slice(0, MAX_PROBLEMS)
    .map((cell) => ({ place: `${placeInFile(source.path, cell.place)}, column ${quote(column.name)}`, ...describeBadNumber(cell.text) }));
  if (problems.length === 0)
    problems.push({ place, expected: "must hold numbers", received: "an empty cell in every row", remedy: "Choose another target, or fill in the values." });
  throw new Fault("input", problems);
}

/** `flowers.csv:17` for a line, `flowers.parquet, row 16` for a row. */
function placeInFile(file: string, place: string): string {
  return place.startsWith("line ") ? `${file}:${place.slice("line ".length)}` : `${file}, ${place}`;
}
