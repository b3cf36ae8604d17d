/**
 * Standard output and standard error for the commands: text, or one JSON object per line. Everything that a command prints goes through here. Text that may
 * come from elsewhere is made visible here (kit/visibleText.ts), so no command can forget it.
 */
import type { Writable } from "node:stream";
import { visibleJson, visibleLines, visibleText } from "../../../shared/kit/visibleText.ts";

/** Thrown when standard output was closed, as by `| head`. The command ends quietly. */
export class OutputClosed extends Error {
  constructor() {
    super("standard output was closed");
    this.name = "OutputClosed";
  }
}

/** Where text goes: a terminal, a pipe, a file, or what a test looks at. */
export type Stream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

export interface Streams {
  readonly stdout: Stream;
  readonly stderr: Stream;
}

const CLEAR_LINE = "\r\u001b[2K";

export class Output {
  readonly json: boolean;
  readonly #stdout: Stream;
  readonly #stderr: Stream;
  readonly #onError = (error: NodeJS.ErrnoException): void => {
    this.#failure ??= error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED" ? new OutputClosed() : error;
  };
  #failure: Error | null = null;
  #status = "";

  constructor(options: { readonly json: boolean } & Partial<Streams>) {
    this.json = options.json;
    this.#stdout = options.stdout ?? process.stdout;
    this.#stderr = options.stderr ?? process.stderr;
    this.#stdout.on("error", this.#onError);
  }

  /** Whether the output is a terminal, so that a line can be redrawn. */
  get interactive(): boolean {
    return this.#stdout.isTTY === true && !this.json;
  }

  get columns(): number {
    return this.#stdout.columns || 80;
  }

  /** Resolves when the text has left this process, so that a slow reader slows down the command and memory use stays small. */
  async #send(text: string): Promise<void> {
    if (this.#failure !== null) throw this.#failure;
    await new Promise<void>((resolve) =>
      this.#stdout.write(text, (error) => {
        if (error) this.#onError(error);
        resolve();
      }),
    );
    if (this.#failure !== null) throw this.#failure;
  }

  /** Prints one line, even if the text contains line breaks. */
  async line(text = ""): Promise<void> {
    const cleared = this.#clearing();
    await this.#send(`${cleared}${visibleText(text)}\n${this.#status}`);
  }

  async object(value: object): Promise<void> {
    await this.objects([value]);
  }

  /** One line each, written at once. */
  async objects(values: readonly object[]): Promise<void> {
    if (values.length > 0) await this.#send(values.map((value) => `${visibleJson(JSON.stringify(value))}\n`).join(""));
  }

  /** Prints a file's content, such as CSV: unchanged into a file or pipe, made visible on a terminal. */
  async write(text: string): Promise<void> {
    await this.#send(this.#stdout.isTTY ? visibleLines(text) : text);
  }

  /** Redraws the bottom line of a terminal; an empty text removes it. */
  async status(text: string): Promise<void> {
    const visible = visibleText(text);
    if (visible === this.#status) return;
    const cleared = this.#clearing();
    this.#status = visible;
    await this.#send(cleared + visible);
  }

  /** Prints a line on standard error. */
  note(text: string): void {
    if (this.#status !== "" && this.#stderr.isTTY) this.#stderr.write(CLEAR_LINE);
    this.#stderr.write(`${visibleText(text)}\n`);
  }

  /** Redraws one line on standard error if that is a terminal; an empty text removes it. */
  passing(text: string): void {
    if (!this.#stderr.isTTY) return;
    this.#stderr.write(CLEAR_LINE + visibleText(text).slice(0, Math.max(20, (this.#stderr.columns || 80) - 1)));
  }

  /** Resolves when everything written has left this process, including standard error. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => (this.#failure === null ? this.#stdout.write("", () => resolve()) : resolve()));
    await new Promise<void>((resolve) => this.#stderr.write("", () => resolve()));
    // The listener stays, so that a late error does not end the process with a stack trace.
  }

  #clearing(): string {
    return this.#status === "" ? "" : CLEAR_LINE;
  }
}
