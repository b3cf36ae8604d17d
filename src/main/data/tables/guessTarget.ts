/** A first guess at what a table is for; the person corrects it. */
import type { TableColumn } from "../table.ts";
import { namesRows } from "./leftOut.ts";

/** Names that targets go by, the surest first. */
const TARGET_NAMES = ["target", "label", "labels", "class", "classes", "y", "outcome", "species", "diagnosis", "survived", "response", "category", "kind"];
/** A number with more different values than this, and than this share of the rows, is a quantity. */
const MANY_VALUES = 20;
const MANY_SHARE = 0.05;

export interface TableGuess {
  readonly target: string;
  readonly task: "classification" | "regression";
  /** Columns that no table can hold. */
  readonly ignore?: string[];
}

/** @param columns of the first rows; null for fewer than two columns or no rows */
export function guessTarget(columns: readonly TableColumn[]): TableGuess | null {
  const lower = columns.map(({ name }) => name.trim().toLowerCase());
  const known = TARGET_NAMES.map((name) => lower.indexOf(name)).find((index) => index >= 0);
  const last = columns.findLastIndex((column) => column.kind !== "time" && !namesRows(column));
  const column = columns[known ?? last] ?? columns.at(-1);
  if (columns.length < 2 || column === undefined) return null;
  return { target: column.name, task: column.kind !== "categorical" && isQuantity(column.values) ? "regression" : "classification" };
}

function isQuantity(values: Float64Array): boolean {
  const present = values.filter((value) => !Number.isNaN(value));
  const distinct = new Set(present).size;
  return distinct > MANY_VALUES && distinct > MANY_SHARE * present.length;
}
