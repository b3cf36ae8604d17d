/** Prepares a file's lines for the scanner: lines that are not records become empty, so that line numbers stay the same; runs of blanks become tabs. */
import type { Dialect } from "./dialect.ts";
import { DOUBLE_COLON, isBlanks, WIDE_BLANKS } from "./records.ts";

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const COLON = 0x3a;
/** Longer lines are passed on unchanged; the scanner reports them. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;

/** Transforms blocks; files that need no change pass through. */
export async function* plainLines(blocks: AsyncIterable<Buffer>, dialect: Dialect): AsyncGenerator<Buffer> {
  const rewriter = new LineRewriter(dialect);
  for await (const block of blocks) yield rewriter.isDone ? rewriter.rest(block) : rewriter.push(block, false);
  yield rewriter.isDone ? rewriter.rest(Buffer.alloc(0)) : rewriter.push(Buffer.alloc(0), true);
}

class LineRewriter {
  readonly #dropped: ReadonlySet<number>;
  readonly #lastDropped: number;
  readonly #comment: Buffer | null;
  readonly #blanks: boolean;
  readonly #wide: boolean;
  readonly #colons: boolean;
  readonly #quote: number;
  #held = Buffer.alloc(0);
  #line = 1;
  #isOpen = false;

  constructor({ marks, comment, dropped }: Dialect) {
    this.#dropped = dropped;
    this.#lastDropped = Math.max(0, ...dropped);
    this.#comment = comment === null ? null : Buffer.from(comment);
    this.#blanks = isBlanks(marks.delimiter);
    this.#colons = marks.delimiter === DOUBLE_COLON;
    this.#wide = marks.delimiter === WIDE_BLANKS;
    this.#quote = marks.quote === "" ? -1 : marks.quote.charCodeAt(0);
  }

  /** Whether no later line needs a change. */
  get isDone(): boolean {
    return !this.#blanks && !this.#colons && this.#comment === null && this.#line > this.#lastDropped;
  }

  rest(block: Buffer): Buffer {
    if (this.#held.length === 0) return block;
    const whole = Buffer.concat([this.#held, block]);
    this.#held = Buffer.alloc(0);
    return whole;
  }

  push(block: Buffer, last: boolean): Buffer {
    const bytes = this.rest(block);
    const out = Buffer.allocUnsafe(bytes.length);
    let written = 0;
    let from = 0;
    while (from < bytes.length && !this.isDone) {
      let to = from;
      while (to < bytes.length && bytes[to] !== LF && bytes[to] !== CR) to++;
      // It must be known whether a line feed follows a carriage return.
      let next = to + 1;
      if (!last && (to >= bytes.length || (bytes[to] === CR && next >= bytes.length)) && bytes.length - from < MAX_LINE_BYTES) break;
      if (bytes[to] === CR && bytes[next] === LF) next++;
      next = Math.min(next, bytes.length);
      written = this.#write(bytes, from, to, out, written);
      written += bytes.copy(out, written, to, next);
      from = next;
      this.#line++;
    }
    if (this.isDone || (last && from < bytes.length)) {
      written += bytes.copy(out, written, from);
      from = bytes.length;
    }
    this.#held = Buffer.from(bytes.subarray(from));
    return out.subarray(0, written);
  }

  /** Writes one line without its line end. */
  #write(bytes: Buffer, from: number, to: number, out: Buffer, at: number): number {
    if (!this.#isOpen && (this.#dropped.has(this.#line) || this.#isComment(bytes, from, to))) return at;
    if (this.#blanks) return this.#parted(bytes, from, to, out, at);
    if (this.#colons) return this.#partedByColons(bytes, from, to, out, at);
    for (let p = from; p < to; p++) if (bytes[p] === this.#quote) this.#isOpen = !this.#isOpen;
    return at + bytes.copy(out, at, from, to);
  }

  #isComment(bytes: Buffer, from: number, to: number): boolean {
    if (this.#comment === null) return false;
    let p = from;
    while (p < to && (bytes[p] === SPACE || bytes[p] === TAB)) p++;
    return p + this.#comment.length <= to && this.#comment.equals(bytes.subarray(p, p + this.#comment.length));
  }

  #partedByColons(bytes: Buffer, from: number, to: number, out: Buffer, start: number): number {
    let at = start;
    for (let p = from; p < to; p++) {
      const isDelimiter = bytes[p] === COLON && bytes[p + 1] === COLON && p + 1 < to;
      out[at++] = isDelimiter ? TAB : (bytes[p] ?? 0);
      if (isDelimiter) p++;
    }
    return at;
  }

  /** Replaces each run of blanks outside quotes by a tab, and trims the line. */
  #parted(bytes: Buffer, from: number, to: number, out: Buffer, start: number): number {
    let at = start;
    let run = this.#isOpen ? 0 : -1;
    let isWide = false;
    for (let p = from; p < to; p++) {
      const byte = bytes[p] ?? 0;
      if (!this.#isOpen && (byte === SPACE || byte === TAB)) {
        if (run >= 0) run++;
        isWide ||= byte === TAB;
        continue;
      }
      if (run > 0) out[at++] = this.#wide && run === 1 && !isWide ? SPACE : TAB;
      run = 0;
      isWide = false;
      if (byte === this.#quote) this.#isOpen = !this.#isOpen;
      out[at++] = byte;
    }
    return at;
  }
}
