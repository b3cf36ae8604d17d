/**
 * The host's side of the data room, a process that answers questions about data. It starts with the first question and ends after some idle time. Its
 * work never blocks the host. If it crashes, the pending questions fail, and the next question starts a new process.
 */
import { Fault, internal } from "../../../shared/kit/fault.ts";
import type { RoomAnswers, RoomQuestion } from "../../training/room/questions.ts";
import type { SpawnTrainer, TrainerProcess } from "../../training/spawn.ts";
import { log } from "../log.ts";
import { describeExit } from "../words.ts";

const IDLE_MS = 120_000;

interface Asked {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: unknown) => void;
}

export class DataRoom {
  readonly #spawn: SpawnTrainer;
  readonly #idleMs: number;
  readonly #asked = new Map<number, Asked>();
  #trainer: TrainerProcess | null = null;
  /** Questions asked before the process was ready. */
  #early: (() => void)[] | null = null;
  #nextId = 0;
  #idle: NodeJS.Timeout | undefined;

  /** @param idleMs the process ends after this time without questions */
  constructor(spawn: SpawnTrainer, idleMs = IDLE_MS) {
    this.#spawn = spawn;
    this.#idleMs = idleMs;
  }

  /** @throws Fault if the question's data are wrong, or the process ended */
  ask<Q extends RoomQuestion>(question: Q): Promise<RoomAnswers[Q["type"]]> {
    const id = this.#nextId++;
    const { promise, resolve, reject } = Promise.withResolvers<RoomAnswers[Q["type"]]>();
    this.#asked.set(id, { resolve, reject });
    clearTimeout(this.#idle);
    const trainer = this.#trainer ?? this.#start();
    const send = () => trainer.send({ type: "question", id, question });
    if (this.#early === null) send();
    else this.#early.push(send);
    return promise.finally(() => this.#rest());
  }

  close(): void {
    clearTimeout(this.#idle);
    this.#trainer?.kill();
    this.#trainer = null;
  }

  #start(): TrainerProcess {
    const trainer = this.#spawn();
    this.#trainer = trainer;
    this.#early = [];
    trainer.onMessage((message) => {
      if (message.type === "ready") {
        trainer.send({ type: "job", job: { type: "room" } });
        for (const send of this.#early ?? []) send();
        this.#early = null;
      } else if (message.type === "answer") this.#take(message.id)?.resolve(message.answer as never);
      else if (message.type === "refusal") this.#take(message.id)?.reject(new Fault("input", message.problems));
      else if (message.type === "log") log.warn(message.text);
    });
    trainer.onExit((code, signal) => {
      if (this.#trainer === trainer) this.#trainer = null;
      const ended = new Fault("environment", [
        {
          place: "data room",
          expected: "the process that reads data must keep running",
          received: describeExit(code, signal, null),
          remedy: "Try again; close other programs if memory was short.",
        },
      ]);
      for (const { reject } of this.#asked.values()) reject(ended);
      this.#asked.clear();
    });
    return trainer;
  }

  #take(id: number): Asked | undefined {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    return asked;
  }

  #rest(): void {
    if (this.#asked.size > 0) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      if (this.#asked.size > 0) throw internal("the data room rests while it is asked");
      this.close();
    }, this.#idleMs);
    this.#idle.unref();
  }
}
