/** One window's WebSocket: its messages go to the studio's router. A message that cannot be read costs one line and this connection. */
import type { AnyRouter } from "@orpc/server";
import { ORPCError, onError } from "@orpc/server";
import { type MinimalWebsocket, RPCHandler } from "@orpc/server/websocket";
import type { WebSocket } from "ws";
import { z } from "zod";

/** Of the protocol of @orpc/standard-server-peer what a window sends: a call, the end of one, or an item of a stream. */
const message = z.union([
  z.object({
    i: z.string().max(64),
    t: z.literal(1).optional(),
    p: z.object({
      u: z.string().max(1024).startsWith("/"),
      m: z.string().max(16).optional(),
      h: z.object({ "last-event-id": z.string().optional() }).strict().optional(),
      b: z.unknown().optional(),
    }),
  }),
  z.object({ i: z.string().max(64), t: z.literal(4), p: z.unknown().optional() }),
]);

/** WebSocket's code for a message that breaks the rules of what it carries. */
const POLICY_VIOLATION = 1008;

export type Tell = (text: string, cause?: unknown) => void;

export class Wires {
  readonly #rpc: RPCHandler<Record<never, never>>;
  readonly #tell: Tell;

  constructor(router: AnyRouter, tell: Tell) {
    this.#tell = tell;
    this.#rpc = new RPCHandler(router, { interceptors: [onError((error) => this.#reportUnexpected(error))] });
  }

  take(socket: WebSocket): void {
    // Its events come from below: only what was looked at is handed on.
    const peer: MinimalWebsocket = { send: (data) => socket.send(data), addEventListener: () => {} };
    let broken = false;
    const drop = (why: string): void => {
      if (broken) return;
      broken = true;
      this.#tell(`${why}; its connection was closed`);
      socket.close(POLICY_VIOLATION);
      // Whoever does not answer the close is cut off by the library after 30 s; nothing more is read of it.
    };
    socket.on("error", () => socket.terminate());
    socket.on("close", () => this.#rpc.close(peer));
    socket.on("message", (data, isBinary) => {
      if (broken) return;
      const text = isBinary ? null : String(data);
      if (text === null || !isMessage(text)) return drop("a window sent a message that cannot be read");
      this.#rpc.message(peer, text, { context: {} }).catch((error: unknown) => {
        if (socket.readyState === socket.OPEN) drop(`a window's call could not be answered (${error instanceof Error ? error.message : String(error)})`);
      });
    });
  }

  /** Errors that a caller is not told, because they are ours; faults arrive here as ORPCError and are the caller's. */
  #reportUnexpected(error: unknown): void {
    if (error instanceof ORPCError || (error instanceof Error && error.name === "AbortError")) return;
    this.#tell("a call failed by a fault of Descent", error);
  }
}

function isMessage(text: string): boolean {
  try {
    return message.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}
