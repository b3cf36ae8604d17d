/** Reads single table cells as numbers, and explains cells that are not numbers. */
import { quote } from "../../../../shared/kit/fault.ts";
import { normalText } from "./normalText.ts";

const MAX_FLOAT32 = 3.4028234663852886e38;
/** What programs write for a missing number. */
const MISSING_NUMBER = /^(?:|#?na|#?n\/a|<na>|[+-]?nan|null|none|nil|missing|unknown|not available|n\.a\.?|n\.d\.?|nat|\?|-+|\.|-?1\.#(?:ind|[qs]nan))$/i;
/** Fewer words for categories: "none", "missing" and "-" may be real categories. */
const MISSING_CLASS = /^(?:|#?na|#?n\/a|<na>|nan|null|\?)$/i;
const INFINITE = /^[+-]?(?:inf(?:inity)?|∞|1\.#inf)$/i;
/** Spreadsheet errors in their languages. */
const SHEET_ERROR =
  /^(?:#¡?(?:div\/0|ref|value|name|num|null|n\/a|nv|nd|wert|bezug|zahl|valeur|nom|nombre|valor|calc|spill|field|blocked|error)[!?]?|err:\d{3})$/i;

/** Begins with a letter that no number and no word for missing begins with. True for most names, so it is checked first. */
const PLAINLY_TEXT = /^(?!inf|mi|n|unk|err)[a-z]/i;

/**
 * What a cell can be: `nothing` is missing in every column, `perhapsNothing` only among numbers, `unfit` is a number that float32 cannot hold, `error` is
 * a spreadsheet error.
 */
export type CellKind = "number" | "nothing" | "perhapsNothing" | "unfit" | "error" | "text";

export function cellKind(cell: string): CellKind {
  if (PLAINLY_TEXT.test(cell)) return "text";
  if (!Number.isNaN(parseNumber(cell))) return "number";
  const trimmed = normalText(cell).trim();
  if (MISSING_CLASS.test(trimmed)) return "nothing";
  if (MISSING_NUMBER.test(trimmed)) return "perhapsNothing";
  if (SHEET_ERROR.test(trimmed)) return "error";
  return INFINITE.test(trimmed) || isDecimal(trimmed) ? "unfit" : "text";
}

export function isMissingClass(cell: string): boolean {
  const trimmed = normalText(cell).trim();
  return MISSING_CLASS.test(trimmed) || SHEET_ERROR.test(trimmed);
}

/** A decimal number that fits float32; otherwise NaN. `Number` alone would also accept "0x1f" and blanks. */
export function parseNumber(cell: string): number {
  const value = Number(cell);
  if (!fitsFloat32(value)) return Number.NaN;
  if (value === 0 && cell.trim() === "") return Number.NaN;
  if (isPrefixed(cell.trim())) return Number.NaN;
  return value;
}

/** Whether a number stays finite as float32; false for NaN. */
export function fitsFloat32(value: number): boolean {
  return Math.abs(value) <= MAX_FLOAT32;
}

/** A decimal number of any magnitude. */
function isDecimal(cell: string): boolean {
  return cell !== "" && !Number.isNaN(Number(cell)) && !isPrefixed(cell);
}

function isPrefixed(cell: string): boolean {
  return cell.charCodeAt(0) === 0x30 && /^0[xob]/i.test(cell);
}

/** Expected, received and remedy for a cell that {@link parseNumber} could not read. */
export function describeBadNumber(cell: string): { readonly expected: string; readonly received: string; readonly remedy: string } {
  const received = cell.trim() === "" ? "an empty cell" : quote(cell);
  if (cellKind(cell) === "error")
    return { expected: "must be a number", received: `${received}, a spreadsheet error`, remedy: "Correct the formula, or clear the cell." };
  if (cellKind(cell) === "unfit")
    return { expected: "must be a finite number that float32 can hold, at most 3.4e38 in size", received, remedy: "Correct the value or remove the row." };
  return { expected: "must be a number", received, remedy: "Correct the value, write the column as numbers, or remove the column." };
}
