/** Numbers that are identifiers: postcodes with leading zeros, account numbers with more digits than a double holds. */
import type { NumberColumn } from "./numberColumn.ts";

export interface IdentifierReason {
  readonly reason: "zeros" | "wide" | "grouped";
  readonly example: string;
}

const NAMES_A_CODE =
  /(?:^|[^a-z])(?:zip|post|plz|cap|cep|code|codes|id|ids|key|no|nr|num|number|phone|tel|mobile|fax|fips|isbn|ean|upc|gtin|sku|account|acct|iban|siren|siret|insee|dept|ssn|serial|ref|matricul\w*)(?:[^a-z]|$)|zip|postal|postcode|phone|fips|우편|번호|코드|전화/i;
const NAMES_A_NUMBER =
  /(?:^|[^a-z])(?:months?|days?|hours?|minutes?|mins?|seconds?|secs?|years?|weeks?|ages?|counts?|scores?|amount|price|total|size|width|height|depth|length|weight|values?|pixels?|mm|dd|hh|ss)(?:[^a-z]|$)|월|일$|시$|분$|초$|나이|수량/i;
/** Numbers with at most this many digits are months or hours rather than codes. */
const SHORT = 2;
const OFTEN = 0.05;

/** Whether a column's name says that its numbers are counts or measurements. */
export function namesANumber(name: string): boolean {
  return NAMES_A_NUMBER.test(words(name));
}

/**
 * Judges a column of integers; null if they are counts or measurements.
 * @param values one number per text, as in {@link NumberColumn.values}
 */
export function identifierReason(name: string, { wholes, values, groups, example }: NumberColumn): IdentifierReason | null {
  const isCode = NAMES_A_CODE.test(words(name));
  // 612 345 678 is a telephone number if the column's name says so.
  if (isCode && groups.has(" ")) return { reason: "grouped", example: example ?? "" };
  const { all, zeroLed, wide, shortest, longest, zeroExample, wideExample } = wholes;
  if (!all) return null;
  if (wide > 0 && (2 * wide >= values.length || collapses(values))) return { reason: "wide", example: wideExample };
  if (zeroLed === 0 || namesANumber(name)) return null;
  const isLong = longest > SHORT && (shortest === longest || (longest > SHORT + 1 && zeroLed >= OFTEN * values.length));
  return isCode || isLong ? { reason: "zeros", example: zeroExample } : null;
}

/** zipCode -> zip Code */
function words(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, "$1 $2");
}

/** Whether different texts become the same double. */
function collapses(values: Float64Array): boolean {
  const wide = values.filter((value) => !Number.isNaN(value) && !Number.isSafeInteger(value));
  return new Set(wide).size < wide.length;
}
