/** Finds where a table begins in its file: titles, notes and name-value pairs may precede it. */
import { looksOf, looksOfAll } from "./cellLooks.ts";
import { judgeHeader } from "./judgeHeader.ts";
import { type Delimiter, isBlanks, type TextRecord } from "./records.ts";

/** At most this many lines can precede a table. */
const MOST_FRONT = 100;

interface TableStart {
  /** Index of the record that is the header row or the first row. */
  readonly start: number;
  readonly width: number;
  /** Whether the rows begin with row names for which the header row has no name. */
  readonly leading: "sure" | "guessed" | null;
  /** Whether the rows end with a delimiter that the header row lacks. */
  readonly trailing: boolean;
}

/** The table begins at the first record, or after lines with another number of cells. */
export function tableStart(records: readonly TextRecord[], width: number, delimiter: Delimiter, isSet: boolean): TableStart {
  const plain = { start: 0, width: records[0]?.cells.length ?? 0, leading: null, trailing: false };
  const uniform = isSet ? 0 : titleRows(records, width) || behindBlank(records, width);
  if (uniform > 0) return { ...plain, start: uniform, width };
  const start = records.findIndex(({ cells }) => cells.length === width);
  const rows = records.slice(start).filter(({ cells }) => cells.length === width);
  if (start < 1 || start > MOST_FRONT || rows.length < 2) return plain;
  const above = records[start - 1];
  if (above?.cells.length === width - 1 && (start === 1 || !isSet)) {
    if (rows.every(({ cells }) => cells.at(-1) === "")) return { start: start - 1, width, leading: null, trailing: true };
    const leading = rowNames(rows, delimiter);
    if (leading !== null) return { start: start - 1, width, leading, trailing: false };
  }
  if (isSet) return plain;
  const names = rows[0]?.cells ?? [];
  const judged = judgeHeader(
    names,
    rows.slice(1).map(({ cells }) => cells),
  );
  const front = records.slice(0, start);
  const isTitle = front.every(({ cells }) => cells.filter((cell) => cell !== "").length <= 1);
  const isProse = isBlanks(delimiter) && front.every(({ cells }) => cells.every((cell) => looksOf(cell) === "text"));
  const isApart = start > 1 && isBehindBlank(records, start);
  return isTitle || isProse || isApart || (judged.isHeader && judged.why !== "unclear") ? { ...plain, start, width } : plain;
}

function isBehindBlank(records: readonly TextRecord[], index: number): boolean {
  return (records[index]?.line ?? 0) - (records[index - 1]?.line ?? 0) > 1;
}

/** The first record after a blank line that is clearly a header row, if the lines above are not a table but name-value pairs such as "Date;2020". */
function behindBlank(records: readonly TextRecord[], width: number): number {
  const isTable = (part: readonly TextRecord[]) => {
    const rows = part.slice(1).map(({ cells }) => cells);
    const judged = judgeHeader(part[0]?.cells ?? [], rows);
    return rows.length > 2 && part.every(({ cells }) => cells.length === width) && judged.isHeader && !judged.isClose;
  };
  const found = records.findIndex((_, index) => index > 1 && index < MOST_FRONT && isBehindBlank(records, index) && isTable(records.slice(index)));
  return found > 1 && !isTable(records.slice(0, found)) ? found : 0;
}

/** Titles exported from a spreadsheet: rows with text in only one cell, but with as many cells as the table below. */
function titleRows(records: readonly TextRecord[], width: number): number {
  const filled = ({ cells }: TextRecord) => cells.filter((cell) => cell !== "");
  const start = records.findIndex((record) => filled(record).length > 1);
  const front = records.slice(0, Math.max(0, start));
  const areTitles = front.every((record) => filled(record).every((cell) => looksOf(cell) === "text")) && front.some((record) => filled(record).length === 1);
  return width > 2 && areTitles && records[start]?.cells.length === width && records.length - start > 1 ? start : 0;
}

/** Whether the first cells are row names, which R writes without a header: all different, and text, consecutive, or separated by blanks. */
function rowNames(rows: readonly TextRecord[], delimiter: Delimiter): "sure" | "guessed" | null {
  const names = rows.map(({ cells }) => cells[0] ?? "");
  if (new Set(names).size !== names.length) return null;
  const areQuoted = rows.every(({ text }) => /^\s*["']/.test(text));
  if (areQuoted || isBlanks(delimiter) || delimiter === "\t") return "sure";
  const numbers = names.map(Number);
  return looksOfAll(names) === "text" || numbers.every((value, i) => value === (numbers[0] ?? 0) + i) ? "guessed" : null;
}
