/** The words of the formats in the language of the window. */
import { type FormatName, formatOf, formats } from "../../shared/recipe/formats/index.ts";

/** @param language of the window: "en", "ko" */
export function formatLabel(type: FormatName, language: string): string {
  const { label } = formatOf({ type });
  return language.startsWith("ko") ? label.ko : label.en;
}

/** Everything that can be dropped, as a list in a sentence. */
export function droppable(language: string): string {
  return Object.values(formats)
    .flatMap(({ drop }) => (drop === null ? [] : [language.startsWith("ko") ? drop.ko : drop.en]))
    .join(", ");
}
