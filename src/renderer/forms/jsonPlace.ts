/** The position of a JSON syntax error, and the line around it. */
import { jsonErrorOffset, lineAndColumn } from "../../shared/kit/jsonError.ts";

export interface JsonError {
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
  /** The unexpected character, quoted; null at the end of the text. */
  readonly found: string | null;
}

/** The value of a JSON text, or the position of its syntax error. */
export function readJson(text: string): { readonly value: unknown } | { readonly error: JsonError } {
  const offset = jsonErrorOffset(text);
  if (offset === null) {
    const value: unknown = JSON.parse(text);
    return { value };
  }
  const character = text.codePointAt(offset);
  return { error: { ...lineAndColumn(text, offset), found: character === undefined ? null : JSON.stringify(String.fromCodePoint(character)) } };
}

/** Characters shown on either side of the error. */
const AROUND = 28;

/** The line with the error, shortened, and a caret below the unexpected character. */
export function jsonExcerpt(text: string, { line, column }: JsonError): { readonly line: string; readonly caret: string } {
  const whole = (text.split(/\r\n|\r|\n/)[line - 1] ?? "").replaceAll("\t", " ");
  const from = Math.max(0, column - 1 - AROUND);
  const to = Math.min(whole.length, column - 1 + AROUND);
  const [before, after] = [from > 0 ? "…" : "", to < whole.length ? "…" : ""];
  return { line: `${before}${whole.slice(from, to)}${after}`, caret: `${" ".repeat(before.length + column - 1 - from)}^` };
}
