/** Texts of formats and readers in the language of the window. */
import { inLanguage } from "../../shared/kit/words.ts";
import type { Holds } from "../../shared/recipe/formats/format.ts";
import { droppedFormats, type FormatName, formatOf, formats } from "../../shared/recipe/formats/index.ts";

export function formatLabel(type: FormatName, language: string): string {
  return inLanguage(formatOf({ type }).title, language);
}

/** The most common formats come first. */
const ORDER: readonly Holds[] = ["table", "images", "recordings", "arrays", "code", "none"];

/** Everything that can be dropped, as a list within a sentence. */
export function droppable(language: string): string {
  const sorted = droppedFormats.toSorted((a, b) => ORDER.indexOf(formats[a].holds) - ORDER.indexOf(formats[b].holds));
  // Two formats of the same files appear once in the list.
  const words = new Set(sorted.map((type) => inLanguage(formats[type].drop, language)));
  return new Intl.ListFormat(language, { type: "disjunction" }).format(words);
}
