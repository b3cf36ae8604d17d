/**
 * Handles Ctrl-C and similar signals. The first signal asks the command to end with a checkpoint; the second ends the process at once (a trainer that
 * loses its host writes its own checkpoint).
 */
import { ExitStatus } from "./exitStatus.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** The terminal, npm and the launcher each forward the same Ctrl-C, so a signal this soon does not count as a second one. */
const ECHO_MS = 1000;

export class Interruption {
  readonly #controller = new AbortController();
  #firstAt = Number.NEGATIVE_INFINITY;
  readonly #onSignal = (): void => {
    const now = performance.now();
    if (now - this.#firstAt < ECHO_MS) return;
    if (this.#controller.signal.aborted) process.exit(ExitStatus.interrupted);
    this.#firstAt = now;
    this.#controller.abort();
  };

  constructor() {
    for (const name of SIGNALS) process.on(name, this.#onSignal);
  }

  get happened(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Calls the listener once, at the first signal, or now if it has already come. */
  onInterrupt(listener: () => void): void {
    if (this.happened) listener();
    else this.#controller.signal.addEventListener("abort", listener, { once: true });
  }

  /** Treats another event as a signal, such as closed standard output. */
  trigger(): void {
    this.#controller.abort();
  }

  stopListening(): void {
    for (const name of SIGNALS) process.off(name, this.#onSignal);
  }
}
