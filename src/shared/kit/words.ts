/** A text for people, in every language of the studio. */
export interface Words {
  readonly en: string;
  readonly ko: string;
}

/** A text for people. A plain string is the same in every language: a name, a number, a quoted value. */
export type Text = string | Words;

/** The text with each language's changed. */
export function inEach(text: Text, change: (words: string) => string): Text {
  return typeof text === "string" ? change(text) : { en: change(text.en), ko: change(text.ko) };
}

/** @param language a language tag: "en", "ko", "ko-KR" */
export function inLanguage(text: Text, language: string): string {
  if (typeof text === "string") return text;
  return language.startsWith("ko") ? text.ko : text.en;
}
