/** Parses one number in human notation: "$1,234.50", "1.234,5 kg", "(12)", "12,5 %", "5-", "1 234 567". The meaning of its marks may depend on other cells. */
import { normalText } from "./normalText.ts";
import { currencyOf, isUnit, unitName } from "./units.ts";

/** The decimal mark: known from the number itself, or one of both readings of "1.234" and "1,234". */
export type Evidence = "none" | "point" | "comma" | "eitherPoint" | "eitherComma";

export interface NumberParts {
  readonly negative: boolean;
  /** Digits and the marks between them. */
  readonly core: string;
  /** The exponent: "e-3"; empty for none. */
  readonly exponent: string;
  readonly evidence: Evidence;
  /** The thousands separator, if certain; empty for none. */
  readonly group: string;
  /** The unit's normalized name; empty for none. */
  readonly unit: string;
  /** The unit as written. */
  readonly unitText: string;
  /** Whether a unit directly follows the digits. */
  readonly attached: boolean;
  /** Whether brackets make it negative. */
  readonly bracketed: boolean;
  readonly trailingMinus: boolean;
}

const MAX_LENGTH = 48;
const CORE = /^(?:\d+(?:[.,'_ ]\d+)*|[.,]\d+)/;
const EXPONENT = /^(?:[eE]([+-]?\d{1,4})|\s?[x×*]\s?10\s?\^?\s?([+-]?\d{1,3}))(?![\d\p{L}])/u;
const SIMPLE = /^([+-]?)(\d+)(?:([.,])(\d+))?$/;
const SIMPLEST = { exponent: "", group: "", unit: "", unitText: "", attached: false, bracketed: false, trailingMinus: false } as const;
const BRACKETED = /^([^\d()]*)\(([^()]+)\)([^\d()]*)$/;

/** @returns null unless the text is a number with at most a currency and a unit */
export function numberParts(text: string): NumberParts | null {
  if (text.length > MAX_LENGTH) return null;
  const simple = SIMPLE.exec(text);
  if (simple !== null) return simpleParts(simple);
  let rest = normalText(text);
  const brackets = rest.includes("(") ? BRACKETED.exec(rest) : null;
  if (brackets !== null) rest = `${brackets[1]}${brackets[2]}${brackets[3]}`.trim();
  const bracketed = brackets !== null;
  let signs = bracketed ? 1 : 0;
  let negative = bracketed;
  const takeSign = () => {
    const sign = rest[0];
    if (sign !== "-" && sign !== "+") return;
    signs++;
    negative = sign === "-";
    rest = rest.slice(1).trimStart();
  };
  takeSign();
  const start = rest.search(/[\d]|[.,]\d/);
  if (start < 0) return null;
  let prefix = "";
  if (start > 0) {
    const before = /^(.*?)([+-]?)$/.exec(rest.slice(0, start).trim());
    prefix = currencyOf(before?.[1]?.trim() ?? "") ?? "";
    if (prefix === "") return null;
    rest = `${before?.[2] ?? ""}${rest.slice(start)}`;
    takeSign();
  }
  const core = CORE.exec(rest)?.[0];
  if (core === undefined) return null;
  rest = rest.slice(core.length);
  // 20.– or 20,--: no cents.
  rest = rest.replace(/^[.,]-{1,2}(?=\s|$)/, "");
  const power = EXPONENT.exec(rest);
  if (power !== null) rest = rest.slice(power[0].length);
  let trailingMinus = false;
  if (rest.endsWith("-") && signs === 0) {
    trailingMinus = true;
    negative = true;
    signs++;
    rest = rest.slice(0, -1);
  }
  const attached = rest !== "" && !rest.startsWith(" ");
  const suffix = rest.trim();
  if (signs > 1 || (suffix !== "" && !isUnit(suffix))) return null;
  const exponent = power === null ? "" : `e${power[1] ?? power[2] ?? "0"}`;
  const marks = marksOf(core, exponent !== "");
  if (marks === null) return null;
  const behind = suffix === "" ? "" : (currencyOf(suffix) ?? unitName(suffix));
  const unit = [prefix, behind].filter((each) => each !== "").join(" ");
  const unitText = [prefix, suffix].filter((each) => each !== "").join(" ");
  return { negative, core, exponent, ...marks, unit, unitText, attached, bracketed, trailingMinus };
}

/** Fast path for most numbers: digits with a sign and at most one mark. */
function simpleParts([, sign = "", whole = "", mark = "", fraction = ""]: RegExpExecArray): NumberParts {
  const isEither = fraction.length === 3 && whole.length <= 3 && !whole.startsWith("0");
  const evidence: Evidence = mark === "" ? "none" : mark === "." ? (isEither ? "eitherPoint" : "point") : isEither ? "eitherComma" : "comma";
  return { ...SIMPLEST, negative: sign === "-", core: `${whole}${mark}${fraction}`, evidence };
}

/** The meaning of the marks between digits; null if they do not form groups of three. */
function marksOf(core: string, hasExponent: boolean): Pick<NumberParts, "evidence" | "group"> | null {
  const marks: readonly string[] = core.match(/[.,'_ ]/g) ?? [];
  const last = marks.at(-1);
  if (last === undefined) return { evidence: "none", group: "" };
  const kinds = new Set<string>(marks);
  const [first = ""] = marks;
  const isDecimal = (mark: string): boolean => mark === "." || mark === ",";
  const sure = (decimal: string) => (decimal === "." ? "point" : "comma");
  if (kinds.size === 2) {
    // The last mark is the decimal mark and occurs once.
    if (!isDecimal(last) || marks.indexOf(last) !== marks.length - 1) return null;
    return isGrouped(core.slice(0, core.lastIndexOf(last)), first) ? { evidence: sure(last), group: first } : null;
  }
  if (kinds.size > 2) return null;
  if (!isDecimal(last)) return isGrouped(core, last) ? { evidence: "none", group: last } : null;
  if (marks.length > 1) return isGrouped(core, last) && !hasExponent ? { evidence: sure(last === "." ? "," : "."), group: last } : null;
  const isEither = /^[1-9]\d{0,2}[.,]\d{3}$/.test(core) && !hasExponent;
  if (!isEither) return { evidence: sure(last), group: "" };
  return { evidence: last === "." ? "eitherPoint" : "eitherComma", group: "" };
}

/** Groups of three digits; with commas also groups of two before the last three, as in India. */
const GROUPED: Readonly<Record<string, RegExp>> = {
  ",": /^[1-9](?:\d{0,2}(?:,\d{3})+|\d?(?:,\d{2})*,\d{3})$/,
  ".": /^[1-9]\d{0,2}(?:\.\d{3})+$/,
  "'": /^[1-9]\d{0,2}(?:'\d{3})+$/,
  _: /^[1-9]\d{0,2}(?:_\d{3})+$/,
  " ": /^[1-9]\d{0,2}(?: \d{3})+$/,
};

function isGrouped(digits: string, mark: string): boolean {
  return GROUPED[mark]?.test(digits) ?? false;
}

/**
 * The value.
 * @param decimal the decimal mark if the number itself does not determine it
 */
export function numberOf({ negative, core, exponent, evidence }: NumberParts, decimal: "." | ","): number {
  const mark = evidence === "point" ? "." : evidence === "comma" ? "," : decimal;
  if (mark === "." && !/[,'_ ]/.test(core)) return (negative ? -1 : 1) * Number(`${core}${exponent}`);
  const other = mark === "." ? "," : ".";
  const digits = core.replace(/['_ ]/g, "").replaceAll(other, "").replace(",", ".");
  return (negative ? -1 : 1) * Number(`${digits}${exponent}`);
}
