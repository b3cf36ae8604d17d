/**
 * Files that the window sends: `PUT /uploads/<id>/<path>` stores a file (or a folder if the path ends with a slash); `POST /uploads/<id>` returns where they
 * are. Only requests with the session's secret get here, so a refused body is read to its end and discarded: otherwise a browser would report a lost
 * connection instead of the response.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import { assertNever, Fault, type FaultKind } from "../../../shared/kit/fault.ts";
import { say } from "./answers.ts";

export const UPLOADS_PATH = "/uploads/";

/** Stores the files (studio/data/uploads.ts). */
export interface Receiver {
  /** @param bytes size of the file, if the sender states it */
  receive(id: string, parts: readonly string[], contents: Readable, bytes: number | null): Promise<void>;
  receiveFolder(id: string, parts: readonly string[]): Promise<void>;
  finish(id: string): Promise<string>;
}

/** @param idleMs time without a byte after which the sender is considered gone */
export async function takeUpload(request: IncomingMessage, response: ServerResponse, uploads: Receiver, idleMs: number): Promise<void> {
  const { method, url = "", headers } = request;
  const answer = (status: number, text?: string) => say(request, response, status, text, true);
  request.setTimeout(idleMs, () => {
    void say(request, response, 408);
    // After the response. What was received so far is discarded.
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
