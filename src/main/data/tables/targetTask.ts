/** Judges a target column: classes, or a number to predict. */
import { at } from "../../../shared/kit/fault.ts";
import type { TableColumn } from "../table.ts";
import { type TaskJudgement, taskOf } from "../taskOf.ts";
import { parseNumber } from "./cells/cells.ts";

/** Text is always classes. */
export function taskOfColumn(column: TableColumn): TaskJudgement {
  const numbers = numbersOf(column);
  return numbers === null ? { task: "classification", why: null } : taskOf(column.name, numbers);
}

/** The numbers of a column, even if it was read as categories; null if a category is not a number. */
function numbersOf(column: TableColumn): Float64Array | null {
  if (column.kind !== "categorical") return column.values;
  const numbers = Float64Array.from(column.categories, parseNumber);
  if (numbers.some(Number.isNaN)) return null;
  return Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : at(numbers, code)));
}
