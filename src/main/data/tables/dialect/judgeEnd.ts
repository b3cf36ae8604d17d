/** Finds lines below a table that are not rows: notes, sources, totals. Judged from the file's last bytes only. */
import { looksOf } from "./cellLooks.ts";
import { isComment, isRule } from "./comments.ts";
import type { Dialect } from "./dialect.ts";
import { linesOf, splitLine, type TextLine } from "./records.ts";

/** A footer has at most this many lines. */
const MOST_LINES = 20;
const TOTAL =
  /^(?:grand |sub)?(?:total|totals|sum|summe|gesamt|gesamtsumme|insgesamt|somme|total général|totale|totaal|suma|total general|soma|итого|всего|합계|총계|총합|계|合計|合计|总计|總計)\s*:?$/iu;
const NAMED_NOTE = /^["']?(?:sources?|data source|notes?|footnotes?|quellen?|anmerkung(?:en)?|fuente|nota|출처|주|자료|비고)\s?:/iu;
const NOTE = /^(?:source|sources|note|notes|footnote|quelle|anmerkung|fuente|nota|출처|주|자료|비고|\*|†|©|\(?\d+ rows?\b|\d+ rows? selected)/iu;

export interface TableEnd {
  /** As in the file. */
  readonly lines: readonly string[];
  /** The first of them, from 1 within the examined lines; 0 if there is none. */
  readonly firstLine: number;
  /** Whether one of them is a row of totals with as many columns as the table. */
  readonly hasTotal: boolean;
}

export const NO_END: TableEnd = { lines: [], firstLine: 0, hasTotal: false };

/**
 * @param tail the file's last characters, starting at a line
 * @param earlier lines of the table, because a value that occurs there does not mean a total
 * @param set number of lines to leave out, if set by the user
 */
export function judgeEnd(tail: string, dialect: Dialect, earlier: readonly TextLine[], set: number | undefined): TableEnd {
  const all = linesOf(tail);
  if (set === 0) return NO_END;
  const filled = all.filter(({ text }) => text.trim() !== "");
  const kept = set ?? MOST_LINES;
  const found: TextLine[] = [];
  let hasTotal = false;
  const endsWell = all.at(-1)?.text === "" || set !== undefined;
  for (let i = filled.length - 1; i > 0 && found.length < kept; i--) {
    const line = filled[i];
    if (line === undefined) break;
    const isApart = (all[line.line - 2]?.text.trim() ?? "x") === "";
    const verdict = set !== undefined ? "note" : judgeLine(line.text, dialect, isApart || endsWell || found.length > 0, found.length > 0);
    if (verdict === "row") break;
    if (verdict === "total" && recurs(line.text, dialect, earlier)) break;
    hasTotal ||= verdict === "total";
    found.unshift(line);
  }
  if (found.length === 0 || (set === undefined && found.length >= Math.min(MOST_LINES, filled.length - 1))) return NO_END;
  const lines = found.filter(({ text }) => !isRule(text) && !isCommented(text, dialect) && !isEmpty(text, dialect)).map(({ text }) => text);
  return { lines, firstLine: found[0]?.line ?? 0, hasTotal };
}

function judgeLine(text: string, dialect: Dialect, mayBeNote: boolean, isBelow: boolean): "row" | "note" | "total" {
  const { marks, width } = dialect;
  if (isRule(text) || isCommented(text, dialect)) return "note";
  const { cells, isOpen } = splitLine(text, marks);
  if (isOpen || (marks.quote !== "" && (text.split(marks.quote).length - 1) % 2 === 1)) return "row";
  const filled = cells.filter((cell) => cell !== "");
  const [first = ""] = filled;
  if (filled.length === 0) return mayBeNote && isBelow ? "note" : "row";
  if (NAMED_NOTE.test(text.trim())) return "note";
  if (cells.length <= width && TOTAL.test(first) && cells.indexOf(first) < width - 1) return cells.length === width ? "total" : "note";
  if (filled.length === 1 && NOTE.test(first) && (cells.length < width || width > 2)) return "note";
  // Notes may contain the delimiter; a truncated last row has no line end.
  const isShort = cells.length < width && width > 1 && filled.length === 1;
  return mayBeNote && isShort && looksOf(first) === "text" ? "note" : "row";
}

function isEmpty(text: string, { marks }: Dialect): boolean {
  return splitLine(text, marks).cells.every((cell) => cell === "");
}

function isCommented(text: string, { comment }: Dialect): boolean {
  return comment !== null && isComment(text, comment);
}

function recurs(text: string, { marks }: Dialect, earlier: readonly TextLine[]): boolean {
  const first = (line: string) => splitLine(line, marks).cells.find((cell) => cell !== "");
  const own = first(text);
  return earlier.filter((line) => first(line.text) === own && line.text !== text).length > 0;
}
