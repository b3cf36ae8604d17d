/** Finds the delimiter: the one that gives most lines the same number of clean cells. */
import { guessDelimiter } from "../header.ts";
import { looksOfAll } from "./cellLooks.ts";
import { BLANKS, DOUBLE_COLON, isBlanks, type Marks, recordsOf, type TextLine, type TextRecord, WIDE_BLANKS } from "./records.ts";

export interface JudgedMarks {
  readonly marks: Marks;
  readonly records: readonly TextRecord[];
  /** Number of cells in most records; 1 if there is no delimiter. */
  readonly width: number;
}

interface Candidate extends JudgedMarks {
  readonly score: number;
  /** Fraction of records with that width, from the first to the last such record. */
  readonly evenness: number;
}

const CHARACTERS = [",", ";", "\t", "|"] as const;
const LONGER = [DOUBLE_COLON, BLANKS, WIDE_BLANKS] as const;
/** 1,5 and 1,234,567: cells in which a comma is allowed when blanks are the delimiter. */
const NUMBER_WITH_COMMAS = /^[+-]?(?:\d+,\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/;
/** At most this many records are examined. */
const MOST_RECORDS = 400;
/** Blanks are everywhere, so nearly all lines must have the same number of cells. */
const EVEN_BLANKS = 0.95;

/**
 * @param lines without comments
 * @param set what the user has set
 */
export function judgeMarks(lines: readonly TextLine[], isWhole: boolean, set: Partial<Marks>): JudgedMarks {
  const quotes = set.quote !== undefined ? [set.quote] : ['"'];
  if (set.quote === undefined && usesSingleQuotes(lines)) quotes.unshift("'");
  const [best] = quotes.flatMap((quote) => judged(lines, isWhole, quote, set.delimiter)).sort((a, b) => b.score - a.score);
  if (best !== undefined) return set.quote === undefined && holdsStrayQuotes(best) ? withoutQuotes(lines, isWhole, best) : best;
  const marks = { delimiter: set.delimiter ?? guessDelimiter(lines.map(({ text }) => text).join("\n")), quote: quotes[0] ?? '"' };
  return { marks, records: recordsOf(lines, marks, isWhole, MOST_RECORDS), width: 1 };
}

function judged(lines: readonly TextLine[], isWhole: boolean, quote: string, delimiter: string | undefined): readonly Candidate[] {
  const read = (each: string) => candidate(recordsOf(lines, { delimiter: each, quote }, isWhole, MOST_RECORDS), { delimiter: each, quote });
  if (delimiter !== undefined) return [read(delimiter)].filter((each) => each !== null);
  // Ties go to the delimiter that is most frequent in the first line.
  const first = guessDelimiter(lines.map(({ text }) => text).join("\n"));
  const characters = [first, ...CHARACTERS.filter((each) => each !== first)].map(read).filter((each) => each !== null);
  const longer = LONGER.map(read).filter((each) => each !== null && isTable(each));
  return [...characters, ...longer.filter((each) => each !== null)];
}

function candidate(records: readonly TextRecord[], marks: Marks): Candidate | null {
  const counts = new Map<number, number>();
  for (const { cells } of records) if (cells.length > 1) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const [width, count] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0];
  if (width === 1) return null;
  const from = records.findIndex(({ cells }) => cells.length === width);
  const to = records.findLastIndex(({ cells }) => cells.length === width);
  const evenness = count / (to + 1 - from);
  const cells = records.filter((record) => record.cells.length === width).flatMap((record) => record.cells);
  const dirty = cells.filter((cell) => holdsOthers(cell, marks.delimiter)).length / cells.length;
  const score = evenness * (1 - 0.5 * dirty) * (0.8 + (0.2 * count) / records.length);
  return { marks, records, width, evenness, score };
}

/** Whether a cell seems to hold several cells: other delimiters, or numbers separated by blanks. */
function holdsOthers(cell: string, delimiter: string): boolean {
  if (isBlanks(delimiter)) return /[,;|]/.test(cell) && !NUMBER_WITH_COMMAS.test(cell);
  return CHARACTERS.some((each) => each !== "," && each !== delimiter && cell.includes(each)) || /^[\d.eE+-]+(?:[ \t]+[\d.eE+-]+)+$/.test(cell);
}

/** Prose contains blanks too, so a table with blanks as delimiter must have a numeric column. */
function isTable({ evenness, records, width, marks: { delimiter } }: Candidate): boolean {
  const rows = records.filter(({ cells }) => cells.length === width);
  if (evenness < EVEN_BLANKS || rows.length < 2 || (delimiter === BLANKS && width === 2 && rows.length < 3)) return false;
  return Array.from({ length: width }, (_, column) => looksOfAll(rows.slice(1).map(({ cells }) => cells[column] ?? ""))).some(
    (looks) => looks === "number" || looks === "time",
  );
}

/** Programs that write tabs or bars do not quote: quotes in such files are inches and speech. */
function holdsStrayQuotes({ marks, records }: JudgedMarks): boolean {
  if (marks.quote !== '"' || !["\t", "|"].includes(marks.delimiter)) return false;
  const cells = records.flatMap(({ text }) => text.split(marks.delimiter));
  return cells.some((cell) => cell.includes('"')) && !cells.some((cell) => /^\s*"/.test(cell));
}

function withoutQuotes(lines: readonly TextLine[], isWhole: boolean, { marks, width }: JudgedMarks): JudgedMarks {
  const plain = { ...marks, quote: "" };
  return { marks: plain, records: recordsOf(lines, plain, isWhole, MOST_RECORDS), width };
}

/** Whether some cells begin and end with an apostrophe, and none begins with a quotation mark. */
function usesSingleQuotes(lines: readonly TextLine[]): boolean {
  const text = lines
    .slice(0, MOST_RECORDS)
    .map((line) => line.text)
    .join("\n");
  if (/(?:^|[,;\t| ])"/m.test(text)) return false;
  const begins = text.match(/(?:^|[,;\t|])[ \t]*'/gm)?.length ?? 0;
  const whole = text.match(/(?<=^|[,;\t|])[ \t]*'(?:[^'\n]|'')*'[ \t]*(?=$|[,;\t|])/gm)?.length ?? 0;
  return whole >= 2 && whole >= 0.5 * begins;
}
