/** Columns of typed files, made what the recipe says they are; numbers that no sample can hold become missing and are noted. */
import { at } from "../../../shared/kit/fault.ts";
import { fitsFloat32, parseNumber } from "../readers/cells.ts";
import type { TableColumn } from "../table.ts";
import { CategoryBuilder } from "./categories.ts";
import { MAX_BAD_CELLS, type ReadColumn } from "./loadedTable.ts";

export async function wantedColumn(column: TableColumn, wanted: "numeric" | "categorical" | undefined): Promise<ReadColumn> {
  if (column.kind === "categorical") return wanted === "numeric" ? numbersOf(column.name, column.codes, column.categories) : { column, bad: [], badCount: 0 };
  if (wanted === "categorical") return { column: await namesOf(column.name, column.values, column.kind === "time"), bad: [], badCount: 0 };
  return column.kind === "time" ? { column, bad: [], badCount: 0 } : withoutUnfit(column.name, column.values);
}

/** @param values infinite ones and those out of float32's range become missing, in place */
function withoutUnfit(name: string, values: Float64Array): ReadColumn {
  const bad: { row: number; text: string }[] = [];
  let badCount = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? Number.NaN;
    if (fitsFloat32(value) || Number.isNaN(value)) continue;
    badCount++;
    if (bad.length < MAX_BAD_CELLS) bad.push({ row, text: String(value) });
    values[row] = Number.NaN;
  }
  return { column: { name, kind: "numeric", values }, bad, badCount };
}

function namesOf(name: string, values: Float64Array, isTime: boolean): Promise<TableColumn> {
  const builder = new CategoryBuilder(values.length);
  const codes = new Map<number, number>();
  for (const [row, value] of values.entries()) {
    if (Number.isNaN(value)) continue;
    let code = codes.get(value);
    if (code === undefined) {
      code = builder.code(isTime ? timeName(value) : String(value));
      codes.set(value, code);
    }
    builder.codes[row] = code;
  }
  return builder.finish(name);
}

/** A date alone where it has no time of day. */
function timeName(value: number): string {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return String(value);
  return value % 86_400_000 === 0 ? date.toISOString().slice(0, 10) : date.toISOString();
}

function numbersOf(name: string, codes: Int32Array, categories: readonly string[]): ReadColumn {
  const numbers = Float64Array.from(categories, parseNumber);
  const values = Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : at(numbers, code)));
  const bad: { row: number; text: string }[] = [];
  let badCount = 0;
  for (const [row, code] of codes.entries()) {
    if (code < 0 || !Number.isNaN(at(numbers, code))) continue;
    badCount++;
    if (bad.length < MAX_BAD_CELLS) bad.push({ row, text: at(categories, code) });
  }
  return { column: { name, kind: "numeric", values }, bad, badCount };
}
