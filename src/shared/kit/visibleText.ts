/**
 * Foreign text (names, classes, column headers, paths, messages of libraries) as it may be shown: with every character that a terminal or a page obeys
 * instead of showing made visible as `\u202e`. Controls move the cursor, set titles and clear screens; overrides of the writing direction and characters
 * without width make one name look like another.
 */

/**
 * Unicode's controls, format characters, line and paragraph separators, and halves of pairs. Not the two joiners, which writing systems and emoji need, and
 * not the signs of Arabic, Syriac and Kaithi numbers, which are visible.
 */
const OBEYED = /[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]--[\u200c\u200d\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]]/gv;

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** One line, whatever came. A text that was made visible stays as it is. */
export function visibleText(text: string): string {
  return text.replace(OBEYED, (character) => SHORT[character] ?? escaped(character));
}

/** Several lines of one text, such as a stack: the ends of its lines stay. */
export function visibleLines(text: string): string {
  return text.split("\n").map(visibleText).join("\n");
}

/** JSON of the same value with these characters as escapes. @param json text that is JSON: outside of its strings it may have line ends and tabs */
export function visibleJson(json: string): string {
  return json.replace(OBEYED, (character) => (character in SHORT ? character : escaped(character)));
}

/** As JSON and JavaScript write it, one escape for each UTF-16 unit. */
function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`).join("");
}
