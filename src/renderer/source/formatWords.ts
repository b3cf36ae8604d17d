/** The words of the formats, and of what readers say, in the language of the window. */
import type { Words } from "../../shared/recipe/formats/format.ts";
import { droppedFormats, type FormatName, formatOf, formats } from "../../shared/recipe/formats/index.ts";

/** @param language of the window: "en", "ko" */
export function inLanguage(words: Words, language: string): string {
  return language.startsWith("ko") ? words.ko : words.en;
}

export function formatLabel(type: FormatName, language: string): string {
  return inLanguage(formatOf({ type }).label, language);
}

/** Everything that can be dropped, as a list in a sentence. */
export function droppable(language: string): string {
  return droppedFormats.map((type) => inLanguage(formats[type].drop, language)).join(", ");
}
