/** The trainer's message channel to its host. The only place that distinguishes Node's fork from Electron's utility process. */
import { internal } from "../../shared/kit/fault.ts";
import type { HostToTrainer, TrainerToHost } from "./protocol.ts";

export interface Channel {
  send(message: TrainerToHost): void;
  /** Sends, and resolves when the message has left this process. */
  flush(message: TrainerToHost): Promise<void>;
  onMessage(listener: (message: HostToTrainer) => void): void;
  /** Called when the host has ended. */
  onLost(listener: () => void): void;
}

/** The used members of Electron's `process.parentPort`; its types need the electron package. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: "message", listener: (event: { readonly data: unknown }) => void): void;
}

export function openChannel(): Channel {
  const parentPort = "parentPort" in process ? (process.parentPort as ParentPort | undefined) : undefined;
  if (parentPort) {
    return {
      send: (message) => parentPort.postMessage(message),
      flush: async (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on("message", (event) => listener(event.data as HostToTrainer)),
      // Electron ends its utility processes with the application, so there is no event.
      onLost: () => {},
    };
  }
  const send = process.send?.bind(process);
  if (send === undefined) throw internal("a trainer must be started by a studio");
  return {
    // "disconnect" reports a closed channel; a message sent just before is dropped.
    send: (message) => void (process.connected && send(message, undefined, undefined, () => {})),
    flush: (message) => new Promise((resolve) => (process.connected ? send(message, undefined, undefined, () => resolve()) : resolve())),
    onMessage: (listener) => void process.on("message", (message) => listener(message as HostToTrainer)),
    onLost: (listener) => void process.once("disconnect", listener),
  };
}
