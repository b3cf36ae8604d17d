/**
 * Problems as a table with one row per item: CSV according to RFC 4180, with CR LF line ends. A text that a spreadsheet would interpret as a
 * formula gets a leading apostrophe (OWASP, "CSV Injection").
 */
import type { DataProblem } from "../../../shared/contract/inspection.ts";
import { inLanguage, type Text } from "../../../shared/kit/words.ts";
import { countText } from "../../../shared/text/numbers.ts";

const COLUMNS = ["problem", "severity", "sample", "place", "detail", "title"];
/** Spreadsheets skip tab and carriage return before they look for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * One row per listed item, plus a row that counts those not listed. A problem without items has one row too, so that every title appears.
 */
export function problemsCsv(problems: readonly DataProblem[]): string {
  const text = (words: Text) => harmless(inLanguage(words, "en"));
  const rows = problems.flatMap(({ kind, severity, title, items, total }) => {
    const left = total - items.length;
    const rest = left > 0 ? `and ${countText(left, "en")} more that are not listed` : "";
    return [
      ...items.map(({ sample, place, detail }) => [kind, severity, sample === null ? "" : String(sample), text(place), text(detail), text(title)]),
      ...(items.length === 0 || left > 0 ? [[kind, severity, "", "", rest, text(title)]] : []),
    ];
  });
  return [COLUMNS, ...rows].map((row) => `${row.map(quoted).join(",")}\r\n`).join("");
}

/** Numbers are kept: −3.5 is not a formula. */
function harmless(cell: string): string {
  return FORMULA.test(cell) && !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
