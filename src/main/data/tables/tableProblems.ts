/** Problems of a table: rows that were left out, cells that were read as missing. */
import type { DataProblem, ProblemItem } from "../../../shared/contract/inspection.ts";
import { at, quote } from "../../../shared/kit/fault.ts";
import { countText } from "../../../shared/text/numbers.ts";
import type { BadCell, TableColumn } from "../table.ts";
import { cellKind } from "./cells/cells.ts";

const MAX_ITEMS = 1000;

/** The sample number of a table row; null if the row is not a sample. */
export type SampleOf = (row: number) => number | null;

export function badCellProblem({ name: column, kind }: TableColumn, cells: readonly BadCell[], total: number, rows: number, sampleOf: SampleOf): DataProblem {
  const items = cells.map(({ row, place, text }) => ({
    sample: sampleOf(row),
    place: `row ${row + 1}, column ${quote(column)}`,
    detail: detailOf(place, text),
  }));
  const noun = kind === "time" ? "date" : "number";
  return {
    kind: "badValue",
    severity: "warning",
    title: `Column ${quote(column)}: ${counted(total, rows)} cannot be read as ${total === 1 ? `a ${noun}` : `${noun}s`} and ${total === 1 ? "counts" : "count"} as missing`,
    remedy: `Correct the cells, or set data.source.kinds to read the column as categories: {${quote(column)}: "categorical"}.`,
    total,
    items,
  };
}

function detailOf(place: string, text: string): string {
  return place.startsWith("line ") ? `${quote(text)} (${place})` : quote(text);
}

export function missingTargetProblem(target: string, leftOut: readonly number[], rows: number, place: (row: number) => string): DataProblem {
  const total = leftOut.length;
  const items = leftOut.slice(0, MAX_ITEMS).map((row): ProblemItem => ({ sample: null, place: `row ${row + 1}`, detail: place(row) }));
  return {
    kind: "missingValues",
    severity: "error",
    title: `${counted(total, rows)} ${total === 1 ? "has" : "have"} no ${quote(target)} and ${total === 1 ? "is" : "are"} left out`,
    remedy: "Fill in the target if you know it: rows without one cannot be used.",
    total,
    items,
  };
}

/** @param reason why it is not a feature */
export function identifierProblem(column: TableColumn, rows: number, reason: string): DataProblem {
  const isText = column.kind === "categorical";
  const distinct = isText ? column.categories.length : rows;
  return {
    kind: "identifierColumn",
    severity: "info",
    title: isText
      ? `Column ${quote(column.name)} differs in nearly every row and is not used as a feature`
      : `Column ${quote(column.name)} is not used as a feature. ${reason}`,
    remedy: `If it describes the sample, set data.source.kinds to use it: {${quote(column.name)}: "${isText ? "categorical" : "numeric"}"}.`,
    total: 1,
    items: [{ sample: null, place: `column ${quote(column.name)}`, detail: `${countText(distinct, "en")} different values in ${countText(rows, "en")} rows` }],
  };
}

/** A column that is categorical only because some of its cells are not numbers; null for others. */
export function mixedProblem(column: TableColumn, place: (row: number) => string, sampleOf: SampleOf): DataProblem | null {
  if (column.kind !== "categorical") return null;
  const isText = Uint8Array.from(column.categories, (category) => (cellKind(category) === "text" ? 1 : 0));
  const items: ProblemItem[] = [];
  let [numbers, texts] = [0, 0];
  for (const [row, code] of column.codes.entries()) {
    if (code < 0) continue;
    if (isText[code] !== 1) numbers++;
    else if (texts++ < MAX_ITEMS)
      items.push({
        sample: sampleOf(row),
        place: `row ${row + 1}, column ${quote(column.name)}`,
        detail: detailOf(place(row), at(column.categories, code)),
      });
  }
  if (texts === 0 || numbers <= texts) return null;
  return {
    kind: "badValue",
    severity: "warning",
    title: `Column ${quote(column.name)}: ${counted(texts, column.codes.length)} ${texts === 1 ? "holds" : "hold"} text among numbers, so all cells are read as categories`,
    remedy: `Correct the cells, or set data.source.kinds to read them as missing: {${quote(column.name)}: "numeric"}.`,
    total: texts,
    items,
  };
}

function counted(count: number, rows: number): string {
  return `${countText(count, "en")} of ${countText(rows, "en")} rows`;
}
