/** A thread that augments samples: it owns the program, receives raw samples, and returns what the network will see. */
import { parentPort, workerData } from "node:worker_threads";
import { internal } from "../../shared/kit/fault.ts";
import { AugmentationProgram, type AugmentationSource } from "./programs/augment.ts";

export interface AugmentRequest {
  readonly id: number;
  readonly samples: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
  /** Sample numbers in the data set. */
  readonly numbers: Uint32Array;
  /** From 1. */
  readonly epoch: number;
}

export type AugmentAnswer = { readonly id: number; readonly augmented: Float32Array<ArrayBuffer> } | { readonly id: number; readonly error: unknown };

const port = parentPort;
if (port === null) throw internal("an augmenting thread must be started by its pool");
const source: AugmentationSource = workerData;
const program = AugmentationProgram.compile(source);
// Each request reports its error; a rejection before the first request must not end the thread.
program.catch(() => {});

/** null: no more requests follow, and the thread ends when it has finished those it has. */
port.on("message", (request: AugmentRequest | null) => {
  if (request === null) {
    port.close();
    return;
  }
  const { id, samples, numbers, epoch } = request;
  const answer = async () => {
    const augmented = await (await program).run(source, samples, numbers, new Uint32Array(numbers.length).fill(epoch));
    port.postMessage({ id, augmented } satisfies AugmentAnswer, [augmented.buffer]);
  };
  answer().catch((error: unknown) => port.postMessage({ id, error } satisfies AugmentAnswer));
});
