/** The column to predict: which rows have a target, and what the targets are. */
import { at, Fault, type Problem, quote } from "../../../shared/kit/fault.ts";
import type { TargetFacts } from "../../../shared/recipe/facts.ts";
import { describeBadNumber } from "../readers/cells.ts";
import type { TableColumn } from "../table.ts";
import { numberOf } from "./features.ts";
import type { LoadedTable } from "./loadedTable.ts";
import type { TableSource } from "./tableSource.ts";
import { holdsNumbers } from "./textColumn.ts";

/** From this many rows on, a target with more classes than half the rows is taken for a number by mistake. */
const MANY_ROWS = 20;
const MAX_PROBLEMS = 10;

export interface TableTarget {
  readonly facts: TargetFacts;
  /** The rows of the table that have a target, ascending; null where all have. */
  readonly rows: Uint32Array | null;
  /** Of those rows. */
  readonly targets: Int32Array | Float32Array;
}

/** @throws Fault where a classification has one class, or one a row, or a regression's column holds no numbers */
export function tableTarget(loaded: LoadedTable, source: TableSource, column: TableColumn): TableTarget {
  const place = `${source.path}, column ${quote(column.name)}`;
  const isThere = column.kind === "categorical" ? (row: number) => at(column.codes, row) >= 0 : (row: number) => !Number.isNaN(at(column.values, row));
  const there = Uint32Array.from({ length: loaded.table.length }, (_, row) => row).filter(isThere);
  const rows = there.length === loaded.table.length ? null : there;
  if (source.task === "regression") {
    checkNumbers(loaded, source, column, there.length, place);
    return { facts: { kind: "regression", names: [source.target] }, rows, targets: Float32Array.from(there, (row) => numberOf(column, row)) };
  }
  const classes = column.kind === "categorical" ? column.categories : [];
  const [first] = classes;
  const single = (received: string) =>
    new Fault("input", [{ place, expected: "must hold at least two classes", received, remedy: "Choose another target, or add rows of other classes." }]);
  if (first === undefined) throw single("an empty cell in every row");
  if (classes.length === 1) throw single(`${quote(first)} in every row${rows === null ? "" : " that has one"}`);
  if (there.length >= MANY_ROWS && classes.length > there.length / 2)
    throw new Fault("input", [
      {
        place,
        expected: "must hold classes that repeat",
        received: `${classes.length} different values in ${there.length} rows`,
        remedy: 'Choose another target, or set data.source.task to "regression" to predict a number.',
      },
    ]);
  return { facts: { kind: "classification", classes }, rows, targets: Int32Array.from(there, (row) => numberOf(column, row)) };
}

function checkNumbers({ table, badCounts }: LoadedTable, source: TableSource, column: TableColumn, numbers: number, place: string): void {
  const bad = badCounts.get(column.name) ?? 0;
  if (numbers > 0 && (bad === 0 || holdsNumbers(numbers, bad, table.length))) return;
  const problems: Problem[] = table.badCells
    .filter((cell) => cell.column === column.name)
    .slice(0, MAX_PROBLEMS)
    .map((cell) => ({ place: `${placeInFile(source.path, cell.place)}, column ${quote(column.name)}`, ...describeBadNumber(cell.text) }));
  if (problems.length === 0)
    problems.push({ place, expected: "must hold numbers", received: "an empty cell in every row", remedy: "Choose another target, or fill the values in." });
  throw new Fault("input", problems);
}

/** `flowers.csv:17` for a line, `flowers.parquet, row 16` for a row. */
function placeInFile(file: string, place: string): string {
  return place.startsWith("line ") ? `${file}:${place.slice("line ".length)}` : `${file}, ${place}`;
}
