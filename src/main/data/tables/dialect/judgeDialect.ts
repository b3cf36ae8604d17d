/** Determines the format of a delimited file from its first lines. The user's settings take precedence. */
import { looksOf, looksOfAll } from "./cellLooks.ts";
import { isComment, isRule, judgeComment, namesInComment, separatorOf } from "./comments.ts";
import { columnName, DELIMITERS, type Dialect, type DialectFields, isColumnName, QUOTES } from "./dialect.ts";
import { judgeMarks } from "./judgeDelimiter.ts";
import { judgeHeader } from "./judgeHeader.ts";
import { type Delimiter, linesOf, type TextLine, type TextRecord } from "./records.ts";
import { tableStart } from "./tableStart.ts";

/** Text that looks like a unit: `[m]`, `(kg)`, `km/h`, `°C`. */
const BRACKETED = /^[[({<].*[\])}>]$/;
const UNIT = /^(?:%|°\s?[CFKR]?|[\p{L}µΩ]{1,5}(?:[/·*^ ]?[\p{L}\d²³⁻¹^-]{1,4}){0,3})$/u;

/**
 * @param head the file's first bytes as text
 * @param isWhole whether that is the whole file
 * @param wanted column names that the user has set; if the first line has them, it is the header row
 */
export function judgeDialect(head: string, isWhole: boolean, set: DialectFields, wanted: readonly string[]): Dialect {
  const all = linesOf(head);
  const complete = isWhole || all.length < 2 ? all : all.slice(0, -1);
  const dropped = new Set<number>();
  const drop = (lines: readonly TextLine[]) => {
    for (const { line } of lines) dropped.add(line);
  };
  const left = () => complete.filter(({ line }) => !dropped.has(line));

  drop(complete.slice(0, set.skip ?? 0));
  const separator = separatorIn(left());
  if (separator !== null) drop([separator.at]);
  const comment = set.comment ?? judgeComment(left());
  const comments = comment === null ? [] : left().filter(({ text }) => isComment(text, comment));
  drop(comments);
  drop(left().filter(({ text }) => isRule(text)));
  const { marks, records, width } = judgeMarks(left(), isWhole, {
    ...(set.delimiter !== undefined ? { delimiter: DELIMITERS[set.delimiter] } : separator !== null ? { delimiter: separator.delimiter } : {}),
    ...(set.quote === undefined ? {} : { quote: QUOTES[set.quote] }),
  });

  const table = tableStart(records, width, marks.delimiter, set.skip !== undefined);
  const front = records.slice(0, table.start);
  for (const record of front) for (let line = record.line; line < (records[table.start]?.line ?? 0); line++) dropped.add(line);
  const [first, ...below] = records.slice(table.start);
  const rows = below.map(({ cells }) => cells).filter(({ length }) => length === table.width);
  const firstLine = first?.line ?? 1;

  const written = [...(table.leading !== null ? [""] : []), ...(first?.cells ?? []), ...(table.trailing ? [""] : [])];
  const made = Array.from({ length: table.width }, (_, column) => (isEmptyEdge(records.slice(table.start), column, table.width) ? "" : columnName(column)));
  const natural = table.leading !== null || table.trailing || first === undefined ? HEADER : judgeHeader(first.cells, rows);
  const commented = namesAbove(comments, firstLine, comment, marks, natural.isHeader && !natural.isClose ? 0 : table.width);
  const positional = wanted.length > 0 && wanted.every(isColumnName) && !wanted.every((name) => written.includes(name));
  const named = wanted.length > 0 && wanted.every((name) => written.includes(name));
  // Column names by position come from a table without header row, so only an unmistakable header is skipped.
  const isSure = natural.isHeader && (!positional || (!natural.isClose && rows.length > 0));
  const isRead = set.header ?? (named || (isSure && commented === null));
  const judgement = {
    ...natural,
    isRead,
    isSet: set.header !== undefined,
    line: firstLine,
    otherNames: isRead ? made : usable(written),
    rowNames: table.leading,
  };
  const shared = {
    marks,
    comment,
    front: [...comments.filter(({ line }) => line < firstLine), ...front.map(lineOf)],
    uneven: unevenLines(records.slice(table.start), width),
  };

  if (commented !== null && set.header !== false && (!isRead || (set.header === true && !natural.isHeader)))
    return {
      ...shared,
      dropped,
      names: positional ? made : commented.names,
      headerLine: commented.line,
      judgement: { ...judgement, isClose: false, isRead: true, isHeader: true, why: "names", rowNames: null },
      front: shared.front.filter(({ line }) => line !== commented.line),
      units: null,
      width: table.width,
    };
  const units = isRead && set.units !== false ? unitsIn(below[0], below.slice(1), table.width, set.units === true) : null;
  if (units !== null) dropped.add(units.line);
  const replaced = !isRead || positional ? made : table.leading !== null || table.trailing ? written : null;
  if (isRead && replaced !== null) for (let line = firstLine; line < (below[0]?.line ?? firstLine + 1); line++) dropped.add(line);
  return { ...shared, dropped, names: replaced, headerLine: firstLine, judgement, units, width: replaced === null ? written.length : table.width };
}

const HEADER = { isHeader: true, isClose: false, why: "names" } as const;

function lineOf({ line, text }: TextRecord): TextLine {
  return { line, text };
}

function separatorIn(lines: readonly TextLine[]): { readonly at: TextLine; readonly delimiter: Delimiter } | null {
  const at = lines.find(({ text }) => text.trim() !== "");
  const delimiter = at === undefined ? null : separatorOf(at.text);
  return at === undefined || delimiter === null ? null : { at, delimiter };
}

/** Whether a first or last column is empty because every line begins or ends with a delimiter. */
function isEmptyEdge(records: readonly TextRecord[], column: number, width: number): boolean {
  if (column > 0 && column < width - 1) return false;
  return records.length > 1 && records.every(({ cells }) => cells.length !== width || cells[column] === "");
}

/** Usable column names; null if two are the same or there are none. */
function usable(names: readonly string[]): readonly string[] | null {
  const given = names.filter((name) => name !== "");
  return given.length > 0 && new Set(given).size === given.length ? names : null;
}

/** @param width of the table; 0 if its first record is itself a header row */
function namesAbove(comments: readonly TextLine[], firstLine: number, comment: string | null, marks: Dialect["marks"], width: number) {
  const last = comments.findLast(({ line }) => line < firstLine);
  if (last === undefined || comment === null || width === 0) return null;
  const names = namesInComment(last, comment, marks, width, comments.filter(({ line }) => line < firstLine).length === 1);
  return names === null ? null : { names, line: last.line };
}

/** Whether a cell is a word in brackets; a number in brackets is negative. */
function isBracketed(cell: string): boolean {
  return BRACKETED.test(cell) && looksOf(cell) === "text";
}

/** Returns the record below the header if it holds units: text over every numeric column. */
function unitsIn(record: TextRecord | undefined, below: readonly TextRecord[], width: number, isSet: boolean): TextLine | null {
  if (record === undefined) return null;
  if (isSet) return lineOf(record);
  const rows = below.filter(({ cells }) => cells.length === width);
  if (record.cells.length !== width || rows.length < 2) return null;
  let [units, others] = [0, 0];
  for (const [column, cell] of record.cells.entries()) {
    const looks = looksOfAll(rows.map(({ cells }) => cells[column] ?? ""));
    const isUnit = isBracketed(cell) || (UNIT.test(cell) && looksOf(cell) === "text");
    if (cell === "" || cell === "-") continue;
    if (looks === "text" || looks === "missing") others += isBracketed(cell) ? 0 : 1;
    else if (isUnit) units++;
    else return null;
  }
  const numbers = record.cells.filter((_, column) => looksOfAll(rows.map(({ cells }) => cells[column] ?? "")) === "number").length;
  // A single word may also be an invalid cell.
  return units > 0 && 2 * units >= numbers && (others === 0 || record.cells.some((cell) => isBracketed(cell))) ? lineOf(record) : null;
}

function unevenLines(records: readonly TextRecord[], width: number): readonly number[] {
  return records.filter(({ cells }) => cells.length !== width).map(({ line }) => line);
}
