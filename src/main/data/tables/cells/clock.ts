/** Parses the time of day in a date, with its offset: "12:30:05.25 PM", "오후 3시 30분", "14h30", "08:00 +0900", "00:00 UTC". */

export interface Clock {
  /** Milliseconds since midnight, in UTC if there is an offset. */
  readonly milliseconds: number;
  /** The text before the time. */
  readonly before: string;
  readonly behind: string;
}

/** Hours east of UTC. Abbreviations that mean different zones in different countries are left out. */
const ZONES: Readonly<Record<string, number>> = {
  z: 0,
  utc: 0,
  gmt: 0,
  wet: 0,
  west: 1,
  bst: 1,
  cet: 1,
  cest: 2,
  mez: 1,
  mesz: 2,
  eet: 2,
  eest: 3,
  msk: 3,
  kst: 9,
  jst: 9,
  hkt: 8,
  sgt: 8,
  est: -5,
  edt: -4,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
  akst: -9,
  akdt: -8,
  hst: -10,
  aest: 10,
  aedt: 11,
  acst: 9.5,
  awst: 8,
  nzst: 12,
  nzdt: 13,
}; // prettier-ignore

const HALF = "am|pm|a\\.m\\.|p\\.m\\.|a\\. m\\.|p\\. m\\.|오전|오후|午前|午後|上午|下午";
const COLONS = new RegExp(`(?:(${HALF})\\s*)?(?<!\\d)(\\d{1,2})[:h](\\d{2})(?:[:m](\\d{2})(?:[.,:](\\d{1,9}))?s?)?(?!\\d)\\s*(${HALF}|uhr)?`);
const WORDS = new RegExp(`(?:(${HALF})\\s*)?(?<!\\d)(\\d{1,2})\\s*[시時时点](?:\\s*(\\d{1,2})\\s*[분分])?(?:\\s*(\\d{1,2})\\s*[초秒])?()()`);
const HOUR_ALONE = /()(?<!\d)(\d{1,2})()()()\s*(am|pm|a\.m\.|p\.m\.)(?![a-z])/;
const ZONE = /^\s*\(?([a-z]{1,4}(?![a-z]))?\s*([+-]\d{1,2}(?::?\d{2})?(?!\d))?\)?/;

/** @returns null if there is no time of day; a clock with NaN for an impossible time */
export function clockIn(text: string): Clock | null {
  const match = COLONS.exec(text) ?? WORDS.exec(text) ?? HOUR_ALONE.exec(text);
  if (match === null) return null;
  const [whole, early = "", hourText = "", minuteText = "", secondText = "", fraction = "", late = ""] = match;
  const half = halfOf(early || late);
  const [hours, minutes, seconds] = [Number(hourText), Number(minuteText || "0"), Number(secondText || "0")];
  const before = text.slice(0, match.index);
  const { minutes: offset, length } = offsetIn(text.slice(match.index + whole.length));
  const behind = text.slice(match.index + whole.length + length);
  const isHour = half === null ? hours <= 24 : hours >= 1 && hours <= 12;
  if (!isHour || minutes > 59 || seconds > 60) return { milliseconds: Number.NaN, before, behind };
  const hour = half === null ? hours : (hours % 12) + (half === "pm" ? 12 : 0);
  const parts = Math.round(Number(`0.${fraction || "0"}`) * 1e6) / 1e3;
  return { milliseconds: ((hour * 60 + minutes - offset) * 60 + seconds) * 1000 + parts, before, behind };
}

function halfOf(text: string): "am" | "pm" | null {
  if (text === "" || text === "uhr") return null;
  return /^(?:p|오후|午後|下午)/.test(text) ? "pm" : "am";
}

/** Parses an offset at the start of a text: minutes, and number of characters. */
function offsetIn(text: string): { readonly minutes: number; readonly length: number } {
  const match = ZONE.exec(text);
  const none = { minutes: 0, length: 0 };
  if (match === null) return none;
  const [whole, name, digits] = match;
  const hours = name === undefined ? 0 : ZONES[name];
  if (hours === undefined || (name === undefined && digits === undefined)) return none;
  if (digits === undefined) return { minutes: hours * 60, length: whole.length };
  const sign = digits.startsWith("-") ? -1 : 1;
  const plain = digits.slice(1).replace(":", "");
  const own = plain.length <= 2 ? Number(plain) * 60 : Number(plain.slice(0, -2)) * 60 + Number(plain.slice(-2));
  return { minutes: hours * 60 + sign * own, length: whole.length };
}
