/** Standard output and standard error as the commands use them: text for people, or one JSON object a line. */
/** Whoever read standard output went away, as `| head` does. The command ends quietly. */
export class OutputClosed extends Error {
  constructor() {
    super("standard output was closed");
    this.name = "OutputClosed";
  }
}

export class Output {
  readonly json: boolean;
  readonly #stdout: NodeJS.WriteStream;
  readonly #stderr: NodeJS.WriteStream;
  readonly #onError = (error: NodeJS.ErrnoException): void => {
    this.#failure ??= error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED" ? new OutputClosed() : error;
  };
  #failure: Error | null = null;
  #status = "";

  constructor(options: { readonly json: boolean; readonly stdout?: NodeJS.WriteStream; readonly stderr?: NodeJS.WriteStream }) {
    this.json = options.json;
    this.#stdout = options.stdout ?? process.stdout;
    this.#stderr = options.stderr ?? process.stderr;
    this.#stdout.on("error", this.#onError);
  }

  /** Whether a person watches, so that one line can be redrawn. */
  get interactive(): boolean {
    return this.#stdout.isTTY && !this.json;
  }

  get columns(): number {
    return this.#stdout.columns > 0 ? this.#stdout.columns : 80;
  }

  /** Resolves when the text has left this process, so that a slow reader slows the command down and memory stays small. */
  async write(text: string): Promise<void> {
    if (this.#failure !== null) throw this.#failure;
    await new Promise<void>((resolve) =>
      this.#stdout.write(text, (error) => {
        if (error) this.#onError(error);
        resolve();
      }),
    );
    if (this.#failure !== null) throw this.#failure;
  }

  async line(text = ""): Promise<void> {
    const cleared = this.#clearing();
    await this.write(`${cleared}${text}\n${this.#status}`);
  }

  async object(value: object): Promise<void> {
    await this.write(`${JSON.stringify(value)}\n`);
  }

  /** Redraws the one line at the bottom of a terminal; an empty text removes it. */
  async status(text: string): Promise<void> {
    if (text === this.#status) return;
    const cleared = this.#clearing();
    this.#status = text;
    await this.write(cleared + text);
  }

  /** A line for people or logs on standard error. */
  note(text: string): void {
    if (this.#status !== "" && this.#stderr.isTTY) this.#stderr.write("\r\u001b[2K");
    this.#stderr.write(`${text}\n`);
  }

  /** Resolves when everything written has left this process, standard error included. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => (this.#failure === null ? this.#stdout.write("", () => resolve()) : resolve()));
    await new Promise<void>((resolve) => this.#stderr.write("", () => resolve()));
    // The listener stays: an error that comes late must not end the process with a stack trace.
  }

  #clearing(): string {
    return this.#status === "" ? "" : "\r\u001b[2K";
  }
}
