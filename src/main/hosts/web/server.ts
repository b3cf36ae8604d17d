/**
 * The web host: serves the studio's window as a page on 127.0.0.1, its contract over a WebSocket at `/rpc`, and receives files from a browser. The page
 * itself is not secret, and any program on this machine may load it. Its requests need the session's secret (access.ts), which the page gets for the token
 * in its address. ../policy.ts defines what the page may do.
 */
import { existsSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import path from "node:path";
import type { Duplex } from "node:stream";
import type { AnyRouter } from "@orpc/server";
import sirv from "sirv";
import { WebSocketServer } from "ws";
import { Fault, fail, internal } from "../../../shared/kit/fault.ts";
import { log } from "../../studio/log.ts";
import { Access, RPC_PROTOCOL } from "./access.ts";
import { hasBody, protect, refuseSocket, say } from "./answers.ts";
import { type Receiver, takeUpload, UPLOADS_PATH } from "./receiving.ts";
import { Strangers } from "./strangers.ts";
import { type Tell, Wires } from "./wire.ts";

/** The largest message from a window is a recipe. */
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
const RPC_PATH = "/rpc";
const SESSION_PATH = "/session";
const TOKEN_PATH = "/session/token";

/** Time limits for the other side. */
export interface Patience {
  /** For a request's line and headers, from the connection or the end of the previous request. */
  readonly headersMs: number;
  /** Without a byte in either direction. */
  readonly idleMs: number;
}
const PATIENCE: Patience = { headersMs: 10_000, idleMs: 60_000 };

export interface WebHostOptions {
  readonly studio: { readonly router: AnyRouter; readonly uploads?: Receiver };
  /** A free port if 0 or absent. */
  readonly port?: number | undefined;
  /** The folder of the built window: `index.html` and its assets. */
  readonly rendererFolder: string;
  readonly patience?: Patience;
  /** Reports problems to the host's operator; uses the log if absent. */
  readonly tell?: Tell;
}

export interface WebHost {
  /** The address for the user, with its one-time token. */
  readonly url: string;
  readonly port: number;
  /** Another address with a new token, for another window. */
  freshUrl(): string;
  /** Calls the listener whenever a token is used, with whether another one is still valid. */
  onEntered(listener: (hasUnspentToken: boolean) => void): void;
  close(): Promise<void>;
}

/** @throws Fault if the port is not available or the window is not built */
export async function startWebHost({ studio, port = 0, rendererFolder, patience = PATIENCE, tell = logProblem }: WebHostOptions): Promise<WebHost> {
  if (!existsSync(path.join(rendererFolder, "index.html"))) {
    fail("environment", rendererFolder, "must hold the built window", "a folder without index.html", "Build it with npm run build.");
  }
  const server = createServer({
    headersTimeout: patience.headersMs,
    // Uploads may take long, but idle connections are closed.
    requestTimeout: 0,
    connectionsCheckingInterval: Math.min(1000, patience.headersMs),
    // A request without Host is answered here, with the usual headers.
    requireHostHeader: false,
  });
  server.timeout = patience.idleMs;
  const boundPort = await listen(server, port);
  const access = new Access(boundPort);
  const strangers = new Strangers();
  const wires = new Wires(studio.router, tell);
  // Reads the disk at each request, because a build may replace the folder while the studio runs.
  const serveFile = sirv(rendererFolder, { dev: true, etag: true });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    // The secret, which is offered as the second protocol, is not repeated in the response.
    handleProtocols: () => RPC_PROTOCOL,
  });
  sockets.on("wsClientError", (_error, socket) => refuseSocket(socket, 400));
  const enteredListeners: ((hasUnspentToken: boolean) => void)[] = [];
  /** The response that a socket is waiting for. */
  const pending = new WeakMap<Duplex, ServerResponse>();

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { headers, method, socket } = request;
    pending.set(socket, response);
    response.on("error", () => socket.destroy());
    const isKnown = access.isKnownHost(headers);
    protect(response, isKnown ? (headers.host ?? null) : null);
    if (!isKnown) return say(request, response, 421);
    const [pathname = "/"] = (request.url ?? "/").split("?", 1);
    const isOwn = access.isOwnOrigin(headers) && access.hasSession(headers);
    if (isOwn) strangers.welcome(socket);
    const isUpload = pathname.startsWith(UPLOADS_PATH);
    if (!isUpload && hasBody(request)) return say(request, response, 413);
    if (isUpload || pathname === TOKEN_PATH) {
      if (!isOwn) return say(request, response, 403);
      if (isUpload && studio.uploads !== undefined) return takeUpload(request, response, studio.uploads, patience.idleMs);
      return method === "POST" && !isUpload ? say(request, response, 200, access.issueToken()) : say(request, response, 405);
    }
    if (pathname === SESSION_PATH) {
      if (!access.isOwnOrigin(headers)) return say(request, response, 403);
      return method === "POST" ? letIn(request, response) : say(request, response, 405);
    }
    if (method !== "GET" && method !== "HEAD") return say(request, response, 405);
    // Files are small, and an invalid range would throw inside the file server.
    delete headers.range;
    response.setHeader("Cache-Control", "no-cache");
    serveFile(request, response, () => void say(request, response, 404));
  };

  /** Exchanges a token for the session's secret, or says whether a page's stored secret is still valid. */
  const letIn = (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const secret = access.exchange(request.headers);
    if (secret === null) return access.hasSession(request.headers) ? say(request, response, 204, "") : say(request, response, 403);
    for (const listener of enteredListeners) listener(access.hasUnspentToken);
    return say(request, response, 200, secret);
  };

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch((error: unknown) => {
      tell("a request could not be answered", error);
      request.socket.destroy();
    });
  };
  server.on("connection", (socket) => strangers.add(socket));
  server.on("request", handle);
  // "100 Continue" is only sent when the body is going to be read.
  server.on("checkContinue", handle);
  server.on("checkExpectation", (request, response) => {
    protect(response, null);
    void say(request, response, 417);
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (error.code === "ECONNRESET") socket.destroy();
    // A response may be in progress when a later part of the input is invalid; short ones have been sent by then.
    else if (pending.get(socket)?.writableFinished === false) setImmediate(() => socket.destroy());
    else refuseSocket(socket, { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }[error.code ?? ""] ?? 400);
  });
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = refuseUpgrade(request, access);
    if (refusal !== null) return refuseSocket(socket, refusal);
    strangers.welcome(request.socket);
    sockets.handleUpgrade(request, socket, head, (webSocket) => wires.take(webSocket));
  });

  const freshUrl = (): string => `http://127.0.0.1:${boundPort}/#token=${access.issueToken()}`;
  return {
    url: freshUrl(),
    port: boundPort,
    freshUrl,
    onEntered: (listener) => void enteredListeners.push(listener),
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

/** The status for refusing a WebSocket, or null if it may be opened. */
function refuseUpgrade(request: IncomingMessage, access: Access): number | null {
  if (!access.isKnownHost(request.headers)) return 421;
  if (request.url !== RPC_PATH) return 404;
  if (!access.isOwnOrigin(request.headers) || !access.offersSession(request.headers)) return 403;
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
  const received = { EADDRINUSE: `${port}, which another program uses`, EACCES: `${port}, which the system reserves` }[error.code ?? ""];
  if (received === undefined) return error;
  const remedy = "Choose another one with --port, or leave it out to use a free one.";
  return new Fault("environment", [{ place: "--port", expected: "must be a free port of this machine", received, remedy }], { cause: error });
}

function logProblem(text: string, cause?: unknown): void {
  if (cause === undefined) log.warn(text);
  else log.error({ err: cause }, text);
}
