/** The thread that asks samplers and analyses trials. It starts with the first question that needs it, and ends with the studio. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { internal } from "../../shared/kit/fault.ts";
import { samplerDefinition } from "../../shared/tuning/definitions.ts";
import { type Answers, answer, type Question } from "./questions.ts";

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

type Reply = { readonly id: number; readonly answer: unknown } | { readonly id: number; readonly error: string };

export class TuningThread {
  #worker: Worker | null = null;
  #count = 0;
  #closed = false;
  readonly #waiting = new Map<number, Waiting>();

  /**
   * @throws Error if the sampler fails, or the thread was closed
   */
  async ask<Q extends Question>(question: Q): Promise<Answers[Q["type"]]> {
    // The answer's type follows from the question's, which the compiler cannot see through a switch.
    return (isQuick(question) ? answer(question) : await this.#send(question)) as Answers[Q["type"]];
  }

  /** Ends the thread; what was asked is rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#worker?.terminate();
  }

  #send(question: Question): Promise<unknown> {
    if (this.#closed) throw internal("the tuning thread is closed");
    const worker = this.#worker ?? this.#start();
    const id = this.#count++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.postMessage({ id, question });
    });
  }

  #start(): Worker {
    // Options of this process, such as the one for a script given as text, are not for a file.
    const worker = new Worker(entry(), { execArgv: [] });
    worker.unref();
    worker.on("message", (reply: Reply) => {
      const waiting = this.#waiting.get(reply.id);
      this.#waiting.delete(reply.id);
      if ("error" in reply) waiting?.reject(internal(`a sampler failed: ${reply.error}`));
      else waiting?.resolve(reply.answer);
    });
    worker.on("error", (error) => this.#ended(error));
    worker.on("exit", () => this.#ended(internal("the tuning thread ended")));
    this.#worker = worker;
    return worker;
  }

  #ended(error: unknown): void {
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** A sampler that believes nothing has no model, and takes less time than a message. */
function isQuick(question: Question): boolean {
  return question.type !== "importance" && samplerDefinition(question.config).believe === undefined;
}

/** `tuningWorker.js` next to the running bundle, or the source file in a checkout. */
function entry(): string {
  const bundled = fileURLToPath(new URL("./tuningWorker.js", import.meta.url));
  return existsSync(bundled) ? bundled : fileURLToPath(new URL("./tuningWorker.ts", import.meta.url));
}
