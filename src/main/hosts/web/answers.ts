/** Responses of the web host: always with the same headers, and without reading unwanted bodies completely. */
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { securityHeaders } from "../policy.ts";

/** How much of a refused body is read and discarded, so that a sender that is still sending can receive the response. */
interface Patience {
  readonly bytes: number;
  /** Without receiving a byte. */
  readonly idleMs: number;
  readonly totalMs: number;
}

/** For anyone: only what is already on its way. */
const LITTLE: Patience = { bytes: 64 * 1024, idleMs: 500, totalMs: 1000 };
/** For the studio's own page, which would otherwise see a lost connection instead of the response. */
const WHOLE: Patience = { bytes: Number.POSITIVE_INFINITY, idleMs: 10_000, totalMs: Number.POSITIVE_INFINITY };

const PLAIN = { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" };

/** Sets the headers of every response. @param host the name by which the page knows this host; null for a wrong name */
export function protect(response: ServerResponse, host: string | null): void {
  for (const [name, value] of Object.entries(securityHeaders(host === null ? [] : [`ws://${host}`]))) response.setHeader(name, value);
}

/** Sends a short text. A refusal closes the connection; `isOwn` says whether the request is from the studio's page. */
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

/** A complete response as bytes, for a socket without response object. */
export function rawAnswer(status: number): string {
  const lines = Object.entries({ ...securityHeaders(), ...PLAIN, "Content-Length": "0", Connection: "close" }).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`, ...lines, "", ""].join("\r\n");
}

/** Responds on a bare socket and closes it, whether or not the other side does. */
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
