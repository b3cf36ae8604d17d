/**
 * Problems as a table, one row an item: comma-separated text by RFC 4180, lines ended by CR LF. A text that a spreadsheet would take for a
 * formula gets an apostrophe before it (OWASP, "CSV Injection").
 */
import type { DataProblem } from "../../../shared/contract/inspection.ts";
import { countText } from "./problems.ts";

const COLUMNS = ["problem", "severity", "sample", "place", "detail", "title"];
/** Tab and carriage return are skipped by spreadsheets before they look for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * The items that the problems list, and how many more there are; a problem without any has one row, so that every title is there.
 */
export function problemsCsv(problems: readonly DataProblem[]): string {
  const rows = problems.flatMap(({ kind, severity, title, items, total }) => {
    const left = total - items.length;
    const rest = left > 0 ? `and ${countText(left)} more that are not listed` : "";
    return [
      ...items.map(({ sample, place, detail }) => [kind, severity, sample === null ? "" : String(sample), text(place), text(detail), text(title)]),
      ...(items.length === 0 || left > 0 ? [[kind, severity, "", "", rest, text(title)]] : []),
    ];
  });
  return [COLUMNS, ...rows].map((row) => `${row.map(quoted).join(",")}\r\n`).join("");
}

/** A number stays one: −3.5 is no formula. */
function text(cell: string): string {
  return FORMULA.test(cell) && !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
