/** A process that times one network on request: one line in, one line of JSON out (see descent-worker.ts). */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { z } from "zod";

const ready = z.object({ ready: z.literal(true) });
const checked = z.object({ losses: z.array(z.number()) });
const timed = z.object({ microseconds: z.number(), steps: z.number(), loss: z.number() });
const ended = z.object({ peakKilobytes: z.number(), runtime: z.string() });

export interface Timing {
  /** Of one step, round by round. */
  readonly microseconds: readonly number[];
  readonly medianMicroseconds: number;
  readonly peakMegabytes: number;
  readonly runtime: string;
}

export class Worker {
  readonly #name: string;
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;
  readonly #times: number[] = [];

  private constructor(name: string, command: string, args: readonly string[]) {
    this.#name = name;
    this.#child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
    // What a dead worker is asked fails at the answer, with a better message.
    this.#child.stdin.on("error", () => {});
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Starts the process and waits until it can be asked. */
  static async start(name: string, command: string, args: readonly string[]): Promise<Worker> {
    const worker = new Worker(name, command, args);
    await worker.#answer(ready);
    return worker;
  }

  /** The losses of the first steps. */
  async check(steps: number): Promise<readonly number[]> {
    return (await this.#ask(`check ${steps}`, checked)).losses;
  }

  /** @param counted false for a round that only warms up */
  async round(seconds: number, counted: boolean): Promise<void> {
    const { microseconds } = await this.#ask(`round ${seconds}`, timed);
    if (counted) this.#times.push(microseconds);
  }

  async end(): Promise<Timing> {
    const { peakKilobytes, runtime } = await this.#ask("end", ended);
    return { microseconds: this.#times, medianMicroseconds: median(this.#times), peakMegabytes: peakKilobytes / 1024, runtime };
  }

  /** Ends the process wherever it is. */
  kill(): void {
    this.#child.kill();
  }

  #ask<T>(line: string, answer: z.ZodType<T>): Promise<T> {
    this.#child.stdin.write(`${line}\n`);
    return this.#answer(answer);
  }

  async #answer<T>(answer: z.ZodType<T>): Promise<T> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`the ${this.#name} worker ended early; what it said is above`);
    return answer.parse(JSON.parse(value));
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return (low + high) / 2;
}
