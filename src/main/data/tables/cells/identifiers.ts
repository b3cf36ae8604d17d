/** Numbers that only name something: postcodes with a zero in front, account numbers longer than a double holds. */
import type { NumberColumn } from "./numberColumn.ts";

export interface IdentifierReason {
  readonly reason: "zeros" | "wide" | "grouped";
  readonly example: string;
}

const NAMES_A_CODE =
  /(?:^|[^a-z])(?:zip|post|plz|cap|cep|code|codes|id|ids|key|no|nr|num|number|phone|tel|mobile|fax|fips|isbn|ean|upc|gtin|sku|account|acct|iban|siren|siret|insee|dept|ssn|serial|ref|matricul\w*)(?:[^a-z]|$)|zip|postal|postcode|phone|fips|우편|번호|코드|전화/i;
const NAMES_A_NUMBER =
  /(?:^|[^a-z])(?:months?|days?|hours?|minutes?|mins?|seconds?|secs?|years?|weeks?|ages?|counts?|scores?|amount|price|total|size|width|height|depth|length|weight|values?|pixels?|mm|dd|hh|ss)(?:[^a-z]|$)|월|일$|시$|분$|초$|나이|수량/i;
/** So few digits are a month or an hour rather than a code. */
const SHORT = 2;
const OFTEN = 0.05;

/** Whether a column's name says that its numbers count or measure something. */
export function namesANumber(name: string): boolean {
  return NAMES_A_NUMBER.test(words(name));
}

/**
 * Judged from a column of whole numbers; null where they count or measure something.
 * @param values a number a text, as in {@link NumberColumn.values}
 */
export function identifierReason(name: string, { wholes, values, groups, example }: NumberColumn): IdentifierReason | null {
  const isCode = NAMES_A_CODE.test(words(name));
  // 612 345 678 is a telephone number where the column is called so.
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

/** Whether different texts are one number as doubles. */
function collapses(values: Float64Array): boolean {
  const wide = values.filter((value) => !Number.isNaN(value) && !Number.isSafeInteger(value));
  return new Set(wide).size < wide.length;
}
