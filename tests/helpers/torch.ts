/** The Python that has PyTorch, and its scripts run one after the other in one process (scripts.py). */
import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** Whether both are installed, without the second that importing them takes. */
const INSTALLED = `from importlib.util import find_spec; exit(0 if find_spec("torch") and find_spec("numpy") else 1)`;

/** Debian's, which has the package python3-torch, or whatever is first on the path; null where none has torch and numpy. */
export const python: string | null =
  ["/usr/bin/python3", "python3"].find((each) => spawnSync(each, ["-c", INSTALLED], { timeout: 60_000 }).status === 0) ?? null;

export interface Scripted {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs scripts until it is closed. */
export class Scripts {
  readonly #child = spawn(python ?? "python3", [fileURLToPath(new URL("./scripts.py", import.meta.url))], { stdio: ["pipe", "pipe", "inherit"] });
  readonly #answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();

  /** One at a time. @param argv the script and its arguments */
  async run(...argv: readonly string[]): Promise<Scripted> {
    this.#child.stdin.write(`${JSON.stringify(argv)}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error("scripts.py has ended");
    return JSON.parse(value);
  }

  close(): void {
    this.#child.stdin.end();
  }
}
