/** The columns of a table as sortable rows. */
import type { ColumnSummary, NumberSummary } from "../../../shared/contract/inspection.ts";

export const columnFields = ["name", "role", "kind", "missing", "distinct", "mean", "deviation", "min", "q1", "median", "q3", "max"] as const;
export type ColumnField = (typeof columnFields)[number];

export interface Sorting {
  readonly field: ColumnField;
  readonly descending: boolean;
}

/** A column's value in a field; null if it has none. `missing` is a fraction of all rows. */
export function fieldOf(column: ColumnSummary, field: ColumnField): string | number | null {
  switch (field) {
    case "name":
    case "role":
    case "kind":
      return column[field];
    case "missing": {
      const { count, missing } = countsOf(column);
      return count + missing === 0 ? 0 : missing / (count + missing);
    }
    case "distinct":
      return column.kind === "categorical" ? column.distinct : column.numbers.distinct;
    default:
      return column.kind === "categorical" ? null : column.numbers[field];
  }
}

function countsOf(column: ColumnSummary): Pick<NumberSummary, "count" | "missing"> {
  return column.kind === "categorical" ? column : column.numbers;
}

/** Sorts by a field. Columns without a value come last in both directions. Ties keep the order of the file. */
export function sortColumns(columns: readonly ColumnSummary[], sorting: Sorting | null, language = "en"): readonly ColumnSummary[] {
  if (sorting === null) return columns;
  const { field, descending } = sorting;
  const compareNames = new Intl.Collator(language, { numeric: true }).compare;
  return columns.toSorted((a, b) => {
    const [x, y] = [fieldOf(a, field), fieldOf(b, field)];
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    const order = typeof x === "number" && typeof y === "number" ? x - y : compareNames(String(x), String(y));
    return descending ? -order : order;
  });
}

/** The sorting after a click on a heading: numbers start with the largest, names with the first. A third click restores the order of the file. */
export function nextSorting(sorting: Sorting | null, field: ColumnField): Sorting | null {
  const numeric = field !== "name" && field !== "role" && field !== "kind";
  if (sorting?.field !== field) return { field, descending: numeric };
  return sorting.descending === numeric ? { field, descending: !numeric } : null;
}
