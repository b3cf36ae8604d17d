/** Reads a column of numbers in human notations. The decimal mark and what accompanies the digits are judged from all cells. */
import { setImmediate as turn } from "node:timers/promises";
import type { DecimalMark } from "../decimals.ts";
import { type CellKind, cellKind, fitsFloat32, parseNumber } from "./cells.ts";
import { isMissingNumber, type MissingTexts } from "./missing.ts";
import { type NumberParts, numberOf, numberParts } from "./numberText.ts";
import { isKnownUnit, isMoney } from "./units.ts";

/** Number of texts processed between two yields to the event loop; there may be millions. */
export const TEXTS_AT_ONCE = 20_000;

/** A column's different texts, with the number of cells of each. */
export interface Texts {
  readonly texts: readonly string[];
  readonly counts: ArrayLike<number>;
  /** Total number of cells. */
  readonly rows: number;
  /** Texts that mean missing in this column; null for the usual ones. */
  readonly missing: MissingTexts | null;
}

export interface NumberHints {
  /** Set by the user, or from training; decides what the cells leave open. */
  readonly decimal: DecimalMark | null;
  /** Whether the user set it; then it takes precedence over other cells. */
  readonly isSet: boolean;
  /** The mark of the whole file. */
  readonly fileDecimal: DecimalMark;
  /** Whether the file does not determine its decimal mark, but it may be a comma. */
  readonly fileIsOpen: boolean;
  /** The unit in training; null if unknown. */
  readonly unit: string | null;
  /** Whether the user says that the column holds numbers. */
  readonly forced: boolean;
}

export interface NumberColumn {
  /** By text: its number; NaN if it is not one. */
  readonly values: Float64Array;
  readonly kinds: readonly CellKind[];
  /** Number of numeric cells, and of other cells that are not missing. */
  readonly numbers: number;
  readonly others: number;
  /** Whether every number is in plain notation with the file's decimal mark. */
  readonly plain: boolean;
  readonly decimal: DecimalMark;
  /** A cell such as "1,234" that can be read both ways, if only the context decided. */
  readonly ambiguous: string | null;
  /** The unit's normalized name, and as written; empty for none. */
  readonly unit: string;
  readonly unitText: string;
  /** Numbers without the unit that the others have, and an example. */
  readonly unitless: number;
  /** The column's units, if there are several; then none is stripped. */
  readonly mixedUnits: readonly string[];
  /** Thousands separators, and notations for negative numbers. */
  readonly groups: ReadonlySet<string>;
  readonly bracketed: boolean;
  readonly trailingMinus: boolean;
  readonly decimalCommas: boolean;
  /** An example of a cell that is not in plain notation. */
  readonly example: string | null;
  /** Integers in plain notation with a leading zero, and those beyond a double's precision. */
  readonly wholes: WholeNumbers;
}

export interface WholeNumbers {
  /** Whether all numbers consist only of digits and a sign. */
  readonly all: boolean;
  readonly zeroLed: number;
  readonly wide: number;
  readonly shortest: number;
  readonly longest: number;
  readonly zeroExample: string;
  readonly wideExample: string;
}

const WHOLE = /^[+-]?\d+$/;
const ZERO_LED = /^0\d+$/;
const PLAIN = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
/** An unknown unit directly after the digits counts as one if this many different numbers have it, because 2WD and 4WD are names. */
const MANY_NUMBERS = 12;
const MANY_FOR_ONE = 99;

/**
 * @param maxOthers number of non-numeric cells above which the column is not numeric
 * @returns null as soon as that is reached
 */
export async function numberColumn(column: Texts, hints: NumberHints, maxOthers: number): Promise<NumberColumn | null> {
  const { texts, counts } = column;
  const parts = new Array<NumberParts | null>(texts.length).fill(null);
  const kinds = new Array<CellKind>(texts.length).fill("text");
  let others = 0;
  for (let code = 0; code < texts.length; code++) {
    const text = texts[code] ?? "";
    let kind = cellKind(text);
    if (isMissingNumber(column.missing, text, kind)) kind = "nothing";
    else {
      if (kind === "nothing" || kind === "perhapsNothing") kind = "text";
      if (kind === "number" || kind === "unfit" || kind === "text") parts[code] = numberParts(text);
      if (parts[code] === null && kind === "text") others += counts[code] ?? 0;
    }
    kinds[code] = kind;
    if (others > maxOthers && !hints.forced) return null;
    if (code % TEXTS_AT_ONCE === TEXTS_AT_ONCE - 1) await turn();
  }
  return withStyle(column, hints, parts, kinds);
}

async function withStyle(column: Texts, hints: NumberHints, parts: readonly (NumberParts | null)[], kinds: CellKind[]): Promise<NumberColumn> {
  const { texts, counts } = column;
  const marks = decimalOf(parts, counts, hints);
  await turn();
  const units = unitOf(parts, counts, hints);
  await turn();
  // If all numbers are in brackets, (1), (2), they are counters; brackets mean negative only among other numbers.
  const bracketsAreNegative = parts.some((each) => each !== null && (!each.bracketed || each.group !== "" || each.evidence !== "none" || each.unit !== ""));
  const values = new Float64Array(texts.length).fill(Number.NaN);
  const groups = new Set<string>();
  let [numbers, others, unitless] = [0, 0, 0];
  let [plain, decimalCommas, bracketed, trailingMinus] = [true, false, false, false];
  let example: string | null = null;
  let hasMarks = false;
  for (let code = 0; code < texts.length; code++) {
    if (code % TEXTS_AT_ONCE === TEXTS_AT_ONCE - 1) await turn();
    const each = parts[code] ?? null;
    const text = texts[code] ?? "";
    const count = counts[code] ?? 0;
    const kind = kinds[code] ?? "text";
    if (kind === "nothing" || kind === "error") continue;
    const isPlain = each === null || isPlainly(each, text);
    let value = each === null ? parseNumber(text) : isPlain && marks.decimal === "." ? Number(text) : numberOf(each, marks.decimal);
    if (each !== null && !fitsUnit(each, units, value)) value = Number.NaN;
    if (each?.bracketed === true && !bracketsAreNegative) value = Number.NaN;
    if (!fitsFloat32(value)) {
      if (!Number.isNaN(value)) kinds[code] = "unfit";
      else if (kind !== "unfit") {
        kinds[code] = "text";
        others += count;
      }
      continue;
    }
    values[code] = value;
    kinds[code] = "number";
    numbers += count;
    if (each === null) continue;
    if (units.unit !== "" && each.unit === "") unitless += count;
    hasMarks ||= each.evidence !== "none";
    const isComma = each.evidence === "comma" || (each.evidence === "eitherComma" && marks.decimal === ",");
    const isGroup =
      each.group !== "" || (each.evidence === "eitherComma" && marks.decimal === ".") || (each.evidence === "eitherPoint" && marks.decimal === ",");
    if (isGroup) groups.add(each.group === "" ? (each.evidence === "eitherComma" ? "," : ".") : each.group);
    if (isComma) decimalCommas = true;
    bracketed ||= each.bracketed;
    trailingMinus ||= each.trailingMinus;
    if (isComma ? hints.fileDecimal === "," && !isGroup && each.unit === "" : isPlain && !(isGroup && hints.fileDecimal === ".")) continue;
    plain = false;
    if (example === null || (!/\d[.,' _]/.test(example) && isGroup)) example = text;
  }
  return {
    values,
    kinds,
    numbers,
    others,
    plain: plain && (!hasMarks || marks.decimal === hints.fileDecimal),
    decimal: marks.decimal,
    ambiguous: marks.ambiguous,
    unit: units.unit,
    unitText: units.unitText,
    mixedUnits: units.mixedUnits,
    unitless,
    groups,
    bracketed,
    trailingMinus,
    decimalCommas,
    example,
    wholes: wholesOf(texts, values),
  };
}

function isPlainly({ unit, group, bracketed, trailingMinus }: NumberParts, text: string): boolean {
  return unit === "" && group === "" && !bracketed && !trailingMinus && PLAIN.test(text.trim());
}

/** The decimal mark: from the numbers themselves, then from the hints, then the file's. */
function decimalOf(parts: readonly (NumberParts | null)[], counts: ArrayLike<number>, { decimal, isSet, fileDecimal, fileIsOpen }: NumberHints) {
  let [points, commas, money] = [0, 0, 0];
  let [eitherPoint, eitherComma] = ["", ""];
  let hasUnits = false;
  for (const [code, each] of parts.entries()) {
    if (each === null) continue;
    const count = counts[code] ?? 0;
    if (isMoney(each.unit)) money += count;
    else if (each.unit !== "") hasUnits = true;
    if (each.evidence === "point") points += count;
    else if (each.evidence === "comma") commas += count;
    else if (each.evidence === "eitherPoint") eitherPoint ||= each.core;
    else if (each.evidence === "eitherComma") eitherComma ||= each.core;
  }
  if (isSet && decimal !== null) return { decimal, ambiguous: null };
  if (points !== commas) return { decimal: points > commas ? "." : ",", ambiguous: null } as const;
  if (decimal !== null) return { decimal, ambiguous: null };
  // Money has no thousandths.
  const isAmount = money > 0 && (eitherPoint === "") !== (eitherComma === "");
  if (isAmount) return { decimal: eitherPoint === "" ? "." : ",", ambiguous: eitherComma || eitherPoint } as const;
  const isOpen = eitherComma !== "" || (eitherPoint !== "" && (fileDecimal === "," || fileIsOpen || hasUnits));
  return { decimal: fileDecimal, ambiguous: isOpen ? eitherComma || eitherPoint : null };
}

interface Units extends Pick<NumberColumn, "unit" | "unitText" | "mixedUnits"> {
  /** Whether the unit comes from other data; then a zero may have another unit. */
  readonly known: boolean;
}

const NO_UNIT: Units = { unit: "", unitText: "", mixedUnits: [], known: false };

/** The unit that the column's numbers share, or all units if there are several. */
function unitOf(parts: readonly (NumberParts | null)[], counts: ArrayLike<number>, { unit: known, forced }: NumberHints): Units {
  const found = new Map<string, { text: string; count: number; attached: boolean; numbers: number }>();
  let without = 0;
  for (const [code, each] of parts.entries()) {
    if (each === null) continue;
    const count = counts[code] ?? 0;
    if (each.unit === "") {
      // Zero is the same in every unit.
      if (!/^[0.,]*$/.test(each.core)) without += count;
      continue;
    }
    const entry = found.get(each.unit) ?? { text: each.unitText, count: 0, attached: false, numbers: 0 };
    entry.count += count;
    entry.numbers++;
    entry.attached ||= each.attached;
    found.set(each.unit, entry);
  }
  if (known !== null) return { unit: known, unitText: known, mixedUnits: [], known: true };
  const ordered = [...found].sort((a, b) => b[1].count - a[1].count);
  const [first] = ordered;
  if (first === undefined) return NO_UNIT;
  const [unit, { text, count, attached, numbers }] = first;
  const others = ordered.slice(1).reduce((sum, [, each]) => sum + each.count, 0);
  const style: Units = { unit, unitText: text, mixedUnits: [], known: false };
  if (attached && numbers < MANY_NUMBERS && !isKnownUnit(unit) && !forced) return NO_UNIT;
  if (isMoney(unit) && isFew(others, count)) return style;
  if (isFew(others + without, count) || (forced && count >= without)) return style;
  if (isFew(others + count, without) || forced) return NO_UNIT;
  return { ...NO_UNIT, mixedUnits: [...ordered.map(([, each]) => each.text), ...(without > 0 ? [""] : [])] };
}

/** Whether so few cells are affected that they can be reported and treated as missing. */
function isFew(cells: number, beside: number): boolean {
  return cells * MANY_FOR_ONE <= beside;
}

function fitsUnit({ unit }: NumberParts, units: Units, value: number): boolean {
  if (units.mixedUnits.length > 0) return false;
  return unit === "" || unit === units.unit || (units.known && value === 0);
}

function wholesOf(texts: readonly string[], values: Float64Array): WholeNumbers {
  let [all, zeroLed, wide, shortest, longest] = [true, 0, 0, Number.POSITIVE_INFINITY, 0];
  let [zeroExample, wideExample] = ["", ""];
  for (let code = 0; code < texts.length; code++) {
    const value = values[code] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const text = texts[code] ?? "";
    if (!WHOLE.test(text)) {
      if (!WHOLE.test(text.trim())) all = false;
      continue;
    }
    shortest = Math.min(shortest, text.length);
    longest = Math.max(longest, text.length);
    if (ZERO_LED.test(text)) {
      zeroLed++;
      zeroExample ||= text;
    }
    if (!Number.isSafeInteger(value)) {
      wide++;
      wideExample ||= text;
    }
  }
  return { all, zeroLed, wide, shortest, longest, zeroExample, wideExample };
}
