/** Decides the kind of a text column when all its cells are known: numbers, times or categories. */
import { at } from "../../../shared/kit/fault.ts";
import type { ColumnReading, DateReading } from "../../../shared/recipe/readings.ts";
import { categoricalColumn } from "./categories.ts";
import { cellKind, isMissingClass } from "./cells/cells.ts";
import { type ColumnGuess, dateGuesses, identifierGuess, missingGuesses, mixedUnitsGuess, numberGuesses, zerosGuess } from "./cells/columnGuess.ts";
import { compactTime, type DateColumn, dateColumn, mayCountTime, namesDates, namesTimes, timesOfNumbers, unixReading } from "./cells/dateColumn.ts";
import { identifierReason, namesANumber } from "./cells/identifiers.ts";
import { missingClasses, USUALLY_MISSING } from "./cells/missing.ts";
import { type NumberColumn, numberColumn, type Texts } from "./cells/numberColumn.ts";
import { numberOffers } from "./cells/offers.ts";
import type { ColumnSettings } from "./cells/settings.ts";
import { isKnownUnit } from "./cells/units.ts";
import type { DecimalMark } from "./decimals.ts";
import { MAX_BAD_CELLS, type ReadColumn } from "./loadedTable.ts";

/** A column is numeric (or a time) if at most this fraction of the rows is something else. */
export const MAX_TEXT_SHARE = 0.01;
/** It must also have this many numbers per other cell, so that a few notes next to a single number stay text. */
const NUMBERS_A_TEXT = 9;

/** Whether a column with these counts of numbers and text cells is numeric. */
export function holdsNumbers(numbers: number, texts: number, rows: number): boolean {
  return numbers > 0 && texts <= MAX_TEXT_SHARE * rows && numbers >= NUMBERS_A_TEXT * texts;
}

export interface TextCells {
  readonly name: string;
  /** Indices into `names`, −1 if missing; owned by the column afterwards. */
  readonly codes: Int32Array;
  readonly names: readonly string[];
  /** The decimal mark of the file. */
  readonly decimal: DecimalMark;
  /** Whether the file does not determine the decimal mark. */
  readonly isOpen?: boolean;
  readonly settings: ColumnSettings;
}

export async function columnOfText(cells: TextCells): Promise<ReadColumn> {
  const { name, codes, names, settings } = cells;
  if (settings.kind === "categorical") return categories(cells, []);
  const column: Texts = { texts: names, counts: countsOf(codes, names.length), rows: codes.length, missing: settings.missing };
  const rows = codes.length;
  const most = MAX_TEXT_SHARE * rows;
  const forced = settings.kind !== null;
  const hints = {
    decimal: settings.decimal,
    isSet: !settings.known,
    fileDecimal: cells.decimal,
    fileIsOpen: cells.isOpen ?? false,
    unit: settings.unit,
    forced: settings.kind === "numeric",
  };
  const numbers = await numberColumn(column, hints, most);
  if (settings.kind === "numeric" && numbers !== null) return numeric(cells, numbers);
  const isNumeric = numbers !== null && holdsNumbers(numbers.numbers, numbers.others, rows);
  if (isNumeric && settings.kind === null && !isCompactDate(name, numbers)) {
    const reason = settings.shaped || settings.known || isUnixTime(name, numbers) ? null : identifierReason(name, numbers);
    return reason === null ? numeric(cells, numbers) : categories(cells, [identifierGuess(name, reason)]);
  }
  const dates = await dateColumn(column, { reading: settings.dates, forced }, most);
  if (dates !== null && dates.open.length === 0 && dates.dates > 0 && (forced || isSurely(name, dates))) {
    const holds = holdsNumbers(dates.dates, dates.others, rows);
    if (holds || forced) return time(cells, dates, dateGuesses(name, dates, true, forced));
  }
  if (settings.kind === "time" && numbers !== null && isNumeric && mayCountTime(settings, numbers.values)) return timeOfNumbers(cells, numbers);
  if (settings.kind === "time" && !settings.known && dates !== null && dates.open.length === 0) return time(cells, dates, []);
  if (isEmpty(column)) return { column: { name, kind: "numeric", values: new Float64Array(rows).fill(Number.NaN) }, bad: [], badCount: 0, plain: true };
  const isAsked = dates !== null && isSurely(name, dates) && holdsNumbers(rows - dates.strange, dates.strange, rows);
  return categories(cells, [
    ...(numbers?.mixedUnits.some((unit) => unit.length > 1 && isKnownUnit(unit)) === true || numbers?.mixedUnits.includes("%") === true
      ? [mixedUnitsGuess(name, numbers)]
      : []),
    ...(isAsked ? dateGuesses(name, dates, false, forced) : []),
  ]);
}

/** Whether cells that look like dates are dates, not numbers or version numbers. */
function isSurely(name: string, { forms, shortYears, padded }: DateColumn): boolean {
  return namesDates(name) || (!forms.has("compact") && (!shortYears || padded));
}

/** Integers that are all dates such as 20150131 or 20150131123000, in a column whose name says that it holds dates. */
function isCompactDate(name: string, { values, wholes }: NumberColumn): boolean {
  if (!wholes.all || wholes.shortest !== wholes.longest || !namesDates(name)) return false;
  return values.every((value) => Number.isNaN(value) || !Number.isNaN(compactTime(value)));
}

/** Nanoseconds since 1970 have more digits than a double holds, but are not identifiers. */
function isUnixTime(name: string, { values }: NumberColumn): boolean {
  if (!namesTimes(name)) return false;
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return unixReading(least, most) !== null;
}

function isEmpty({ texts, counts, missing }: Texts): boolean {
  return texts.every((text, code) => counts[code] === 0 || (missing === null ? cellKind(text) === "nothing" : missing.has(text)));
}

function countsOf(codes: Int32Array, length: number): Float64Array {
  const counts = new Float64Array(length);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? -1;
    if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

async function categories({ name, codes, names, settings }: TextCells, guesses: readonly ColumnGuess[]): Promise<ReadColumn> {
  const missing = missingClasses(names, settings.missing, !settings.known);
  const column = await categoricalColumn(name, codes, names, missing.isMissing);
  const { missingTexts } = settings;
  const texts = missingTexts ?? (missing.kept.some(isMissingClass) ? USUALLY_MISSING.filter((text) => !missing.kept.includes(text)) : null);
  const reading = { ...(texts === null ? {} : { missing: texts }), ...(settings.dates === null ? {} : { dates: settings.dates }) };
  return { column, bad: [], badCount: 0, guesses: [...guesses, ...missingGuesses(name, missing)], ...readingOf(reading) };
}

function numeric({ name, codes, names, settings }: TextCells, numbers: NumberColumn): ReadColumn {
  const { values: byText, kinds, wholes, plain, unit } = numbers;
  const read = converted(name, "numeric", codes, names, byText, (code) => kinds[code] !== "nothing");
  const hasOddWholes = settings.kind === null && !settings.shaped && wholes.zeroLed + wholes.wide > 0;
  const zeros = hasOddWholes && !settings.known && wholes.all && wholes.zeroLed > 0 && !namesANumber(name) ? [zerosGuess(name, wholes.zeroExample)] : [];
  const guesses = [...numberGuesses(name, numbers, settings.kind === "numeric"), ...zeros, ...numberOffers(name, read.column.values, settings)];
  const reading: ColumnReading = {
    ...(numbers.decimalCommas || numbers.ambiguous !== null || settings.decimal !== null ? { decimal: numbers.decimal === "," ? "comma" : "point" } : {}),
    ...(unit === "" ? {} : { unit }),
    ...(settings.missingTexts === null ? {} : { missing: settings.missingTexts }),
  };
  return { ...read, guesses, ...readingOf(reading), plain: plain && !hasOddWholes && numbers.ambiguous === null && settings.missing === null };
}

function time({ name, codes, names, settings }: TextCells, dates: DateColumn, guesses: readonly ColumnGuess[]): ReadColumn {
  const read = converted(name, "time", codes, names, dates.times, (code) => dates.missing[code] !== 1);
  const isIso = [...dates.forms].every((form) => form === "iso");
  return { ...read, guesses, ...readingOf(timeReading(settings, dates.order)), plain: isIso && settings.missing === null };
}

function timeOfNumbers({ name, codes, names, settings }: TextCells, { values, kinds }: NumberColumn): ReadColumn {
  const read = converted(name, "time", codes, names, timesOfNumbers(values, settings.dates), (code) => kinds[code] !== "nothing");
  return { ...read, ...readingOf(timeReading(settings, null)) };
}

function timeReading({ dates, missingTexts }: ColumnSettings, order: DateReading | null): ColumnReading {
  const reading = dates ?? order;
  return { ...(reading === null ? {} : { dates: reading }), ...(missingTexts === null ? {} : { missing: missingTexts }) };
}

function readingOf(reading: ColumnReading): { readonly reading?: ColumnReading } {
  return Object.keys(reading).length === 0 ? {} : { reading };
}

/** @param isThere whether a text is not missing; if it is not a number either, it is invalid */
function converted(
  name: string,
  kind: "numeric" | "time",
  codes: Int32Array,
  names: readonly string[],
  numbers: Float64Array,
  isThere: (code: number) => boolean,
): ReadColumn & { readonly column: { readonly values: Float64Array } } {
  const values = Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : at(numbers, code)));
  const isBad = Uint8Array.from(numbers, (number, code) => (Number.isNaN(number) && isThere(code) ? 1 : 0));
  const bad: { row: number; text: string }[] = [];
  let badCount = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? -1;
    if (isBad[code] !== 1) continue;
    badCount++;
    if (bad.length < MAX_BAD_CELLS) bad.push({ row, text: at(names, code) });
  }
  return { column: { name, kind, values }, bad, badCount };
}
