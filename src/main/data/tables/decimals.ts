/** Numbers with a decimal comma, and points between their thousands, as most of Europe writes them. */

import { numberParts } from "./cells/numberText.ts";

export type DecimalMark = "." | ",";

/** `1,5` or `1.234,5`. */
const WITH_COMMA = /^[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+)?,\d+(?:e[+-]?\d+)?$/i;
/** `1.234.567`: a point before three digits parts thousands where the decimal mark is a comma. */
const THOUSANDS = /^[+-]?\d{1,3}(?:\.\d{3})+$/;

/** The decimal mark of a file, and whether a number of its says it. */
export interface FileDecimal {
  readonly decimal: DecimalMark;
  /** Where no number can be read in one way alone, and semicolons part the columns, as they do where the comma parts decimals. */
  readonly isOpen: boolean;
}

/**
 * A comma where more cells of the first rows have one that can only be a decimal mark than a point. Never where commas part the columns.
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

/** A cell with its number as programs write it; a cell that is no such number as it is. */
export function withPoint(cell: string): string {
  const text = cell.trim();
  return WITH_COMMA.test(text) || THOUSANDS.test(text) ? text.replaceAll(".", "").replace(",", ".") : cell;
}
