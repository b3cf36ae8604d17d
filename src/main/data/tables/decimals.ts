/** Numbers with a decimal comma and full stops between thousands, as in most of Europe. */

import { numberParts } from "./cells/numberText.ts";

export type DecimalMark = "." | ",";

/** `1,5` or `1.234,5`. */
const WITH_COMMA = /^[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+)?,\d+(?:e[+-]?\d+)?$/i;
/** `1.234.567`: if the decimal mark is a comma, a full stop before three digits separates thousands. */
const THOUSANDS = /^[+-]?\d{1,3}(?:\.\d{3})+$/;

/** The decimal mark of a file, and whether its numbers determine it. */
export interface FileDecimal {
  readonly decimal: DecimalMark;
  /** True if no number is unambiguous and the delimiter is a semicolon, which is usual with decimal commas. */
  readonly isOpen: boolean;
}

/**
 * A comma if more cells of the first rows have a comma that must be a decimal mark than a point. Never if commas are the delimiter.
 * @param head the first rows
 */
export function guessDecimal(head: string, delimiter: string): FileDecimal {
  if (delimiter === ",") return { decimal: ".", isOpen: false };
  let [commas, points, open] = [0, 0, 0];
  for (const line of head.split(/[\r\n]+/))
    for (const cell of line.split(delimiter)) {
      const text = cell.trim().replace(/^"(.*)"$/, "$1");
      if (!/\d[.,]|[.,]\d/.test(text)) continue;
      const evidence = numberParts(text)?.evidence;
      if (evidence === "comma") commas++;
      else if (evidence === "point") points++;
      else if (evidence === "eitherComma") open++;
    }
  if (commas !== points) return { decimal: commas > points ? "," : ".", isOpen: false };
  const isSemicolon = delimiter === ";";
  return { decimal: isSemicolon && open > 0 ? "," : ".", isOpen: isSemicolon };
}

/** The cell with its number in plain notation; other cells are unchanged. */
export function withPoint(cell: string): string {
  const text = cell.trim();
  return WITH_COMMA.test(text) || THOUSANDS.test(text) ? text.replaceAll(".", "").replace(",", ".") : cell;
}
