/** Starts trainer processes for a studio, with the same interface for Node's fork and Electron's utility process. */
import { fork } from "node:child_process";
import { existsSync } from "node:fs";
import os from "node:os";
import { fileURLToPath } from "node:url";
import type { HostToTrainer, TrainerToHost } from "./protocol.ts";

export interface TrainerProcess {
  readonly pid: number | undefined;
  send(message: HostToTrainer): void;
  onMessage(listener: (message: TrainerToHost) => void): void;
  /** Called once. Code and signal as Node reports them. */
  onExit(listener: (code: number | null, signal: string | null) => void): void;
  /** Sends SIGKILL, for a trainer that does not respond. */
  kill(): void;
}

export type SpawnTrainer = () => TrainerProcess;

/** The trainer's entry: `trainer.js` next to the running bundle, or the source file in a checkout. */
export function trainerEntry(): string {
  const bundled = fileURLToPath(new URL("./trainer.js", import.meta.url));
  return existsSync(bundled) ? bundled : fileURLToPath(new URL("./trainer.ts", import.meta.url));
}

/** Images are decoded in libuv's threads. Their number (by default four) can only be set when the process starts. */
export function trainerEnvironment(): NodeJS.ProcessEnv {
  return { UV_THREADPOOL_SIZE: String(Math.max(4, os.availableParallelism())), ...process.env };
}

/** A trainer as a child of this Node process. Its standard output goes to our standard error, which is for logs. */
export const forkTrainer: SpawnTrainer = () => forkTrainerFrom(trainerEntry());

/** @param entry the module to run */
export function forkTrainerFrom(entry: string): TrainerProcess {
  const child = fork(entry, [], { serialization: "advanced", stdio: ["ignore", 2, 2, "ipc"], execArgv: [], env: trainerEnvironment() });
  // A message to an ending trainer is dropped; "close" reports how it ended.
  child.on("error", () => {});
  return {
    pid: child.pid,
    send: (message) => {
      if (child.connected) child.send(message);
    },
    onMessage: (listener) => void child.on("message", (message) => listener(message as TrainerToHost)),
    // Not "exit", which can come before the last messages were read; "close" comes after the channel has ended.
    onExit: (listener) => void child.once("close", listener),
    kill: () => void child.kill("SIGKILL"),
  };
}
