/** Reads a column of dates. The order of day, month and year is judged from all dates, and left open if they do not show it. */
import { setImmediate as turn } from "node:timers/promises";
import type { DateReading } from "../../../../shared/recipe/readings.ts";
import { cellKind } from "./cells.ts";
import { type DateForm, type DateOrder, type DateParts, dateParts, timeOf } from "./dateText.ts";
import { isMissingNumber } from "./missing.ts";
import { TEXTS_AT_ONCE, type Texts } from "./numberColumn.ts";
import type { ColumnSettings } from "./settings.ts";

export interface DateHints {
  /** Set by the user, or from training. */
  readonly reading: DateReading | null;
  /** Whether the user says that the column holds times. */
  readonly forced: boolean;
}

export interface DateColumn {
  /** By text: milliseconds since 1970; NaN if it is not a date or the order is open. */
  readonly times: Float64Array;
  /** By text: whether it means missing. */
  readonly missing: Uint8Array;
  /** Number of cells that were read, of other cells that are not missing, and of those that are not dates in any order. */
  readonly dates: number;
  readonly others: number;
  readonly strange: number;
  /** The order of numeric dates; null if no date needs one. */
  readonly order: DateOrder | null;
  /** Whether the order was set instead of inferred from the dates. */
  readonly said: boolean;
  /** The possible orders if there are several; then no date is read. */
  readonly open: readonly DateOrder[];
  /** Number of cells that only another order can read, and an example. */
  readonly against: number;
  readonly againstExample: string | null;
  readonly forms: ReadonlySet<DateForm>;
  readonly shortYears: boolean;
  /** Whether the numbers are zero-padded, which rules out version numbers. */
  readonly padded: boolean;
  readonly example: string | null;
}

/** What databases write for no date. */
const ZERO_DATE = /^0000-00-00(?:[ T]00:00:00)?$/;
const ORDERS: readonly DateOrder[] = ["dayFirst", "monthFirst", "yearFirst"];

/** @returns null as soon as more than `maxOthers` cells are not dates */
export async function dateColumn(column: Texts, hints: DateHints, maxOthers: number): Promise<DateColumn | null> {
  const { texts, counts } = column;
  const parts = new Array<DateParts | null>(texts.length).fill(null);
  const missing = new Uint8Array(texts.length);
  let others = 0;
  for (let code = 0; code < texts.length; code++) {
    const text = texts[code] ?? "";
    const isMissing = isMissingNumber(column.missing, text, column.missing === null ? cellKind(text) : "text");
    if (isMissing || ZERO_DATE.test(text)) missing[code] = 1;
    else {
      parts[code] = dateParts(text);
      if (parts[code] === null) others += counts[code] ?? 0;
    }
    if (others > maxOthers && !hints.forced) return null;
    if (code % TEXTS_AT_ONCE === TEXTS_AT_ONCE - 1) await turn();
  }
  await turn();
  return inOrder(texts, counts, parts, missing, hints, others);
}

function inOrder(
  texts: readonly string[],
  counts: ArrayLike<number>,
  parts: readonly (DateParts | null)[],
  missing: Uint8Array,
  { reading }: DateHints,
  others: number,
): DateColumn {
  const open = parts.flatMap((each, code) => (each?.form === "open" ? [{ parts: each, code, count: counts[code] ?? 0 }] : []));
  const valid = (order: DateOrder) => open.reduce((sum, each) => sum + (Number.isNaN(timeOf(each.parts, order)) ? 0 : each.count), 0);
  const total = open.reduce((sum, { count }) => sum + count, 0);
  const fits = new Map(ORDERS.map((order) => [order, valid(order)]));
  const readBy = (order: DateOrder) => fits.get(order) ?? 0;
  const set = reading === "dayFirst" || reading === "monthFirst" || reading === "yearFirst" ? reading : null;
  const most = Math.max(...fits.values());
  // Two-digit years at the front are rare, so they are only tried if no other order fits.
  const possible = ORDERS.filter((order) => readBy(order) === most && (order !== "yearFirst" || (readBy("dayFirst") < most && readBy("monthFirst") < most)));
  const readable = open.reduce(
    (sum, each) => sum + (ORDERS.some((order) => order !== "yearFirst" && !Number.isNaN(timeOf(each.parts, order))) ? each.count : 0),
    0,
  );
  const isOpen = most > 0 && most === readable && set === null && possible.length > 1;
  const order = total === 0 ? null : (set ?? possible[0] ?? null);
  const times = new Float64Array(texts.length).fill(Number.NaN);
  const forms = new Set<DateForm>();
  let [dates, shortYears, padded] = [0, false, true];
  let example: string | null = null;
  for (const [code, each] of parts.entries()) {
    if (each === null) continue;
    forms.add(each.form);
    shortYears ||= each.shortYear;
    if (each.shortYear) padded &&= each.padded;
    if (each.form !== "iso") example ??= texts[code] ?? null;
    if (isOpen && each.form === "open") continue;
    const time = each.form === "open" && order !== null ? timeOf(each, order) : (each.time ?? Number.NaN);
    times[code] = time;
    if (!Number.isNaN(time)) dates += counts[code] ?? 0;
  }
  const broken = order === null || isOpen ? [] : open.filter((each) => Number.isNaN(timeOf(each.parts, order)));
  const against = broken.filter((each) => ORDERS.some((other) => other !== "yearFirst" && !Number.isNaN(timeOf(each.parts, other))));
  return {
    times,
    missing,
    dates,
    others: others + broken.reduce((sum, { count }) => sum + count, 0) + (isOpen ? total : 0),
    strange: others,
    order,
    said: set !== null,
    open: isOpen ? possible : [],
    against: against.reduce((sum, { count }) => sum + count, 0),
    againstExample: texts[against[0]?.code ?? -1] ?? null,
    forms,
    shortYears,
    padded,
    example,
  };
}

const NAMES_A_DATE =
  /(?:^|[^a-z])(?:date|dates|day|days|time|dt|ymd|yyyymmdd|dob|birth|birthday|datum|fecha|jour|giorno|data|dag|timestamp|created|updated|when|on|at)(?:[^a-z]|$)|date|datum|fecha|일자|날짜|일시|日付|日期/i;

/** Whether a column's name says that its numbers are dates. */
export function namesDates(name: string): boolean {
  return NAMES_A_DATE.test(name.replace(/([a-z])([A-Z])/g, "$1 $2"));
}

const NAMES_A_TIME =
  /(?:^|[^a-z])(?:time|times|timestamp|timestamps|ts|epoch|unix|unixtime|date|datetime|created|updated|modified|at|zeit|hora|heure)(?:[^a-z]|$)|timestamp|epoch|unix|datetime|시각|시간|일시|時刻/i;

export function namesTimes(name: string): boolean {
  return NAMES_A_TIME.test(name.replace(/([a-z])([A-Z])/g, "$1 $2"));
}

/** Milliseconds per unit. */
const UNITS: Readonly<Record<string, number>> = { unixSeconds: 1000, unixMilliseconds: 1, unixMicroseconds: 1e-3, unixNanoseconds: 1e-6 };
/** From 1990 to 2100, in seconds. */
const [EARLIEST, LATEST] = [631_152_000, 4_102_444_800];

/** The unit of numbers since 1970, if all of them are between 1990 and 2100 in that unit; otherwise null. */
export function unixReading(least: number, most: number): DateReading | null {
  for (const [reading, unit] of [
    ["unixSeconds", 1],
    ["unixMilliseconds", 1e3],
    ["unixMicroseconds", 1e6],
    ["unixNanoseconds", 1e9],
  ] as const)
    if (least >= EARLIEST * unit && most <= LATEST * unit) return reading;
  return null;
}

/** Whether numbers may be read as times: if the user says so, or, for data after training, if training read them so. */
export function mayCountTime({ known, dates }: Pick<ColumnSettings, "known" | "dates">, values: Float64Array): boolean {
  if (!known || dates?.startsWith("unix") === true) return true;
  return values.every((value) => Number.isNaN(value) || !Number.isNaN(compactTime(value)));
}

/**
 * Numbers as times: in the given unit since 1970, or the unit suggested by their size; 20150101 and 2015 are dates.
 * @returns milliseconds since 1970; NaN for invalid values
 */
export function timesOfNumbers(values: ArrayLike<number>, reading: DateReading | null): Float64Array {
  let [least, most, whole] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
    whole &&= Number.isInteger(value);
  }
  const unit = UNITS[reading ?? ""];
  if (unit === undefined && whole && least >= 1000 && most <= 9999)
    return Float64Array.from(values, (year) => (Number.isNaN(year) ? year : Date.UTC(year, 0, 1)));
  if (unit === undefined && whole && !Number.isNaN(compactTime(least)) && !Number.isNaN(compactTime(most)))
    return Float64Array.from(values, (value) => (Number.isNaN(value) ? value : compactTime(value)));
  const size = Math.max(Math.abs(least), Math.abs(most));
  const factor = unit ?? (size < 1e11 ? 1000 : size < 1e14 ? 1 : size < 1e17 ? 1e-3 : 1e-6);
  return Float64Array.from(values, (value) => value * factor);
}

/** From 1 January 1800 to 31 December 2199. */
function isCompact(value: number): boolean {
  return value >= 18_000_101 && value <= 21_991_231;
}

/** Parses 20150101 or 20150101123000; NaN for an impossible date. */
export function compactTime(value: number): number {
  if (!Number.isInteger(value)) return Number.NaN;
  const [date, clock] = value > 1e13 ? [Math.floor(value / 1e6), value % 1e6] : [value, 0];
  const [year, month, day] = [Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100];
  const [hours, minutes, seconds] = [Math.floor(clock / 10_000), Math.floor(clock / 100) % 100, clock % 100];
  const time = Date.UTC(year, month - 1, day, hours, minutes, seconds);
  const isDay = isCompact(date) && month >= 1 && month <= 12 && new Date(time).getUTCDate() === day;
  return isDay && hours < 24 && minutes < 60 && seconds < 60 ? time : Number.NaN;
}
