/** Replaces characters in text of foreign code that control a terminal or change the writing direction. */

const CONTROLS = /[\p{Cc}\u{202a}-\u{202e}\u{2066}-\u{2069}]/u;
const EVERY_CONTROL = new RegExp(CONTROLS.source, "gu");

export function hasControls(text: string): boolean {
  return CONTROLS.test(text);
}

/** Each is replaced by the replacement character. @param kept characters that are not replaced */
export function withoutControls(text: string, kept = ""): string {
  return text.replaceAll(EVERY_CONTROL, (each) => (kept.includes(each) ? each : "\ufffd"));
}
