/** Characters that steer a terminal or turn the direction of writing, in text that foreign code has made. */

const CONTROLS = /[\p{Cc}\u{202a}-\u{202e}\u{2066}-\u{2069}]/u;
const EVERY_CONTROL = new RegExp(CONTROLS.source, "gu");

export function hasControls(text: string): boolean {
  return CONTROLS.test(text);
}

/** Each as the mark for what cannot be shown. @param kept left as they are */
export function withoutControls(text: string, kept = ""): string {
  return text.replaceAll(EVERY_CONTROL, (each) => (kept.includes(each) ? each : "\ufffd"));
}
