/** Table columns as features: which columns, and their values in the samples. */
import { at } from "../../../shared/kit/fault.ts";
import type { ColumnFacts } from "../../../shared/recipe/facts.ts";
import type { TableColumn } from "../table.ts";

const DAY = 86_400_000;
/** From this many rows on, a text that differs in nearly every row is an identifier. */
const MANY_ROWS = 20;
const NEARLY_EVERY = 0.95;

/** A value in the samples: a time in days since 1970, a category's number, NaN if missing. */
export function numberOf(column: TableColumn, row: number): number {
  if (column.kind !== "categorical") return at(column.values, row) / (column.kind === "time" ? DAY : 1);
  const code = at(column.codes, row);
  return code < 0 ? Number.NaN : code;
}

/**
 * Writes a feature of the given rows into packed samples.
 * @param samples [rows, width]; the feature's values go to `offset`, `offset + width`, …
 */
export function writeFeature(column: TableColumn, rows: Uint32Array, samples: Float32Array, offset: number, width: number): void {
  let position = offset;
  if (column.kind === "categorical")
    for (let i = 0; i < rows.length; i++) {
      const code = column.codes[rows[i] ?? 0] ?? -1;
      samples[position] = code < 0 ? Number.NaN : code;
      position += width;
    }
  else {
    const unit = column.kind === "time" ? DAY : 1;
    for (let i = 0; i < rows.length; i++) {
      samples[position] = (column.values[rows[i] ?? 0] ?? Number.NaN) / unit;
      position += width;
    }
  }
}

export function columnFacts(column: TableColumn): ColumnFacts {
  const { name } = column;
  const missing = missingOf(column);
  return column.kind === "categorical" ? { name, kind: "categorical", missing, categories: column.categories } : { name, kind: "numeric", missing };
}

export function missingOf(column: TableColumn): number {
  let missing = 0;
  if (column.kind === "categorical") {
    const { codes } = column;
    for (let row = 0; row < codes.length; row++) if ((codes[row] ?? -1) < 0) missing++;
  } else {
    const { values } = column;
    for (let row = 0; row < values.length; row++) if (Number.isNaN(values[row])) missing++;
  }
  return missing;
}

/** Whether a column is an identifier: text that differs in nearly every row. */
export function isIdentifier(column: TableColumn): boolean {
  if (column.kind !== "categorical") return false;
  const present = column.codes.length - missingOf(column);
  return present >= MANY_ROWS && column.categories.length >= NEARLY_EVERY * present;
}

/** The column with only the given rows. */
export function takeRows(column: TableColumn, rows: Uint32Array): TableColumn {
  if (column.kind === "categorical") return { ...column, codes: Int32Array.from(rows, (row) => at(column.codes, row)) };
  return { ...column, values: Float64Array.from(rows, (row) => at(column.values, row)) };
}
