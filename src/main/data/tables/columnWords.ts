/** The words of a column's name. */

/** "PassengerId" -> passenger, id; "number_of-rooms (2020)" -> number, of, rooms, 2020. Lower case, Unicode composed. */
export function wordsOf(name: string): readonly string[] {
  return name
    .normalize("NFKC")
    .replace(/(\p{Ll}|\p{Nd})(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{Nd}%#]+/u)
    .filter((word) => word !== "");
}
