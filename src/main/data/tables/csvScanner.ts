/**
 * Scans delimited text (RFC 4180 with any delimiter and line end) from bytes to columns. Numbers and dates are parsed from bytes to float64
 * without creating strings; strings are only made for invalid cells and once for each category.
 */
import type { Problem } from "../../../shared/kit/fault.ts";
import { ByteDictionary } from "./byteDictionary.ts";
import { cellKind, parseNumber } from "./cells/cells.ts";
import { NumberReader } from "./csvNumber.ts";
import { type DecimalMark, withPoint } from "./decimals.ts";
import { MAX_COLUMNS, tooManyColumns } from "./header.ts";
import { parseIsoTime } from "./isoTime.ts";
import { MAX_BAD_CELLS } from "./loadedTable.ts";
import { RaggedRows } from "./raggedRows.ts";
import type { Decode } from "./textFile.ts";

/** How a column is read, or that it is skipped. */
export type CsvMode = "number" | "time" | "text" | "skip";

export interface CsvBadCell {
  readonly row: number;
  readonly column: number;
  readonly line: number;
  readonly text: string;
}

/** At most this many problems are reported at once. */
export const MAX_PROBLEMS = 10;

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const APOSTROPHE = 0x27;
const WIDE = /^[+-]?\d{16,}$/;
/** Modes as numbers, for the inner loop. */
const NUMBER = 0;
const TIME = 1;
const TEXT = 2;
const OTHER = 3;
const MODES: Readonly<Record<CsvMode, number>> = { number: NUMBER, time: TIME, text: TEXT, skip: OTHER };
/** Results of the loop over a record that are not positions. */
const INCOMPLETE = -1;
const BROKEN = -2;

export interface ScannerOptions {
  readonly file: string;
  readonly delimiter: number;
  /** A quotation mark if absent; −1 if quotes are ordinary characters. */
  readonly quote?: number;
  readonly decimal: DecimalMark;
  readonly decode: Decode;
  /** Column names and their line, if the first record is not a header row. */
  readonly given?: { readonly names: readonly string[]; readonly line: number } | undefined;
  /** Called once with the header's cells; returns how each column is read, and the number of rows to allocate. */
  readonly header: (names: readonly string[], line: number) => { readonly modes: readonly CsvMode[]; readonly capacity: number };
}

export class CsvScanner {
  /** Rows read. */
  rows = 0;
  readonly problems: Problem[] = [];
  /** Rows whose length differs from the header; they are not part of the table. */
  readonly ragged: RaggedRows;
  /** At most {@link MAX_BAD_CELLS}. */
  readonly badCells: CsvBadCell[] = [];
  /** By column: cells that are neither a number (or time) nor missing, and how many of them are text rather than numbers out of range. */
  badCounts = new Float64Array(0);
  textCounts = new Float64Array(0);
  /** By column: whether "none", "-" and similar words were read as missing. */
  perhapsNothing = new Uint8Array(0);
  /** By column: whether integers had a leading zero or more digits than a double holds exactly, so that they may be identifiers. */
  oddWholes = new Uint8Array(0);
  /** Each column's values or codes; the other is null, and both are for a skipped column. */
  values: (Float64Array<ArrayBuffer> | null)[] = [];
  codes: (Int32Array<ArrayBuffer> | null)[] = [];
  dictionaries: (ByteDictionary | null)[] = [];
  readonly #options: ScannerOptions;
  readonly #delimiter: number;
  readonly #quote: number;
  readonly #number: NumberReader;
  #names: readonly string[] | null = null;
  #header: string[] = [];
  #modes = new Uint8Array(0);
  #capacity = 0;
  /** The line where the record starts, from 1, and the line breaks inside it. */
  #line = 1;
  #inside = 0;
  #nextLine = 0;
  #broken = false;
  #pending: { readonly column: number; readonly text: string; readonly isText: boolean }[] = [];
  /** Rows whose line is not the previous row's plus one, and their lines. */
  readonly #anchorRows: number[] = [];
  readonly #anchorLines: number[] = [];
  #scratch = Buffer.alloc(64);

  constructor(options: ScannerOptions) {
    this.#options = options;
    this.#delimiter = options.delimiter;
    this.#quote = options.quote ?? '"'.charCodeAt(0);
    this.#number = new NumberReader(options.decimal);
    this.ragged = new RaggedRows(options.file);
    if (options.given !== undefined) this.#begin(options.given.names, options.given.line);
  }

  /** The header's columns; null before it was read. */
  get names(): readonly string[] | null {
    return this.#names;
  }

  /** Whether there are enough problems to stop. */
  get full(): boolean {
    return this.#broken || this.ragged.isHopeless(this.rows);
  }

  isTime(column: number): boolean {
    return this.#modes[column] === TIME;
  }

  /** The line of a row, from 1. */
  lineOf(row: number): number {
    let [low, high] = [0, this.#anchorRows.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#anchorRows[middle] ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    return (this.#anchorLines[low] ?? 1) + row - (this.#anchorRows[low] ?? 0);
  }

  /**
   * Scans the complete records of a block.
   * @param bytes must have a line end after the block, at `end`
   * @param last whether the file ends here
   * @returns number of bytes used; the rest belongs to an unfinished record
   */
  scan(bytes: Buffer, end: number, last: boolean): number {
    let p = 0;
    while (p < end && !this.full) {
      if (this.rows >= this.#capacity && this.#names !== null) this.#grow();
      this.#inside = 0;
      const next = this.#record(bytes, p, end, last);
      if (next === INCOMPLETE) {
        this.#pending.length = 0;
        this.#header.length = 0;
        break;
      }
      if (next === BROKEN) {
        this.#broken = true;
        break;
      }
      p = next;
    }
    return Math.min(p, end);
  }

  report(place: string, expected: string, received: string, remedy: string): void {
    this.problems.push({ place, expected, received, remedy });
  }

  reportOpenQuote(): void {
    this.report(this.#place, "every opening quote must be closed", "an open quote at the end of the file", "Close the quote, or remove it.");
  }

  get #place(): string {
    return `${this.#options.file}:${this.#line}`;
  }

  #grow(): void {
    const capacity = Math.max(1024, Math.ceil(this.#capacity * 1.5));
    this.#capacity = capacity;
    this.values = this.values.map((values) => values && new Float64Array(values.buffer.transfer(capacity * 8)));
    this.codes = this.codes.map((codes) => codes && new Int32Array(codes.buffer.transfer(capacity * 4)));
  }

  /** Scans one record at `start`; returns the start of the next one, or an error code. */
  #record(bytes: Buffer, start: number, end: number, last: boolean): number {
    const delimiter = this.#delimiter;
    const modes = this.#modes;
    const values = this.values;
    const row = this.rows;
    let column = 0;
    for (let p = start; ; column++) {
      let byte = bytes[p] ?? 0;
      while (byte === SPACE || (byte === TAB && delimiter !== TAB)) byte = bytes[++p] ?? 0;
      const mode = modes[column] ?? OTHER;
      let q = p;
      if (mode === NUMBER) {
        const value = this.#number.read(bytes, p);
        q = this.#number.end;
        byte = bytes[q] ?? 0;
        while (byte === SPACE || (byte === TAB && delimiter !== TAB)) byte = bytes[++q] ?? 0;
        if (byte === delimiter || byte === LF || byte === CR) {
          const array = values[column];
          if (array) array[row] = value;
          if (this.#number.zeroLed) this.oddWholes[column] = 1;
        } else q = this.#slowCell(bytes, p, end, last, column, mode);
      } else q = this.#slowCell(bytes, p, end, last, column, mode);
      if (q < 0) return q;
      byte = bytes[q] ?? 0;
      if (byte === delimiter && q < end) {
        p = q + 1;
        continue;
      }
      if (q >= end && !last) return INCOMPLETE;
      let next = q + 1;
      if (byte === CR) {
        // It is not known yet whether a line feed follows.
        if (next >= end && !last) return INCOMPLETE;
        if (next < end && bytes[next] === LF) next++;
      }
      this.#endRecord(column + 1, bytes, start, q);
      return next;
    }
  }

  /** Scans any cell: finds its end and adds it to its column. Returns the position of the delimiter or line end after it, or an error code. */
  #slowCell(bytes: Buffer, p: number, end: number, last: boolean, column: number, mode: number): number {
    const quote = this.#quote;
    if (bytes[p] === quote && p < end) return this.#quotedCell(bytes, p, end, last, column, mode);
    let q = p;
    let to = p;
    for (let byte = bytes[q] ?? 0; byte !== this.#delimiter && byte !== LF && byte !== CR; byte = bytes[++q] ?? 0) {
      // An apostrophe inside a word does not quote.
      if (byte === quote && quote !== APOSTROPHE) return this.#misplacedQuote(q, end);
      if (byte !== SPACE && byte !== TAB) to = q + 1;
    }
    if (q >= end && !last) return INCOMPLETE;
    this.#take(bytes, p, to, column, mode);
    return q;
  }

  #quotedCell(bytes: Buffer, p: number, end: number, last: boolean, column: number, mode: number): number {
    const from = p + 1;
    let q = from;
    let doubled = 0;
    let lines = 0;
    for (; ; q++) {
      if (q >= end) {
        if (!last) return INCOMPLETE;
        this.reportOpenQuote();
        return BROKEN;
      }
      const byte = bytes[q];
      if (byte === this.#quote) {
        if (q + 1 >= end || bytes[q + 1] !== this.#quote) break;
        doubled++;
        q++;
      } else if (byte === LF) lines++;
      else if (byte === CR && bytes[q + 1] !== LF) lines++;
    }
    const to = q++;
    while (bytes[q] === SPACE || (bytes[q] === TAB && this.#delimiter !== TAB)) q++;
    const byte = bytes[q];
    if (q >= end && !last) return INCOMPLETE;
    if (byte !== this.#delimiter && byte !== LF && byte !== CR) return this.#misplacedQuote(q, end);
    this.#inside += lines;
    if (doubled === 0) this.#take(bytes, from, to, column, mode);
    else this.#take(this.#undoubled(bytes, from, to), 0, to - from - doubled, column, mode);
    return q;
  }

  /** The bytes of a quoted cell with doubled quotes reduced to one. */
  #undoubled(bytes: Buffer, from: number, to: number): Buffer {
    if (this.#scratch.length < to - from) this.#scratch = Buffer.alloc(2 * (to - from));
    let length = 0;
    for (let i = from; i < to; i++) {
      this.#scratch[length++] = bytes[i] ?? 0;
      if (bytes[i] === this.#quote) i++;
    }
    return this.#scratch;
  }

  #misplacedQuote(position: number, end: number): number {
    if (position >= end) return INCOMPLETE;
    this.report(
      this.#place,
      "quotes must enclose a whole cell, and be doubled inside it",
      "a quote elsewhere in the row",
      'Write a quote inside a quoted cell as "".',
    );
    return BROKEN;
  }

  #take(bytes: Buffer, from: number, to: number, column: number, mode: number): void {
    const row = this.rows;
    if (this.#names === null) {
      if (this.#header.length === MAX_COLUMNS) throw tooManyColumns(this.#place);
      this.#header.push(this.#options.decode(bytes, from, to));
    } else if (mode === TEXT) {
      const codes = this.codes[column];
      if (codes) codes[row] = this.dictionaries[column]?.code(bytes, from, to) ?? -1;
    } else if (mode !== OTHER) {
      const values = this.values[column];
      if (values) values[row] = this.#value(bytes, from, to, column, mode);
    }
  }

  /** The number or time in a cell; NaN if it is missing or invalid; invalid cells are recorded. */
  #value(bytes: Buffer, from: number, to: number, column: number, mode: number): number {
    if (from === to) return Number.NaN;
    if (mode === TIME) {
      const time = parseIsoTime(bytes, from, to);
      if (!Number.isNaN(time)) return time;
    }
    if (mode === NUMBER) {
      const number = this.#number.read(bytes, from);
      if (this.#number.end === to) {
        if (this.#number.zeroLed) this.oddWholes[column] = 1;
        return number;
      }
    }
    const text = this.#options.decode(bytes, from, to);
    const read = this.#options.decimal === "," ? withPoint(text) : text;
    if (mode === NUMBER) {
      const number = parseNumber(read);
      if (!Number.isNaN(number)) {
        if (Number.isInteger(number) && !Number.isSafeInteger(number) && WIDE.test(text)) this.oddWholes[column] = 1;
        return number;
      }
    }
    const kind = cellKind(read);
    if (kind === "nothing") return Number.NaN;
    if (kind === "perhapsNothing") this.perhapsNothing[column] = 1;
    else this.#pending.push({ column, text, isText: kind === "text" });
    return Number.NaN;
  }

  #endRecord(count: number, bytes: Buffer, start: number, to: number): void {
    const line = this.#line;
    if (this.#names === null) {
      const names = this.#header;
      this.#header = [];
      if (names.length > 1 || names[0] !== "") this.#begin(names, line);
    } else if (count === this.#modes.length && !(count === 1 && isBlank(bytes, start, to))) this.#commit();
    else if (!isBlank(bytes, start, to)) this.#reportCount(count, line);
    this.#pending.length = 0;
    this.#line = line + 1 + this.#inside;
  }

  #commit(): void {
    const row = this.rows++;
    if (row === 0 || this.#nextLine !== this.#line) {
      this.#anchorRows.push(row);
      this.#anchorLines.push(this.#line);
    }
    this.#nextLine = this.#line + 1;
    for (const { column, text, isText } of this.#pending) {
      this.badCounts[column] = (this.badCounts[column] ?? 0) + 1;
      if (isText) this.textCounts[column] = (this.textCounts[column] ?? 0) + 1;
      if (this.badCells.length < MAX_BAD_CELLS) this.badCells.push({ row, column, line: this.#line, text });
    }
  }

  #reportCount(count: number, line: number): void {
    const problem = this.ragged.add(line, count, this.#modes.length);
    if (this.problems.length < MAX_PROBLEMS) this.problems.push(problem);
  }

  #begin(names: readonly string[], line: number): void {
    const { modes, capacity } = this.#options.header(names, line);
    this.#names = names;
    this.#capacity = capacity;
    this.#modes = Uint8Array.from(modes, (mode) => MODES[mode]);
    this.values = modes.map((mode) => (mode === "text" || mode === "skip" ? null : new Float64Array(capacity)));
    this.codes = modes.map((mode) => (mode === "text" ? new Int32Array(capacity) : null));
    this.dictionaries = modes.map((mode) => (mode === "text" ? new ByteDictionary() : null));
    this.badCounts = new Float64Array(modes.length);
    this.textCounts = new Float64Array(modes.length);
    this.perhapsNothing = new Uint8Array(modes.length);
    this.oddWholes = new Uint8Array(modes.length);
  }
}

function isBlank(bytes: Buffer, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i] !== SPACE && bytes[i] !== TAB) return false;
  return true;
}
