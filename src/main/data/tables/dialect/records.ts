/** Splits the first lines of a delimited file into records of text cells, to determine its format. The scanner reads the whole file. */

/**
 * The delimiter: one character, {@link DOUBLE_COLON}, or a run of blanks: {@link BLANKS} for one or more, {@link WIDE_BLANKS} for a
 * tab or at least two blanks.
 */
export type Delimiter = string;

export const BLANKS = " ";
export const WIDE_BLANKS = "  ";
export const DOUBLE_COLON = "::";

export interface Marks {
  readonly delimiter: Delimiter;
  /** One character; empty if quotes are ordinary characters. */
  readonly quote: string;
}

export interface TextRecord {
  /** The line where it starts, from 1. */
  readonly line: number;
  /** Trimmed. */
  readonly cells: readonly string[];
  /** The first line as written. */
  readonly text: string;
}

export interface TextLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** Whether the delimiter is a run of blanks. */
export function isBlanks(delimiter: Delimiter): boolean {
  return delimiter === BLANKS || delimiter === WIDE_BLANKS;
}

/** The delimiter in words, for messages: "a comma". */
export function delimiterWords(delimiter: Delimiter): string {
  const words = new Map([
    [",", "a comma"],
    [";", "a semicolon"],
    ["\t", "a tab"],
    ["|", "a bar"],
    [BLANKS, "a blank"],
    [WIDE_BLANKS, "two blanks"],
    [DOUBLE_COLON, "two colons"],
  ]);
  return words.get(delimiter) ?? `"${delimiter}"`;
}

/** Whether the delimiter must be replaced by tabs, because the scanner only knows single characters. */
export function becomesTabs(delimiter: Delimiter): boolean {
  return isBlanks(delimiter) || delimiter === DOUBLE_COLON;
}

/** Splits at any line end. */
export function linesOf(text: string): readonly TextLine[] {
  return text.split(/\r\n|\n|\r/).map((each, index) => ({ line: index + 1, text: each }));
}

/**
 * Records of consecutive lines; blank lines give none. A quoted cell may span lines; one that is never closed ends the list.
 * @param isWhole whether no more lines follow: then an open quote is part of its cell
 */
export function recordsOf(lines: readonly TextLine[], marks: Marks, isWhole: boolean, most = Number.POSITIVE_INFINITY): readonly TextRecord[] {
  const records: TextRecord[] = [];
  for (let i = 0; i < lines.length && records.length < most; i++) {
    const first = lines[i];
    if (first === undefined || first.text.trim() === "") continue;
    let text = first.text;
    let { cells, isOpen } = splitLine(text, marks);
    let next = i;
    while (isOpen && next + 1 < lines.length) {
      text = `${text}\n${lines[++next]?.text ?? ""}`;
      ({ cells, isOpen } = splitLine(text, marks));
    }
    if (isOpen && !isWhole) break;
    // A stray quote must not swallow the rest of the file.
    if (isOpen) cells = splitLine(first.text, { ...marks, quote: "" }).cells;
    else i = next;
    records.push({ line: first.line, cells, text: first.text });
  }
  return records;
}

/** The cells of a record, and whether a quote is open at its end. */
export function splitLine(text: string, { delimiter, quote }: Marks): { readonly cells: readonly string[]; readonly isOpen: boolean } {
  const cells: string[] = [];
  const trimmed = isBlanks(delimiter) ? text.trim() : text;
  let p = 0;
  for (;;) {
    while (trimmed[p] === " " || (trimmed[p] === "\t" && delimiter !== "\t")) p++;
    let cell = "";
    if (quote !== "" && trimmed[p] === quote) {
      const end = closingQuote(trimmed, p + 1, quote);
      if (end < 0) return { cells: [...cells, trimmed.slice(p + 1)], isOpen: true };
      cell = trimmed.slice(p + 1, end).replaceAll(quote + quote, quote);
      p = end + 1;
    }
    const stop = nextDelimiter(trimmed, p, delimiter);
    cells.push(cell + (stop < 0 ? trimmed.slice(p) : trimmed.slice(p, stop)).trim());
    if (stop < 0) return { cells, isOpen: false };
    p = stop + (delimiter === DOUBLE_COLON ? 2 : 1);
  }
}

function closingQuote(text: string, from: number, quote: string): number {
  for (let p = text.indexOf(quote, from); p >= 0; p = text.indexOf(quote, p + 2)) if (text[p + 1] !== quote) return p;
  return -1;
}

function nextDelimiter(text: string, from: number, delimiter: Delimiter): number {
  if (!isBlanks(delimiter)) return text.indexOf(delimiter, from);
  for (let p = from; p < text.length; p++) {
    if (text[p] === "\t") return p;
    if (text[p] === " " && (delimiter === BLANKS || text[p + 1] === " " || text[p + 1] === "\t")) return p;
  }
  return -1;
}
