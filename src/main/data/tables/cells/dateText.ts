/** Parses one date in common notations: "Jan 1 2000", "13.01.2022", "2015/01/01 01:00:00", "20150101", "2022년 1월 3일". */
import { daysSince1970, parseIsoTime } from "../isoTime.ts";
import { calendarWords, plainWord } from "./calendarWords.ts";
import { clockIn } from "./clock.ts";
import { normalText } from "./normalText.ts";

export type DateOrder = "dayFirst" | "monthFirst" | "yearFirst";

/** The notation. Notations that could also be something else are judged with more care. */
export type DateForm = "iso" | "named" | "yearFirst" | "open" | "compact" | "month";

export interface DateParts {
  readonly form: DateForm;
  /** For an open date its three numbers in order; otherwise year, month, day. */
  readonly numbers: readonly [number, number, number];
  /** Whether the year has two digits. */
  readonly shortYear: boolean;
  /** Whether the numbers of an open date are zero-padded. */
  readonly padded: boolean;
  /** Milliseconds since midnight. */
  readonly clock: number;
  /** The time, if the text alone determines it. */
  readonly time: number | null;
}

const DAY = 86_400_000;
const MAX_LENGTH = 64;
const YEAR_FIRST = /^(\d{4})\s?[-/._ ]\s?(\d{1,2})\s?[-/._ ]\s?(\d{1,2})\.?$/;
const EAST_ASIAN = /^(\d{4}|\d{2})\s*[년年]\s*(\d{1,2})\s*[월月](?:\s*(\d{1,2})\s*[일日号])?$/;
const OPEN = /^(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?('?)(\d{4}|\d{2})\.?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:(t)?(\d{2})(\d{2})(\d{2})?(?:\.\d+)?z?)?$/;
const YEAR_MONTH = /^(\d{4})[-/](\d{1,2})$/;
const MONTH_YEAR = /^(\d{1,2})[-/](\d{4})$/;
const ORDINALS = new Set(["st", "nd", "rd", "th", "er", "re", "e", "a", "o"]);
const WEEKDAY = /\s*\(?(?:[월화수목금토일]요일|\([월화수목금토일日月火水木金土]\)|[月火水木金土日]曜日?)\)?/;

/** @returns null if the text is not a date */
export function dateParts(text: string): DateParts | null {
  const iso = isoTime(text);
  if (!Number.isNaN(iso)) return { form: "iso", numbers: [0, 0, 0], shortYear: false, padded: true, clock: 0, time: iso };
  if (text.length > MAX_LENGTH || !/\d/.test(text)) return null;
  const lower = normalText(text).toLowerCase();
  const compact = COMPACT.exec(lower);
  if (compact !== null) {
    const [, year, month, day, mark, hours = "0", minutes = "0", seconds = "0"] = compact;
    if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
    const clock = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
    return sure(mark === undefined ? "compact" : "yearFirst", Number(year), Number(month), Number(day), clock);
  }
  const clock = clockIn(lower);
  const rest = clock === null ? lower : `${clock.before.replace(/[,:\s]+$/, "").replace(/(?<=\d)t$/, "")} ${clock.behind.replace(/^[,\s]+/, "")}`;
  return withoutClock(rest.replace(WEEKDAY, " ").replace(/\s+/g, " ").trim(), clock?.milliseconds ?? 0);
}

function withoutClock(text: string, clock: number): DateParts | null {
  if (Number.isNaN(clock)) return null;
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst !== null) return sure("yearFirst", Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]), clock);
  const eastAsian = EAST_ASIAN.exec(text);
  if (eastAsian !== null) {
    const [, year = "", month, day] = eastAsian;
    return sure(day === undefined ? "month" : "named", fullYear(year), Number(month), Number(day ?? "1"), clock, year.length === 2);
  }
  const open = OPEN.exec(text);
  if (open !== null) {
    const [, first = "", mark, second = "", apostrophe, third = ""] = open;
    const padded = first.length === 2 && second.length === 2;
    const shortYear = third.length === 2;
    // 1.2.03 could also be a version number.
    return {
      form: "open",
      numbers: [Number(first), Number(second), Number(third)],
      shortYear,
      padded: padded || mark !== "." || apostrophe !== "",
      clock,
      time: null,
    };
  }
  const yearMonth = YEAR_MONTH.exec(text);
  if (yearMonth !== null) return sure("month", Number(yearMonth[1]), Number(yearMonth[2]), 1, clock);
  const monthYear = MONTH_YEAR.exec(text);
  if (monthYear !== null) return sure("month", Number(monthYear[2]), Number(monthYear[1]), 1, clock);
  return /\p{L}/u.test(text) ? named(text, clock) : null;
}

/** A date with a month name. */
function named(text: string, clock: number): DateParts | null {
  if (/[^\p{L}\p{M}\d\s.,/'º°ª-]/u.test(text)) return null;
  const { months, passed } = calendarWords();
  let month = 0;
  const numbers: string[] = [];
  for (const token of text.match(/\d+|[\p{L}\p{M}]+/gu) ?? []) {
    if (/^\d/.test(token)) {
      numbers.push(token);
      continue;
    }
    const word = plainWord(token);
    const number = months.get(word);
    if (number !== undefined && month === 0) month = number;
    else if (!passed.has(word) && !(ORDINALS.has(word) && numbers.length > 0)) return null;
  }
  const [first = "", second = ""] = numbers;
  if (month === 0 || numbers.length === 0 || numbers.length > 2) return null;
  if (numbers.length === 1) return first.length === 4 ? sure("month", Number(first), month, 1, clock) : null;
  const [year, day] = first.length === 4 ? [first, second] : [second, first];
  if (day.length > 2 || (year.length !== 4 && year.length !== 2)) return null;
  return sure("named", fullYear(year), month, Number(day), clock, year.length === 2);
}

function sure(form: DateForm, year: number, month: number, day: number, clock: number, shortYear = false): DateParts | null {
  const days = daysSince1970(year, month, day);
  if (Number.isNaN(days) || year < 1000) return null;
  return { form, numbers: [year, month, day], shortYear, padded: true, clock, time: days * DAY + clock };
}

/** Milliseconds since 1970 of a date in a known order; NaN for an impossible date. */
export function timeOf({ numbers: [first, second, third], shortYear, clock, time }: DateParts, order: DateOrder): number {
  if (time !== null) return time;
  if (order === "yearFirst") return shortYear ? daysSince1970(fullYear(String(first)), second, third) * DAY + clock : Number.NaN;
  const [day, month] = order === "dayFirst" ? [first, second] : [second, first];
  return daysSince1970(shortYear ? fullYear(String(third)) : third, month, day) * DAY + clock;
}

/** Expands two-digit years like POSIX: 69 to 99 are 19xx. */
function fullYear(text: string): number {
  const year = Number(text);
  if (text.length === 4) return year;
  return year + (year < 69 ? 2000 : 1900);
}

function isoTime(text: string): number {
  if (text.charCodeAt(4) !== 0x2d) return Number.NaN;
  const bytes = Buffer.from(text);
  return parseIsoTime(bytes, 0, bytes.length);
}
