/**
 * The web host: the studio's window as a page on 127.0.0.1, and its contract over a WebSocket at `/rpc`.
 * Who may use it is decided in access.ts; what the page may do is in ../policy.ts.
 */
import { existsSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import path from "node:path";
import type { Duplex } from "node:stream";
import { type AnyRouter, ORPCError, onError } from "@orpc/server";
import { RPCHandler } from "@orpc/server/ws";
import sirv from "sirv";
import { WebSocketServer } from "ws";
import { Fault, fail, internal } from "../../../shared/kit/fault.ts";
import { securityHeaders } from "../policy.ts";
import { Access } from "./access.ts";
import { noticePage } from "./notice.ts";

/** A message from a window is a recipe at most. */
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
const RPC_PATH = "/rpc";
const UPLOADS_PATH = "/uploads/";

export interface WebHostOptions {
  readonly studio: { readonly router: AnyRouter; readonly uploads?: Receiver };
  /** A free one where 0 or absent. */
  readonly port?: number | undefined;
  /** The folder with the built window: `index.html` and its assets. */
  readonly rendererFolder: string;
}

export interface WebHost {
  /** The address for the person, with its one-time token. */
  readonly url: string;
  readonly port: number;
  /** Another address with a token of its own, for another browser. */
  freshUrl(): string;
  close(): Promise<void>;
}

/** Takes files that a browser sends (studio/data/uploads.ts). */
interface Receiver {
  receive(id: string, parts: readonly string[], contents: IncomingMessage): Promise<void>;
  receiveFolder(id: string, parts: readonly string[]): Promise<void>;
  finish(id: string): Promise<string>;
}

/** @throws Fault where the port cannot be had or the window is not built */
export async function startWebHost({ studio, port = 0, rendererFolder }: WebHostOptions): Promise<WebHost> {
  if (!existsSync(path.join(rendererFolder, "index.html"))) {
    fail("environment", rendererFolder, "must hold the built window", "a folder without index.html", "Build it with npm run build.");
  }
  const server = createServer();
  const boundPort = await listen(server, port);
  const access = new Access(boundPort);
  // Looks at the disk at each request, because a build may replace the folder under a running studio.
  const serveFile = sirv(rendererFolder, { dev: true, etag: true });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  const rpc = new RPCHandler(studio.router, { interceptors: [onError(reportUnexpected)] });

  server.on("request", (request, response) => {
    if (studio.uploads !== undefined && request.url?.startsWith(UPLOADS_PATH)) void take(request, response, access, studio.uploads);
    else answer(request, response, access, serveFile);
  });
  // A folder of many gigabytes takes its time.
  server.requestTimeout = 0;
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    const refusal = refuseUpgrade(request, access);
    if (refusal !== null) {
      socket.end(`HTTP/1.1 ${refusal} ${STATUS_CODES[refusal] ?? ""}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on("error", () => webSocket.terminate());
      void rpc.upgrade(webSocket, { context: {} });
    });
  });

  const freshUrl = (): string => `http://127.0.0.1:${boundPort}/?token=${access.issueToken()}`;
  return {
    url: freshUrl(),
    port: boundPort,
    freshUrl,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function answer(request: IncomingMessage, response: ServerResponse, access: Access, serveFile: ReturnType<typeof sirv>): void {
  const known = access.isKnownHost(request.headers);
  if (known) for (const [name, value] of Object.entries(securityHeaders([`ws://${request.headers.host}`]))) response.setHeader(name, value);
  const refusal = !known ? 421 : request.method !== "GET" && request.method !== "HEAD" ? 405 : null;
  if (refusal !== null) refuse(response, refusal);
  else if (access.hasSession(request.headers)) serve(request, response, serveFile);
  else letIn(request, response, access);
}

/** `PUT /uploads/<id>/<path>` keeps a file, or a folder where the path ends in a slash; `POST /uploads/<id>` says where they are: for whoever could open the WebSocket. */
async function take(request: IncomingMessage, response: ServerResponse, access: Access, uploads: Receiver): Promise<void> {
  const say = (status: number, text: string) => {
    // A connection that is still sending cannot be used again.
    if (status >= 400) response.setHeader("Connection", "close");
    response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" }).end(text);
  };
  const { headers, method, url = "" } = request;
  if (!access.isKnownHost(headers)) return say(421, STATUS_CODES[421] ?? "");
  if (!access.isOwnOrigin(headers) || !access.hasSession(headers)) return say(403, STATUS_CODES[403] ?? "");
  try {
    const [id = "", ...parts] = url.slice(UPLOADS_PATH.length).split("/").map(decodeURIComponent);
    if (method === "PUT" && parts.length > 0) {
      if (parts.length > 1 && parts.at(-1) === "") await uploads.receiveFolder(id, parts.slice(0, -1));
      else await uploads.receive(id, parts, request);
      say(201, "");
    } else if (method === "POST" && parts.length === 0) say(200, await uploads.finish(id));
    else say(405, STATUS_CODES[405] ?? "");
  } catch (error) {
    say(error instanceof Fault || error instanceof URIError ? 400 : 500, error instanceof Error ? error.message : String(error));
  }
}

/** Exchanges the token of the printed address for the session, or says how to come by one. */
function letIn(request: IncomingMessage, response: ServerResponse, access: Access): void {
  const token = tokenIn(request);
  const cookie = token === null ? null : access.exchange(token);
  if (cookie === null) {
    response.writeHead(403, { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" }).end(noticePage());
    return;
  }
  response.setHeader("Set-Cookie", cookie);
  redirectHome(response);
}

function serve(request: IncomingMessage, response: ServerResponse, serveFile: ReturnType<typeof sirv>): void {
  if (tokenIn(request) !== null) {
    // The printed address again, from a browser that is in already: the token leaves the address bar.
    redirectHome(response);
    return;
  }
  // Files are small, and an odd range would throw inside the file server.
  delete request.headers.range;
  response.setHeader("Cache-Control", "no-cache");
  serveFile(request, response, () => refuse(response, 404));
}

function tokenIn({ url = "/" }: IncomingMessage): string | null {
  const [pathname, query = ""] = url.split("?", 2);
  return pathname === "/" ? new URLSearchParams(query).get("token") : null;
}

function redirectHome(response: ServerResponse): void {
  response.writeHead(302, { Location: "/", "Cache-Control": "no-store" }).end();
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" }).end(`${STATUS_CODES[status] ?? status}\n`);
}

/** The status to refuse a WebSocket with, or null where it may be opened. */
function refuseUpgrade(request: IncomingMessage, access: Access): number | null {
  if (!access.isKnownHost(request.headers)) return 421;
  if (request.url !== RPC_PATH) return 404;
  if (!access.isOwnOrigin(request.headers) || !access.hasSession(request.headers)) return 403;
  return null;
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(portFault(error, port)));
    server.listen({ host: "127.0.0.1", port, exclusive: true }, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw internal("the server has no address");
  return address.port;
}

function portFault(error: NodeJS.ErrnoException, port: number): Error {
  const received = { EADDRINUSE: `${port}, which another program uses`, EACCES: `${port}, which the system keeps for itself` }[error.code ?? ""];
  if (received === undefined) return error;
  const remedy = "Give another one with --port, or none to take a free one.";
  return new Fault("environment", [{ place: "--port", expected: "must be a free port of this machine", received, remedy }], { cause: error });
}

/** Errors that a caller is not told, because they are ours; faults arrive here as ORPCError and are the caller's. */
function reportUnexpected(error: unknown): void {
  if (error instanceof ORPCError || (error instanceof Error && error.name === "AbortError")) return;
  console.error(error);
}
