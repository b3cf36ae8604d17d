/**
 * Augmentation in separate threads, so that the next batches are prepared while the runtime trains on the present ones. A call of the runtime blocks its
 * JavaScript thread, so one thread could not do both.
 */
import { existsSync } from "node:fs";
import os from "node:os";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { at, internal } from "../../shared/kit/fault.ts";
import type { AugmentAnswer, AugmentRequest } from "./augmentWorker.ts";
import { type AugmentationSource, CHUNK } from "./programs/augment.ts";

/** More threads would slow down training. */
const MAX_THREADS = 4;

export class Augmenter {
  readonly #threads: readonly Thread[];
  readonly #size: number;
  #nextId = 0;

  constructor(source: AugmentationSource) {
    this.#size = source.facts.sampleShape.reduce((product, dim) => product * dim, 1);
    const count = Math.max(1, Math.min(MAX_THREADS, Math.floor(os.availableParallelism() / 2)));
    this.#threads = Array.from({ length: count }, () => new Thread(source));
  }

  /**
   * Augments some samples for one epoch.
   * @param samples [numbers.length, ...sampleShape]; the buffer is transferred and empty afterwards
   * @param numbers sample numbers in the data set
   * @param epoch from 1
   */
  async run(samples: Uint8Array | Float32Array, numbers: Uint32Array, epoch: number): Promise<Float32Array<ArrayBuffer>> {
    const chunks = Math.ceil(numbers.length / CHUNK);
    const share = Math.ceil(chunks / this.#threads.length) * CHUNK;
    const parts = this.#threads
      .map((thread, i) => ({ thread, start: i * share, end: Math.min(numbers.length, (i + 1) * share) }))
      .filter(({ start, end }) => end > start);
    const made = await Promise.all(
      parts.map(({ thread, start, end }) =>
        thread.ask({
          id: this.#nextId++,
          // Copied, so that the buffer can be transferred.
          samples: parts.length === 1 && ownsBuffer(samples) ? samples : samples.slice(start * this.#size, end * this.#size),
          numbers: numbers.slice(start, end),
          epoch,
        }),
      ),
    );
    if (made.length === 1) return at(made, 0);
    const whole = new Float32Array(numbers.length * this.#size);
    for (const [i, { start }] of parts.entries()) whole.set(at(made, i), start * this.#size);
    return whole;
  }

  /** Rejects pending requests, after the threads have finished them. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }
}

function ownsBuffer(samples: Uint8Array | Float32Array): samples is Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer> {
  return samples.buffer instanceof ArrayBuffer && samples.byteLength === samples.buffer.byteLength;
}

class Thread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, PromiseWithResolvers<Float32Array<ArrayBuffer>>>();
  /** Why the thread ended: it answers no more requests, so these are rejected at once. */
  #end: { readonly error: unknown } | null = null;

  constructor(source: AugmentationSource) {
    this.#worker = new Worker(workerEntry(), { workerData: source });
    // A pool that was not closed does not keep its process alive.
    this.#worker.unref();
    this.#worker.on("message", (answer: AugmentAnswer) => {
      const asked = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if ("error" in answer) asked?.reject(answer.error);
      else asked?.resolve(answer.augmented);
    });
    this.#worker.on("error", (error) => this.#ended(error));
    this.#worker.on("exit", () => this.#ended(internal("an augmenting thread ended")));
  }

  ask(request: AugmentRequest): Promise<Float32Array<ArrayBuffer>> {
    if (this.#end !== null) return Promise.reject(this.#end.error);
    const asked = Promise.withResolvers<Float32Array<ArrayBuffer>>();
    this.#waiting.set(request.id, asked);
    this.#worker.postMessage(request, [request.samples.buffer]);
    return asked.promise;
  }

  /** Does not use `terminate`: the runtime aborts the whole process if its thread is terminated during a call. */
  async close(): Promise<void> {
    if (this.#end !== null) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#worker.once("exit", () => resolve());
    this.#worker.ref();
    this.#worker.postMessage(null);
    await promise;
  }

  #ended(error: unknown): void {
    this.#end ??= { error };
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** `augmentWorker.js` next to the running bundle, or the source file in a checkout. */
function workerEntry(): string {
  const bundled = fileURLToPath(new URL("./augmentWorker.js", import.meta.url));
  return existsSync(bundled) ? bundled : fileURLToPath(new URL("./augmentWorker.ts", import.meta.url));
}
