/** Notices about caches: passed to the listener in this process, or else to standard error. */
import { visibleText } from "../../shared/kit/visibleText.ts";

let listener: ((text: string) => void) | null = null;

/** @param hear receives every later notice; null restores standard error */
export function onNotice(hear: ((text: string) => void) | null): void {
  listener = hear;
}

export function notice(text: string): void {
  if (listener === null) process.stderr.write(`descent: ${visibleText(text)}\n`);
  else listener(text);
}
