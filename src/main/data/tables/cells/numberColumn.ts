/** A column of numbers as people write them: which mark parts the decimals and what stands beside the digits is judged from all of its cells. */
import { setImmediate as turn } from "node:timers/promises";
import type { DecimalMark } from "../decimals.ts";
import { type CellKind, cellKind, fitsFloat32, parseNumber } from "./cells.ts";
import { isMissingNumber, type MissingTexts } from "./missing.ts";
import { type NumberParts, numberOf, numberParts } from "./numberText.ts";
import { isKnownUnit, isMoney } from "./units.ts";

/** There may be millions of texts: the event loop is let go between. */
export const TEXTS_AT_ONCE = 20_000;

/** A column's different texts, with how many cells each has. */
export interface Texts {
  readonly texts: readonly string[];
  readonly counts: ArrayLike<number>;
  /** Cells in all. */
  readonly rows: number;
  /** Texts that mean missing in this column; the usual ones where null. */
  readonly missing: MissingTexts | null;
}

export interface NumberHints {
  /** Set, or judged before from other data: decides what the cells leave open. */
  readonly decimal: DecimalMark | null;
  /** Whether a person set it: then it comes before what other cells say. */
  readonly isSet: boolean;
  /** The mark of the whole file. */
  readonly fileDecimal: DecimalMark;
  /** Whether nothing in the file says which it is, but much that it may be a comma. */
  readonly fileIsOpen: boolean;
  /** The unit of the data that a network was trained on; null where nothing is known of it. */
  readonly unit: string | null;
  /** Whether a person says that the column holds numbers. */
  readonly forced: boolean;
}

export interface NumberColumn {
  /** By text: its number; NaN where it is none. */
  readonly values: Float64Array;
  readonly kinds: readonly CellKind[];
  /** Cells that are numbers, and cells that are something else and not missing. */
  readonly numbers: number;
  readonly others: number;
  /** Whether every number is written as programs write it, with the file's decimal mark. */
  readonly plain: boolean;
  readonly decimal: DecimalMark;
  /** Whether cells such as "1,234" could be read both ways and only the context decided. */
  readonly ambiguous: string | null;
  /** The unit by one name, and as it is written; empty for none. */
  readonly unit: string;
  readonly unitText: string;
  /** Numbers without the unit that the others have, and one of them. */
  readonly unitless: number;
  /** Units that the column's numbers have, where they are several: then none is left out. */
  readonly mixedUnits: readonly string[];
  /** Marks between thousands, and ways to write a negative number. */
  readonly groups: ReadonlySet<string>;
  readonly bracketed: boolean;
  readonly trailingMinus: boolean;
  readonly decimalCommas: boolean;
  /** A cell that was not plain, for a person to see. */
  readonly example: string | null;
  /** Texts of plain whole numbers, with a zero in front; and those beyond what a double holds exactly. */
  readonly wholes: WholeNumbers;
}

export interface WholeNumbers {
  /** Whether all numbers are digits alone, but for a sign. */
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
/** An unknown unit right behind the digits is one where this many different numbers have it: 2WD and 4WD are names. */
const MANY_NUMBERS = 12;
const MANY_FOR_ONE = 99;

/**
 * @param maxOthers the count of cells that are no numbers which is enough to know that the column is none
 * @returns null as soon as that is known
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
  // A list of numbers in brackets, (1), (2), counts something: only among others are they negative.
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

/** The decimal mark: what the numbers themselves say, then what is known, then the file's. */
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
  // No money has thousandths.
  const isAmount = money > 0 && (eitherPoint === "") !== (eitherComma === "");
  if (isAmount) return { decimal: eitherPoint === "" ? "." : ",", ambiguous: eitherComma || eitherPoint } as const;
  const isOpen = eitherComma !== "" || (eitherPoint !== "" && (fileDecimal === "," || fileIsOpen || hasUnits));
  return { decimal: fileDecimal, ambiguous: isOpen ? eitherComma || eitherPoint : null };
}

interface Units extends Pick<NumberColumn, "unit" | "unitText" | "mixedUnits"> {
  /** Whether another unit than this may stand at a zero: the unit is that of other data. */
  readonly known: boolean;
}

const NO_UNIT: Units = { unit: "", unitText: "", mixedUnits: [], known: false };

/** The unit that the column's numbers share; several where they do not. */
function unitOf(parts: readonly (NumberParts | null)[], counts: ArrayLike<number>, { unit: known, forced }: NumberHints): Units {
  const found = new Map<string, { text: string; count: number; attached: boolean; numbers: number }>();
  let without = 0;
  for (const [code, each] of parts.entries()) {
    if (each === null) continue;
    const count = counts[code] ?? 0;
    if (each.unit === "") {
      // Nothing is nothing in every unit.
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

/** Cells that are told and taken for missing, as everywhere; what comes more often than that makes the column another one. */
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
