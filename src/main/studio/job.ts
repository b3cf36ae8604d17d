/** Runs a job in a separate trainer process, as long as its caller is there. */

import type { CheckpointInfo } from "../../shared/contract/runs.ts";
import { Fault } from "../../shared/kit/fault.ts";
import type { HostToTrainer, TrainerJob, TrainerToHost } from "../training/protocol.ts";
import type { SpawnTrainer } from "../training/spawn.ts";
import { log } from "./log.ts";
import { describeExit } from "./words.ts";

export interface JobOptions {
  /** The place for a fault: `run 3f2a…`. */
  readonly place: string;
  /** Describes the job: "the evaluation". */
  readonly work: string;
  readonly job: TrainerJob;
  /** Ends the trainer when the caller leaves. */
  readonly signal: AbortSignal;
  /** A checkpoint that is in use and remains; null if there is none. */
  readonly checkpoint: Pick<CheckpointInfo, "step"> | null;
  readonly onMessage?: (message: TrainerToHost) => void;
  /** Receives a function that sends messages to the trainer. */
  readonly onStart?: (send: (message: HostToTrainer) => void) => void;
}

/** Messages of a trainer during a job, except those about its start and end. */
export interface JobMessage {
  readonly message: TrainerToHost;
  answer(message: HostToTrainer): void;
}

/** Resolves with the trainer's last message. */
export async function performJob(
  spawnTrainer: SpawnTrainer,
  { place, work, job, signal, checkpoint, onMessage = () => {}, onStart = () => {} }: JobOptions,
): Promise<Extract<TrainerToHost, { readonly type: "done" }>> {
  signal.throwIfAborted();
  const trainer = spawnTrainer();
  onStart((message) => trainer.send(message));
  const { promise, resolve, reject } = Promise.withResolvers<Extract<TrainerToHost, { readonly type: "done" }>>();
  trainer.onMessage((message: TrainerToHost) => {
    if (message.type === "ready") trainer.send({ type: "job", job });
    else if (message.type === "done") resolve(message);
    else if (message.type === "failed") reject(new Fault(message.kind, message.problems));
    else if (message.type === "log") log.warn(message.text);
    else onMessage(message);
  });
  trainer.onExit((code, exitSignal) =>
    reject(
      signal.aborted
        ? signal.reason
        : new Fault("environment", [
            {
              place,
              expected: `${work} must finish`,
              received: describeExit(code, exitSignal, checkpoint),
              remedy: "Close other programs and try again.",
            },
          ]),
    ),
  );
  const abort = () => trainer.kill();
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await promise;
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** Streams a job's messages until it ends. The trainer ends when the listener leaves. */
export async function* streamJob(spawnTrainer: SpawnTrainer, options: Omit<JobOptions, "onMessage" | "onStart">): AsyncGenerator<JobMessage> {
  const messages: TrainerToHost[] = [];
  let wake = () => {};
  let over = false;
  let answer: JobMessage["answer"] = () => {};
  const left = new AbortController();
  const work = performJob(spawnTrainer, {
    ...options,
    signal: AbortSignal.any([options.signal, left.signal]),
    onStart: (send) => {
      answer = send;
    },
    onMessage: (message) => {
      messages.push(message);
      wake();
    },
  }).finally(() => {
    over = true;
    wake();
  });
  // Errors are thrown below, after the messages so far.
  work.catch(() => {});
  try {
    for (;;) {
      const message = messages.shift();
      if (message !== undefined) yield { message, answer };
      else if (over) break;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
    await work;
  } finally {
    left.abort();
  }
}
