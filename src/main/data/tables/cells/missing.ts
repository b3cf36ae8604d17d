/** Which texts of a column mean missing: those that the user names, otherwise the usual words, unless they look like the column's categories. */
import { type CellKind, cellKind, isMissingClass, parseNumber } from "./cells.ts";
import { normalText } from "./normalText.ts";

/** Texts that the user named. An empty cell is always missing too. */
export class MissingTexts {
  readonly #texts: ReadonlySet<string>;
  readonly #numbers: ReadonlySet<number>;

  constructor(texts: readonly string[]) {
    this.#texts = new Set(texts.map((text) => text.trim()));
    this.#numbers = new Set(texts.map(parseNumber).filter((number) => !Number.isNaN(number)));
  }

  has(text: string): boolean {
    const trimmed = text.trim();
    if (trimmed === "" || this.#texts.has(trimmed)) return true;
    return this.#numbers.size > 0 && this.#numbers.has(parseNumber(text));
  }

  hasNumber(value: number): boolean {
    return this.#numbers.has(value);
  }
}

/** Among numbers. */
export function isMissingNumber(missing: MissingTexts | null, text: string, kind: CellKind): boolean {
  return missing === null ? kind === "nothing" || kind === "perhapsNothing" : missing.has(text);
}

export interface MissingClasses {
  readonly isMissing: (text: string) => boolean;
  /** Usual words for missing that were read as a category, and those read as missing that may be a category. */
  readonly kept: readonly string[];
  readonly taken: readonly string[];
  /** All non-empty texts that mean missing here. */
  readonly texts: readonly string[];
}

/** The usual words for missing. */
export const USUALLY_MISSING: readonly string[] = ["NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NULL", "null", "?"];

/** Words that may be names: North America, "not applicable", Mr Null. Excludes signs and words that only programs write. */
const PERHAPS_A_NAME = /^(?:na|n\/a|nan|null|none|nil|missing)$/i;
/** A code needs at least this many other codes around it. */
const MANY_OTHERS = 3;
const MOST_LIKE_IT = 0.9;

/**
 * For categories: judges by the column's other texts.
 * @param missing set by the user; null if not set
 * @param judge whether a usual word may turn out to be a category
 */
export function missingClasses(texts: readonly string[], missing: MissingTexts | null, judge: boolean): MissingClasses {
  if (missing !== null) return { isMissing: (text) => missing.has(text), kept: [], taken: [], texts: [] };
  const words: string[] = [];
  const others: string[] = [];
  for (const text of texts) {
    if (isMissingClass(text)) words.push(text.trim());
    else others.push(text.trim());
  }
  const named = words.filter((word) => word !== "");
  const hasEmpty = named.length < words.length;
  const kept = judge ? named.filter((word) => isNameAmong(word, others, hasEmpty)) : [];
  const keptSet = new Set(kept);
  return {
    isMissing: (text) => isMissingClass(text) && !keptSet.has(text.trim()),
    kept: [...kept, ...(judge ? others.filter((text) => PERHAPS_A_NAME.test(text)) : [])],
    taken: named.filter((word) => !keptSet.has(word) && PERHAPS_A_NAME.test(word)),
    texts: named.filter((word) => !keptSet.has(word)),
  };
}

/**
 * `NA` among two-letter codes, `NAN` among airports, `Null` among surnames. If missing cells are empty in this column, any word that is written like the
 * others.
 */
function isNameAmong(word: string, others: readonly string[], hasEmpty: boolean): boolean {
  if (!PERHAPS_A_NAME.test(word)) return false;
  const letters = others.filter((text) => /\p{L}/u.test(text) && cellKind(text) === "text").map(normalText);
  if (letters.length < 2 || letters.length < MOST_LIKE_IT * others.length) return false;
  const share = (like: (text: string) => boolean) => letters.filter(like).length >= MOST_LIKE_IT * letters.length;
  const isCapitals = /^[A-Z]+$/.test(word);
  const isCode = isCapitals && share((text) => /^[A-Z]+$/.test(text) && text.length === word.length);
  if (isCode && letters.length >= (hasEmpty ? 2 : MANY_OTHERS)) return true;
  // Programs write NaN and null; only people write "Nan" and "Null".
  const isName = /^[A-Z][a-z]+$/.test(word) && word !== "NaN";
  if (isName && letters.length >= (hasEmpty ? 2 : MANY_OTHERS) && share((text) => /^\p{Lu}[\p{L}' .-]*$/u.test(text) && !/^\p{Lu}+$/u.test(text))) return true;
  return false;
}
