/** What the process of foreign code prints: passed on to the log as text that cannot steer a terminal, and its end kept for the words about how it ended. */
import { visibleLines } from "../../../shared/kit/visibleText.ts";

const TAIL_BYTES = 16 * 1024;

export class LogTail {
  #tail = "";

  get tail(): string {
    return this.#tail;
  }

  take(chunk: Buffer): void {
    const text = chunk.toString("utf8");
    this.#tail = (this.#tail + text).slice(-TAIL_BYTES);
    // A log that nobody reads must not fill the memory.
    if (!process.stderr.writableNeedDrain) process.stderr.write(visibleLines(text));
  }
}
