/** What the layer of data has to say about its caches while it works: a line for the listeners in this process, else for standard error. */
import { visibleText } from "../../shared/kit/visibleText.ts";

let listener: ((text: string) => void) | null = null;

/** @param hear gets every later notice; null gives them to standard error again */
export function onNotice(hear: ((text: string) => void) | null): void {
  listener = hear;
}

export function notice(text: string): void {
  if (listener === null) process.stderr.write(`descent: ${visibleText(text)}\n`);
  else listener(text);
}
