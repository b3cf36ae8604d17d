/** Lines before a table that are recognized by their beginning: comments, Excel's separator line, rules. */
import { BLANKS, isBlanks, type Marks, splitLine, type TextLine } from "./records.ts";

const PREFIXES = ["#", "%", "//", "!", "--"] as const;
/** `sep=;` tells Excel the delimiter. */
const SEPARATOR = /^"?sep=(.|\\t)"?[,;\t|]*$/i;
/** Rules of Markdown and of database programs: `|---|---|`, `----+----`, `=====`. */
const RULE = /^[\s|+:=-]*(?:---|===|\|\s*:?-+:?\s*\|)[\s|+:=-]*$/;

export function isRule(text: string): boolean {
  return RULE.test(text);
}

export function separatorOf(text: string): string | null {
  const found = SEPARATOR.exec(text.trim())?.[1];
  return found === undefined ? null : found === "\\t" ? "\t" : found;
}

/** The comment prefix, if the file begins with comments and most lines are not comments; otherwise null. */
export function judgeComment(lines: readonly TextLine[]): string | null {
  const filled = lines.filter(({ text }) => text.trim() !== "");
  const first = filled[0]?.text.trimStart() ?? "";
  const begins = (prefix: string) => filled.filter(({ text }) => isComment(text, prefix)).length;
  const found = PREFIXES.find((prefix) => first.startsWith(prefix) && begins(prefix) < Math.max(2, filled.length / 2));
  if (found !== undefined) return found;
  // A semicolon counts only if it is not the delimiter.
  if (!/^;[^;]*$/.test(first)) return null;
  return filled.some(({ text }) => text.lastIndexOf(";") > 0) || begins(";") >= filled.length / 2 ? null : ";";
}

export function isComment(text: string, comment: string): boolean {
  return text.trimStart().startsWith(comment);
}

/**
 * The column names in the last comment above a table, as NumPy writes them.
 * @param isOnly whether it is the only comment: then `#id` may be a name
 */
export function namesInComment({ text }: TextLine, comment: string, marks: Marks, width: number, isOnly: boolean): readonly string[] | null {
  const bare = text.trimStart().slice(comment.length);
  const keeps = isOnly && !/^\s/.test(bare) && !isBlanks(marks.delimiter);
  for (const delimiter of isBlanks(marks.delimiter) ? [marks.delimiter, BLANKS] : [marks.delimiter]) {
    const { cells } = splitLine(keeps ? text : bare.trimStart(), { ...marks, delimiter });
    if (cells.length === width && new Set(cells).size === width && !cells.includes("")) return cells;
  }
  return null;
}
