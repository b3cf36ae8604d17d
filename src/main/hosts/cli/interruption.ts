/**
 * Ctrl-C and its kin. The first signal asks the command to end in order, with a checkpoint; the second ends the process at once
 * (a trainer that loses its host writes its checkpoint by itself).
 */
import { ExitStatus } from "./exitStatus.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** The terminal, npm and the launcher each pass on the same Ctrl-C: what comes this soon is no second one. */
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

  /** Calls once, at the first signal, or now where it came already. */
  onInterrupt(listener: () => void): void {
    if (this.happened) listener();
    else this.#controller.signal.addEventListener("abort", listener, { once: true });
  }

  /** Treats something else as a signal: standard output that nobody reads any more. */
  trigger(): void {
    this.#controller.abort();
  }

  stopListening(): void {
    for (const name of SIGNALS) process.off(name, this.#onSignal);
  }
}
