/** Where a text stops being JSON, by what the browser says about it. */

export interface JsonError {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** The character that cannot be there, quoted; null at the end of the text. */
  readonly found: string | null;
}

/** The value of a JSON text, or where it stops being one. */
export function readJson(text: string): { readonly value: unknown } | { readonly error: JsonError } {
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    const offset = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
    const before = text.slice(0, offset);
    const line = before.split("\n").length;
    const column = offset - before.lastIndexOf("\n");
    const character = text.codePointAt(offset);
    return { error: { line, column, found: character === undefined ? null : JSON.stringify(String.fromCodePoint(character)) } };
  }
}
