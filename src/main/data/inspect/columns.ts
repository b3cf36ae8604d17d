/** The columns that an inspection examines, with their roles. */
import type { ColumnRole } from "../../../shared/contract/inspection.ts";
import { at } from "../../../shared/kit/fault.ts";
import { sampleKind } from "../../../shared/recipe/facts.ts";
import { countText } from "../../../shared/text/numbers.ts";
import type { Batch, Dataset } from "../dataset.ts";
import type { TableColumn } from "../table.ts";
import type { Pace } from "./pace.ts";

export interface RoledColumn {
  readonly role: ColumnRole;
  readonly column: TableColumn;
}

/** With more values than this, rows are examined as samples instead of columns: 8 bytes per value would not fit into memory. */
const MAX_VALUES = 100_000_000;
const CHUNK_VALUES = 4_000_000;

/** Whether statistics are per column: the samples are feature rows that fit into memory a second time. */
export function isTable(dataset: Dataset): boolean {
  const { sampleShape, length, table } = dataset;
  return sampleKind(sampleShape) === "tabular" && (table !== null || length * at(sampleShape, 0) <= MAX_VALUES);
}

/** At most `count` evenly spread numbers from 0 to length − 1. */
export function spread(length: number, count: number): Uint32Array {
  const number = Math.min(length, count);
  return Uint32Array.from({ length: number }, (_, i) => Math.floor((i * length) / number));
}

/** The columns of the data set's table; for rows without a table, one column per feature and target. */
export async function columnsOf(dataset: Dataset, targets: Int32Array | Float32Array, pace: Pace): Promise<readonly RoledColumn[]> {
  return columnsOfTable(dataset) ?? columnsOfRows(dataset, targets, null, pace);
}

/**
 * The same columns with only the given rows.
 * @param columns of the data set's table; null if it has none
 */
export async function columnsOfSome(
  dataset: Dataset,
  targets: Int32Array | Float32Array,
  columns: readonly RoledColumn[] | null,
  rows: Uint32Array,
  pace: Pace,
): Promise<readonly RoledColumn[]> {
  if (columns === null) return columnsOfRows(dataset, targets, rows, pace);
  return columns.map(({ role, column }) => ({
    role,
    column:
      column.kind === "categorical"
        ? { ...column, codes: Int32Array.from(rows, (row) => at(column.codes, row)) }
        : { ...column, values: Float64Array.from(rows, (row) => at(column.values, row)) },
  }));
}

/**
 * The columns of the data set's table; null if it has none, or does not name its features. Columns are matched by name, because values can be
 * those of a copied column.
 */
export function columnsOfTable({ table, targetColumn, featureColumns }: Dataset): readonly RoledColumn[] | null {
  if (table === null || featureColumns === undefined) return null;
  const features = new Set(featureColumns.map(({ name }) => name));
  const roleOf = ({ name }: TableColumn) => (name === targetColumn ? "target" : features.has(name) ? "feature" : "ignored");
  return table.columns.map((column) => ({ role: roleOf(column), column }));
}

async function columnsOfRows(dataset: Dataset, targets: Int32Array | Float32Array, rows: Uint32Array | null, pace: Pace): Promise<readonly RoledColumn[]> {
  const length = rows?.length ?? dataset.length;
  const width = at(dataset.sampleShape, 0);
  const values = Array.from({ length: width }, () => new Float64Array(length));
  const step = Math.max(1, Math.floor(CHUNK_VALUES / width));
  for (let start = 0; start < length; start += step) {
    const count = Math.min(step, length - start);
    const indices = rows === null ? Uint32Array.from({ length: count }, (_, i) => start + i) : rows.subarray(start, start + count);
    const { samples } = await dataset.fetch(indices);
    for (const [j, column] of values.entries()) for (let i = 0; i < count; i++) column[start + i] = samples[i * width + j] ?? 0;
    await pace.step(0, `reading rows, ${countText(start + count, "en")} of ${countText(length, "en")}`);
  }
  return [...featureColumns(dataset, values), ...targetColumns(dataset, targets, rows)];
}

function featureColumns(dataset: Dataset, values: readonly Float64Array[]): readonly RoledColumn[] {
  return values.map((column, j): RoledColumn => {
    const facts = dataset.columns?.[j];
    const name = facts?.name ?? `feature ${j}`;
    if (facts?.kind !== "categorical") return { role: "feature", column: { name, kind: "numeric", values: column } };
    const codes = Int32Array.from(column, (value) => (Number.isNaN(value) ? -1 : value));
    return { role: "feature", column: { name, kind: "categorical", codes, categories: facts.categories } };
  });
}

function targetColumns({ target }: Dataset, targets: Batch["targets"], rows: Uint32Array | null): readonly RoledColumn[] {
  const length = rows?.length ?? (target.kind === "classification" ? targets.length : targets.length / target.names.length);
  const rowOf = (i: number) => (rows === null ? i : at(rows, i));
  if (target.kind === "classification") {
    const codes = Int32Array.from({ length }, (_, i) => at(targets, rowOf(i)));
    return [{ role: "target", column: { name: "target", kind: "categorical", codes, categories: target.classes } }];
  }
  const width = target.names.length;
  return target.names.map((name, k) => ({
    role: "target",
    column: { name, kind: "numeric", values: Float64Array.from({ length }, (_, i) => targets[rowOf(i) * width + k] ?? Number.NaN) },
  }));
}
