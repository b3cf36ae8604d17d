/** Replaces Unicode variants that people, word processors and other keyboards produce by plain ASCII. */

/** Invisible: zero-width characters, the byte order mark, direction marks. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
/** No-break, narrow, thin and ideographic spaces. */
const SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]/g;
/** Minus, hyphens and dashes. */
const DASHES = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g;
const APOSTROPHES = /[\u2018\u2019\u02bc\u00b4\u2032\uff07]/g;
const FULLWIDTH = /[\uff01-\uff5e]/g;
/** Zeros of other digit scripts: Arabic, Persian, Devanagari, Bengali, Thai. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50] as const;
const DIGITS = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59]/g;
const PLAIN = /^[\x21-\x7e]*(?: [\x21-\x7e]+)*$/;

/** The text with plain spaces, dashes, apostrophes and digits, without invisible characters, trimmed. */
export function normalText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(INVISIBLE, "")
    .replace(FULLWIDTH, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(SPACES, " ")
    .replace(DASHES, "-")
    .replace(APOSTROPHES, "'")
    .replace(DIGITS, digitOf)
    .replaceAll("\u066b", ".")
    .replaceAll("\u066c", "'")
    .trim();
}

function digitOf(character: string): string {
  const code = character.charCodeAt(0);
  const zero = ZEROS.findLast((each) => each <= code) ?? code;
  return String(code - zero);
}
