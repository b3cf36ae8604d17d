/** Numbers with a decimal comma, and points between their thousands, as most of Europe writes them. */

export type DecimalMark = "." | ",";

/** `1,5` or `1.234,5`. */
const WITH_COMMA = /^[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+)?,\d+(?:e[+-]?\d+)?$/i;
/** `1.234.567`: a point before three digits parts thousands where the decimal mark is a comma. */
const THOUSANDS = /^[+-]?\d{1,3}(?:\.\d{3})+$/;
const WITH_POINT = /^[+-]?\d*\.\d+(?:e[+-]?\d+)?$/i;

/**
 * A comma where more cells of the first rows have one in a number than a point. Never where commas part the columns.
 * @param head the first rows
 */
export function guessDecimal(head: string, delimiter: string): DecimalMark {
  if (delimiter === ",") return ".";
  let [commas, points] = [0, 0];
  for (const line of head.split(/[\r\n]+/))
    for (const cell of line.split(delimiter)) {
      const text = cell.trim().replace(/^"(.*)"$/, "$1");
      if (WITH_COMMA.test(text)) commas++;
      else if (WITH_POINT.test(text) && !THOUSANDS.test(text)) points++;
    }
  return commas > points ? "," : ".";
}

/** A cell with its number as programs write it; a cell that is no such number as it is. */
export function withPoint(cell: string): string {
  const text = cell.trim();
  return WITH_COMMA.test(text) || THOUSANDS.test(text) ? text.replaceAll(".", "").replace(",", ".") : cell;
}
