/** Output of the foreign process: passed to the log without control characters; its end is kept to explain how the process ended. */
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
    // A log that is not read must not fill the memory.
    if (!process.stderr.writableNeedDrain) process.stderr.write(visibleLines(text));
  }
}
