/** Optuna in a process of its own: bench/optuna_worker.py, one line of JSON in, one out. */
import { type ChildProcessByStdio, spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Point, Space } from "../../src/shared/catalog/samplers/space.ts";

const PYTHON = "/usr/bin/python3";

/** Optuna's samplers by the names that the worker knows. */
export const OPTUNA_SAMPLERS = ["TPE, multivariate", "TPE", "CMA-ES", "quasi-random", "random"] as const;
export type OptunaSampler = (typeof OPTUNA_SAMPLERS)[number];

const ready = z.object({ ready: z.literal(true), version: z.string() });
const checked = z.object({ values: z.array(z.number()) });
const missing = z.object({ missing: z.string() });
const searched = z.union([z.object({ values: z.array(z.number()), seen: z.array(z.number()) }), missing]);
const timed = z.union([z.object({ milliseconds: z.number() }), missing]);

export interface SearchRequest {
  readonly search: string;
  readonly space: Space;
  readonly sampler: OptunaSampler;
  readonly seed: number;
  readonly trials: number;
  readonly noise: number;
}

export class Optuna {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;
  /** Answers come in the order of the questions. */
  #last: Promise<unknown> = Promise.resolve();
  version = "";

  private constructor() {
    this.#child = spawn(PYTHON, [fileURLToPath(new URL("../optuna_worker.py", import.meta.url))], { stdio: ["pipe", "pipe", "inherit"] });
    // What a dead worker is asked fails at the answer, with a better message.
    this.#child.stdin.on("error", () => {});
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Null where Python has no Optuna. */
  static async start(): Promise<Optuna | null> {
    if (spawnSync(PYTHON, ["-c", "import optuna"], { stdio: "ignore" }).status !== 0) return null;
    const optuna = new Optuna();
    optuna.version = ready.parse(await optuna.#next()).version;
    return optuna;
  }

  /** The worker's values of a function. */
  async check(name: string, points: readonly Point[]): Promise<readonly number[]> {
    return checked.parse(await this.#ask({ check: name, points })).values;
  }

  async search(request: SearchRequest) {
    return searched.parse(await this.#ask(request));
  }

  /** Milliseconds of one proposal after each of those numbers of trials. */
  async time(name: string, space: Space, sampler: OptunaSampler, trials: number) {
    return timed.parse(await this.#ask({ time: name, space, sampler, trials }));
  }

  kill(): void {
    this.#child.kill();
  }

  #ask(question: object): Promise<unknown> {
    const answer = this.#last.then(() => {
      this.#child.stdin.write(`${JSON.stringify(question)}\n`);
      return this.#next();
    });
    this.#last = answer.catch(() => {});
    return answer;
  }

  async #next(): Promise<unknown> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error("the Optuna worker ended early; what it said is above");
    return JSON.parse(value);
  }
}
