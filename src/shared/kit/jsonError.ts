/** Finds where a text stops being valid JSON (RFC 8259), because the engine's own message does not always say. */

/** Offset of the first invalid character; null where the text is valid JSON. */
export function jsonErrorOffset(text: string): number | null {
  const scanner = new Scanner(text);
  scanner.value();
  scanner.space();
  if (scanner.failedAt === null && scanner.position < text.length) return scanner.position;
  return scanner.failedAt;
}

/** Line and column from 1, the column in UTF-16 code units as editors count. */
export function lineAndColumn(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const lineStart = Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1;
  return { line: before.split(/\r\n|\r|\n/).length, column: offset - lineStart + 1 };
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERAL = /true|false|null/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these inside a string
const CHARACTER = /[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

class Scanner {
  position = 0;
  failedAt: number | null = null;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  space(): void {
    this.#match(/[ \t\r\n]*/y);
  }

  /** Moves past one value, or sets `failedAt`. */
  value(): void {
    this.space();
    if (this.#take("{")) this.#list("}", () => this.#member());
    else if (this.#take("[")) this.#list("]", () => this.value());
    else if (this.#text[this.position] === '"') this.#string();
    else if (!this.#match(NUMBER) && !this.#match(LITERAL)) this.#fail();
  }

  #list(end: string, item: () => void): void {
    this.space();
    if (this.#take(end)) return;
    while (this.failedAt === null) {
      item();
      this.space();
      if (this.failedAt !== null || this.#take(end)) return;
      if (!this.#take(",")) this.#fail();
    }
  }

  #member(): void {
    this.space();
    this.#string();
    this.space();
    if (this.failedAt !== null) return;
    if (this.#take(":")) this.value();
    else this.#fail();
  }

  #string(): void {
    if (!this.#take('"')) this.#fail();
    while (this.#match(CHARACTER));
    if (!this.#take('"')) this.#fail();
  }

  #take(character: string): boolean {
    if (this.failedAt !== null || this.#text[this.position] !== character) return false;
    this.position += 1;
    return true;
  }

  #match(pattern: RegExp): boolean {
    if (this.failedAt !== null) return false;
    pattern.lastIndex = this.position;
    const [found] = pattern.exec(this.#text) ?? [];
    if (found === undefined) return false;
    this.position += found.length;
    return true;
  }

  #fail(): void {
    this.failedAt ??= this.position;
  }
}
