/** The WebSocket of one window: passes messages to the studio's router. An invalid message is logged and closes this connection. */
import type { AnyRouter } from "@orpc/server";
import { ORPCError, onError } from "@orpc/server";
import { type MinimalWebsocket, RPCHandler } from "@orpc/server/websocket";
import type { WebSocket } from "ws";
import { z } from "zod";

/** Messages that a window sends in the protocol of @orpc/standard-server-peer: a call, its end, or an item of a stream. */
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

/** WebSocket's close code for messages that violate a policy. */
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
    // Only checked messages are passed on to the library.
    const peer: MinimalWebsocket = { send: (data) => socket.send(data), addEventListener: () => {} };
    let broken = false;
    const drop = (why: string): void => {
      if (broken) return;
      broken = true;
      this.#tell(`${why}; its connection was closed`);
      socket.close(POLICY_VIOLATION);
      // If the other side does not confirm the close, the library disconnects after 30 s; nothing more is read.
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

  /** Reports unexpected errors; faults arrive as ORPCError and go to the caller. */
  #reportUnexpected(error: unknown): void {
    if (error instanceof ORPCError || (error instanceof Error && error.name === "AbortError")) return;
    this.#tell("a call failed because of a bug in Descent", error);
  }
}

function isMessage(text: string): boolean {
  try {
    return message.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}
