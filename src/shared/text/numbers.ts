/** Numbers as text, in the window and on the command line. */

/** Shown where there is no value. */
export const DASH = "–";

/** 1234567 -> 1,234,567 */
export function countText(count: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(count);
}

/** A large count in three digits: 40.6 M, in Korean 4060만. */
export function shortCountText(count: number, language: string): string {
  return new Intl.NumberFormat(language, { notation: "compact", maximumSignificantDigits: 3 }).format(count);
}

/** At most this many significant digits, without trailing zeros; can be parsed as a number. */
export function digitsText(value: number, digits: number): string {
  return String(Number(value.toPrecision(digits)));
}

/** Four significant digits, without an exponent where possible, for training metrics that update in place. */
export function numberText(value: number): string {
  if (!Number.isFinite(value) || value === 0) return String(value);
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return value.toExponential(2);
  return size >= 1000 ? value.toFixed(1) : value.toPrecision(4);
}

/** A statistic of data: four significant digits without trailing zeros, grouped if large; a dash if there is none. */
export function figureText(value: number | null | undefined, language: string): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return DASH;
  const size = Math.abs(value);
  if (value !== 0 && (size >= 1e9 || size < 1e-4)) return minus(value.toExponential(2));
  const digits = Number.isInteger(value) || size >= 1000 ? { maximumFractionDigits: size >= 1000 ? 1 : 0 } : { maximumSignificantDigits: 4 };
  // "min2": a year is not grouped, 26,606 is.
  return minus(new Intl.NumberFormat(language, { ...digits, useGrouping: "min2" }).format(value));
}

/** A correlation or another coefficient from -1 to 1, with three decimals. */
export function coefficientText(value: number): string {
  return minus(value.toFixed(3));
}

/** 0.9321 -> 93.21 %: a measured fraction, always with two decimals. */
export function percentText(fraction: number): string {
  return Number.isFinite(fraction) ? `${(fraction * 100).toFixed(2)} %` : String(fraction);
}

/** A fraction with at most three significant digits; "< 0.1 %" instead of many zeros. */
export function percentOf(share: number): string {
  return share > 0 && share < 0.001 ? "< 0.1 %" : `${digitsText(share * 100, 3)} %`;
}

/** Steps or samples per second, in three digits, because more would change constantly. */
export function speedText(perSecond: number, language: string): string {
  return perSecond >= 100 ? countText(perSecond, language) : digitsText(perSecond, 3);
}

/** The minus sign instead of the hyphen. */
function minus(text: string): string {
  return text.replaceAll("-", "−");
}
