/** Connections that have not shown the session's secret: their number is limited, and the oldest is closed for a new one. */
import type { Socket } from "node:net";

const MAX_STRANGERS = 64;

export class Strangers {
  readonly #max: number;
  readonly #sockets = new Set<Socket>();

  constructor(max = MAX_STRANGERS) {
    this.#max = max;
  }

  /** Their present number. */
  get count(): number {
    return this.#sockets.size;
  }

  add(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
    const [oldest] = this.#sockets;
    if (this.#sockets.size > this.#max) oldest?.destroy();
  }

  /** Called when a connection has shown the secret. */
  welcome(socket: Socket): void {
    this.#sockets.delete(socket);
  }
}
