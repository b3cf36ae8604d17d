/** Single cells of a table as numbers, and the words for those that are none. */
import { quote } from "../../../shared/kit/fault.ts";

const MAX_FLOAT32 = 3.4028234663852886e38;
/** What programs write where they have no number. */
const MISSING_NUMBER = /^(?:|na|n\/a|nan|null|none|nil|missing|\?|-|\.)$/i;
/** Fewer where a class is wanted: "none", "missing" and "-" may well be one. */
const MISSING_CLASS = /^(?:|na|n\/a|nan|null|\?)$/i;
const INFINITE = /^[+-]?inf(?:inity)?$/i;

export function isMissingClass(cell: string): boolean {
  return MISSING_CLASS.test(cell.trim());
}

/** A decimal number that fits float32; NaN for anything else. `Number` alone would take "0x1f" and blanks too. */
export function parseNumber(cell: string): number {
  const value = Number(cell);
  if (!(Math.abs(value) <= MAX_FLOAT32)) return Number.NaN;
  if (value === 0 && cell.trim() === "") return Number.NaN;
  if (cell.charCodeAt(0) === 0x30 && /^0[xob]/i.test(cell)) return Number.NaN;
  return value;
}

/** Expected, received and remedy for a cell that {@link parseNumber} could not read. */
export function describeBadNumber(cell: string): { readonly expected: string; readonly received: string; readonly remedy: string } {
  const received = cell.trim() === "" ? "an empty cell" : quote(cell);
  if (MISSING_NUMBER.test(cell.trim()))
    return { expected: "must be a number; missing values are not supported yet", received, remedy: "Fill the value in or remove the row." };
  if (INFINITE.test(cell.trim()) || Math.abs(Number(cell)) > MAX_FLOAT32)
    return { expected: "must be a finite number that float32 can hold, at most 3.4e38 in size", received, remedy: "Correct the value or remove the row." };
  return { expected: "must be a number", received, remedy: "Correct the value, write the column as numbers, or remove the column." };
}
