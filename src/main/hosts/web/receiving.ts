/**
 * Files that the window sends: `PUT /uploads/<id>/<path>` keeps a file, or a folder where the path ends in a slash; `POST /uploads/<id>` says where they are.
 * Whoever comes here has shown the session's secret, so a refused body is read to its end and thrown away: a browser would otherwise report a lost connection
 * in place of the answer.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import { assertNever, Fault, type FaultKind } from "../../../shared/kit/fault.ts";
import { say } from "./answers.ts";

export const UPLOADS_PATH = "/uploads/";

/** Keeps what was sent (studio/data/uploads.ts). */
export interface Receiver {
  /** @param bytes of the whole file, where the sender tells it */
  receive(id: string, parts: readonly string[], contents: Readable, bytes: number | null): Promise<void>;
  receiveFolder(id: string, parts: readonly string[]): Promise<void>;
  finish(id: string): Promise<string>;
}

/** @param idleMs without a byte, after which the sender is taken to be gone */
export async function takeUpload(request: IncomingMessage, response: ServerResponse, uploads: Receiver, idleMs: number): Promise<void> {
  const { method, url = "", headers } = request;
  const answer = (status: number, text?: string) => say(request, response, status, text, true);
  request.setTimeout(idleMs, () => {
    void say(request, response, 408);
    // When the answer is out. What was received so far is thrown away.
    setImmediate(() => request.destroy());
  });
  try {
    const [id = "", ...parts] = url.slice(UPLOADS_PATH.length).split("/").map(decodeURIComponent);
    if (method === "PUT" && parts.length > 0) {
      const length = headers["content-length"];
      if (headers.expect !== undefined) response.writeContinue();
      if (parts.length > 1 && parts.at(-1) === "") await uploads.receiveFolder(id, parts.slice(0, -1));
      else await uploads.receive(id, parts, request, length === undefined ? null : Number(length));
      await answer(201, "");
    } else if (method === "POST" && parts.length === 0) await answer(200, await uploads.finish(id));
    else await answer(405);
  } catch (error) {
    await answer(statusOf(error), error instanceof Error ? error.message : String(error));
  }
}

function statusOf(error: unknown): number {
  if (error instanceof URIError) return 400;
  return error instanceof Fault ? statusOfKind(error.kind) : 500;
}

function statusOfKind(kind: FaultKind): number {
  switch (kind) {
    case "usage":
    case "input":
    case "missing":
      return 400;
    case "conflict":
      return 409;
    case "environment":
      return 507;
    case "diverged":
      return 500;
    default:
      return assertNever(kind);
  }
}
