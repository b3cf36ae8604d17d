/**
 * Parses dates and times in ISO 8601: 2024-03-31, 2024-03-31T12:30, 2024-03-31 12:30:05.25+02:00. Without an offset they are read as
 * UTC, so that a file means the same on every machine.
 */
const DAY = 86_400_000;
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Milliseconds since 1970 for the text from `from` up to `to`; NaN if it is not a date. */
export function parseIsoTime(bytes: Uint8Array, from: number, to: number): number {
  if (to - from < 10 || bytes[from + 4] !== 0x2d || bytes[from + 7] !== 0x2d) return Number.NaN;
  const [year, month, day] = [digits(bytes, from, 4), digits(bytes, from + 5, 2), digits(bytes, from + 8, 2)];
  const days = daysSince1970(year, month, day);
  let p = from + 10;
  if (p === to) return days * DAY;
  if (bytes[p] !== 0x54 && bytes[p] !== 0x20) return Number.NaN;
  if (to - p < 6 || bytes[p + 3] !== 0x3a) return Number.NaN;
  const [hours, minutes] = [digits(bytes, p + 1, 2), digits(bytes, p + 4, 2)];
  p += 6;
  let seconds = 0;
  if (p < to && bytes[p] === 0x3a) {
    if (to - p < 3) return Number.NaN;
    seconds = digits(bytes, p + 1, 2);
    p += 3;
    if (p < to && (bytes[p] === 0x2e || bytes[p] === 0x2c)) {
      const start = ++p;
      let fraction = 0;
      for (; p < to && isDigit(bytes[p] ?? 0); p++) fraction = fraction * 10 + (bytes[p] ?? 0) - 48;
      if (p === start || p - start > 15) return Number.NaN;
      seconds += fraction / 10 ** (p - start);
    }
  }
  if (hours > 24 || minutes > 59 || seconds >= 61) return Number.NaN;
  const offset = offsetMinutes(bytes, p, to);
  return days * DAY + (hours * 60 + minutes - offset) * 60_000 + Math.round(seconds * 1e6) / 1e3;
}

/** Minutes east of UTC: nothing, Z, +02, +0200 or +02:00. */
function offsetMinutes(bytes: Uint8Array, from: number, to: number): number {
  const length = to - from;
  if (length === 0 || (length === 1 && (bytes[from] === 0x5a || bytes[from] === 0x7a))) return 0;
  const sign = bytes[from] === 0x2b ? 1 : bytes[from] === 0x2d ? -1 : Number.NaN;
  if (length === 3) return sign * digits(bytes, from + 1, 2) * 60;
  const colon = length === 6 && bytes[from + 3] === 0x3a ? 1 : 0;
  return length === 5 + colon ? sign * (digits(bytes, from + 1, 2) * 60 + digits(bytes, from + 3 + colon, 2)) : Number.NaN;
}

function digits(bytes: Uint8Array, from: number, count: number): number {
  let value = 0;
  for (let i = from; i < from + count; i++) {
    const byte = bytes[i] ?? 0;
    if (!isDigit(byte)) return Number.NaN;
    value = value * 10 + byte - 48;
  }
  return value;
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

/** In the proleptic Gregorian calendar (H. Hinnant, "chrono-compatible low-level date algorithms", 2021); NaN for dates such as 30 February. */
export function daysSince1970(year: number, month: number, day: number): number {
  if (!(day >= 1 && day <= (MONTH_DAYS[month - 1] ?? 0))) return Number.NaN;
  if (month === 2 && day === 29 && !(year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0))) return Number.NaN;
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}
