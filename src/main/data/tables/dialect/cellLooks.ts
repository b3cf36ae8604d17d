/** What a cell roughly looks like, to judge the file's format. How it is read is decided elsewhere. */
import { cellKind } from "../cells/cells.ts";

export type Looks = "missing" | "number" | "time" | "text";

/** Digits with signs, separators, currencies, a percent sign or parentheses, in any usual order. */
const NUMBER = /^[(+\-\u2212]?\s*\p{Sc}?\s*[+\-\u2212]?(?:\d[\d.,'’\u00a0\u202f ]*|[.,]\d+)(?:e[+-]?\d+)?\s*[%‰)\p{Sc}]*$/iu;
const MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec";
const TIMES = [
  /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ,]+\d.*)?$/,
  /^\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?$/i,
  new RegExp(`^(?:[a-z]{3,9},? )?(?:${MONTHS})[a-z]*\\.?[ -]\\d{1,2},?[ -]\\d{2,4}(?:[T ,]+\\d.*)?$`, "i"),
  new RegExp(`^(?:[a-z]{3,9},? )?\\d{1,2}\\.?[ -](?:${MONTHS})[a-z]*\\.?,?[ -]\\d{2,4}(?:[T ,]+\\d.*)?$`, "i"),
];

export function looksOf(cell: string): Looks {
  const kind = cellKind(cell);
  if (kind === "nothing" || kind === "perhapsNothing") return "missing";
  if (TIMES.some((time) => time.test(cell))) return "time";
  return kind !== "text" || NUMBER.test(cell) ? "number" : "text";
}

/** What at least nine of ten non-empty cells look like; "missing" if there are none, "text" if they differ. */
export function looksOfAll(cells: readonly string[]): Looks {
  const counts = { missing: 0, number: 0, time: 0, text: 0 };
  for (const cell of cells) counts[looksOf(cell)]++;
  const present = cells.length - counts.missing;
  if (present === 0) return "missing";
  const found = (["number", "time"] as const).find((looks) => counts[looks] >= 0.9 * present);
  return found ?? "text";
}
