/**
 * Makes text from outside (names, classes, column headers, paths, messages of libraries) safe to show. Characters that a terminal or a page
 * interprets instead of displaying are written as escapes such as `\u202e`. Control characters can move the cursor, set titles and clear screens;
 * direction overrides and zero-width characters can make one name look like another.
 */

/**
 * Unicode control and format characters, line and paragraph separators, and lone surrogates. Excluded are the two joiners, which scripts and emoji
 * need, and the Arabic, Syriac and Kaithi number signs, which are visible.
 */
const OBEYED = /[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]--[\u200c\u200d\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]]/gv;

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** One line, whatever the input. Escaping twice changes nothing. */
export function visibleText(text: string): string {
  return text.replace(OBEYED, (character) => SHORT[character] ?? escaped(character));
}

/** A text of several lines, such as a stack trace: its line breaks stay. */
export function visibleLines(text: string): string {
  return text.split("\n").map(visibleText).join("\n");
}

/** The same JSON value with these characters escaped. @param json JSON text, which may contain line breaks and tabs outside of its strings */
export function visibleJson(json: string): string {
  return json.replace(OBEYED, (character) => (character in SHORT ? character : escaped(character)));
}

/** Escapes as in JSON and JavaScript, one per UTF-16 code unit. */
function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`).join("");
}
