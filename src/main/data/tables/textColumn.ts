/** What a column of text cells is, once all of them are known: numbers, times or categories. */
import { setImmediate as turn } from "node:timers/promises";
import { at } from "../../../shared/kit/fault.ts";
import { type CellKind, cellKind, isMissingClass, parseNumber } from "../readers/cells.ts";
import type { TableColumn } from "../table.ts";
import { categoricalColumn } from "./categories.ts";
import { type DecimalMark, withPoint } from "./decimals.ts";
import { parseIsoTime } from "./isoTime.ts";
import { MAX_BAD_CELLS, type ReadColumn } from "./loadedTable.ts";

/** A column stays numbers (or times) with so large a share of the rows being something else. */
export const MAX_TEXT_SHARE = 0.01;
/** And with so many numbers for each cell that is something else, so that a few notes beside a single number stay text. */
const NUMBERS_A_TEXT = 9;
const NAMES_AT_ONCE = 100_000;
const DASH = 0x2d;

/** Whether a column with so many numbers and so many text cells holds numbers. */
export function holdsNumbers(numbers: number, texts: number, rows: number): boolean {
  return numbers > 0 && texts <= MAX_TEXT_SHARE * rows && numbers >= NUMBERS_A_TEXT * texts;
}

/** @param codes positions in `names`; taken over */
export async function columnOfText(
  name: string,
  codes: Int32Array,
  names: readonly string[],
  decimal: DecimalMark,
  forcedCategorical: boolean,
): Promise<ReadColumn> {
  if (forcedCategorical) return plain(await categoricalColumn(name, codes, names, isMissingClass));
  // Categories keep their names as they are written.
  const read = decimal === "," ? names.map(withPoint) : names;
  const cells = await sortedOut(codes, read);
  const { kinds, times, number, text, time, nothing, perhapsNothing } = cells;
  if (holdsNumbers(number, text, codes.length)) return converted(name, "numeric", codes, names, Float64Array.from(read, parseNumber), kinds);
  if (holdsNumbers(time, codes.length - time - nothing - perhapsNothing, codes.length)) return converted(name, "time", codes, names, times, kinds);
  if (nothing === codes.length) return plain({ name, kind: "numeric", values: new Float64Array(codes.length).fill(Number.NaN) });
  return plain(await categoricalColumn(name, codes, names, isMissingClass));
}

/** The names' kinds and times, and how many cells are of each kind; a time is text as well. */
async function sortedOut(codes: Int32Array, names: readonly string[]) {
  const counts = new Float64Array(names.length);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? 0;
    counts[code] = (counts[code] ?? 0) + 1;
  }
  const kinds = new Array<CellKind>(names.length);
  const times = new Float64Array(names.length);
  const cells = { number: 0, nothing: 0, perhapsNothing: 0, unfit: 0, text: 0, time: 0 };
  for (let code = 0; code < names.length; code++) {
    const kind = cellKind(names[code] ?? "");
    const count = counts[code] ?? 0;
    kinds[code] = kind;
    cells[kind] += count;
    const time = timeOf(names[code] ?? "");
    times[code] = time;
    if (!Number.isNaN(time)) cells.time += count;
    // There may be millions of names.
    if (code % NAMES_AT_ONCE === NAMES_AT_ONCE - 1) await turn();
  }
  return { ...cells, kinds, times };
}

function plain(column: TableColumn): ReadColumn {
  return { column, bad: [], badCount: 0 };
}

function timeOf(text: string): number {
  if (text.charCodeAt(4) !== DASH) return Number.NaN;
  const bytes = Buffer.from(text);
  return parseIsoTime(bytes, 0, bytes.length);
}

function converted(
  name: string,
  kind: "numeric" | "time",
  codes: Int32Array,
  names: readonly string[],
  numbers: Float64Array,
  kinds: readonly string[],
): ReadColumn {
  const values = Float64Array.from(codes, (code) => at(numbers, code));
  const isBad = Uint8Array.from(kinds, (each, code) => (Number.isNaN(at(numbers, code)) && each !== "nothing" && each !== "perhapsNothing" ? 1 : 0));
  const bad: { row: number; text: string }[] = [];
  let badCount = 0;
  for (const [row, code] of codes.entries()) {
    if (isBad[code] !== 1) continue;
    badCount++;
    if (bad.length < MAX_BAD_CELLS) bad.push({ row, text: at(names, code) });
  }
  return { column: { name, kind, values }, bad, badCount };
}
