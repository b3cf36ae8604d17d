/** How the web host answers: with the same headers everywhere, and without reading what it does not want. */
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { securityHeaders } from "../policy.ts";

/** How much of a body is read and thrown away, so that a sender that is not done yet gets to read the answer. */
interface Patience {
  readonly bytes: number;
  /** Without a byte. */
  readonly idleMs: number;
  readonly totalMs: number;
}

/** For anyone: what is on its way already. */
const LITTLE: Patience = { bytes: 64 * 1024, idleMs: 500, totalMs: 1000 };
/** For the studio's own page, which would otherwise see a lost connection in place of the answer. */
const WHOLE: Patience = { bytes: Number.POSITIVE_INFINITY, idleMs: 10_000, totalMs: Number.POSITIVE_INFINITY };

const PLAIN = { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" };

/** Sets the headers that every answer has. @param host the name the page knows this host by; null for a name that is not ours */
export function protect(response: ServerResponse, host: string | null): void {
  for (const [name, value] of Object.entries(securityHeaders(host === null ? [] : [`ws://${host}`]))) response.setHeader(name, value);
}

/** A short text. A refusal ends the connection; `isOwn` tells the studio's page from a stranger. */
export async function say(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  text = `${STATUS_CODES[status]}\n`,
  isOwn = false,
): Promise<void> {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { ...PLAIN, "Content-Length": Buffer.byteLength(text), ...(status >= 400 ? { Connection: "close" } : {}) });
  if (status >= 400) {
    response.write(text);
    await discard(request, isOwn ? WHOLE : LITTLE);
    response.end();
  } else response.end(status === 204 ? undefined : text);
}

/** The whole answer as bytes, for a socket that has no response object. */
export function rawAnswer(status: number): string {
  const lines = Object.entries({ ...securityHeaders(), ...PLAIN, "Content-Length": "0", Connection: "close" }).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`, ...lines, "", ""].join("\r\n");
}

/** Answers on a bare socket and closes it, whether or not the other side does. */
export function refuseSocket(socket: Duplex, status: number): void {
  socket.on("error", () => socket.destroy());
  if (socket.writable) socket.end(rawAnswer(status), () => socket.destroy());
  else socket.destroy();
}

/** Whether a request announces a body. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

function discard(request: IncomingMessage, { bytes, idleMs, totalMs }: Patience): Promise<void> {
  return new Promise((resolve) => {
    if (request.readableEnded || request.destroyed) return resolve();
    let left = bytes;
    const idle = setTimeout(done, idleMs);
    const total = Number.isFinite(totalMs) ? setTimeout(done, totalMs) : undefined;
    request.on("data", take).once("end", done).once("close", done).once("error", done).resume();
    function take(chunk: Buffer): void {
      left -= chunk.length;
      if (left < 0) done();
      else idle.refresh();
    }
    function done(): void {
      clearTimeout(idle);
      clearTimeout(total);
      request.off("data", take).pause();
      resolve();
    }
  });
}
