/**
 * Access control of the web host: a user with an address that contains a one-time token, and then a page that sends the session's secret.
 *
 * Any page in the user's browser can send requests to 127.0.0.1, and an attacker's host name can resolve to it. Hence the exact list of Host values and the
 * Origin check. A browser sends a cookie for 127.0.0.1 to servers on all ports, so the secret is not a cookie: the page sends it in a header, or as a
 * subprotocol of its WebSocket.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** Length in bytes of a token and of the session's secret. */
const SECRET_BYTES = 32;

export const TOKEN_HEADER = "descent-token";
export const SESSION_HEADER = "descent-session";
/** The WebSocket's subprotocol; the secret is offered as a second one. */
export const RPC_PROTOCOL = "descent.rpc";

export class Access {
  readonly #hosts: ReadonlySet<string>;
  readonly #session = randomBytes(SECRET_BYTES).toString("base64url");
  #tokens: readonly Buffer[] = [];

  constructor(port: number) {
    const suffix = port === 80 ? "" : `:${port}`;
    this.#hosts = new Set([`127.0.0.1${suffix}`, `localhost${suffix}`]);
  }

  isKnownHost({ host }: IncomingHttpHeaders): boolean {
    return host !== undefined && this.#hosts.has(host);
  }

  /** Whether a request came from this host's page, by the same host name. */
  isOwnOrigin({ origin, host }: IncomingHttpHeaders): boolean {
    return origin === `http://${host}`;
  }

  /** Whether a request has the session's secret in its header. */
  hasSession(headers: IncomingHttpHeaders): boolean {
    return this.#isSession(headers[SESSION_HEADER]);
  }

  /** Whether a WebSocket offers the protocol and, as the second one, the session's secret. */
  offersSession(headers: IncomingHttpHeaders): boolean {
    const [protocol, secret, ...more] = (headers["sec-websocket-protocol"] ?? "").split(",").map((part) => part.trim());
    return protocol === RPC_PROTOCOL && more.length === 0 && this.#isSession(secret);
  }

  /** Whether an issued token has not been used yet. */
  get hasUnspentToken(): boolean {
    return this.#tokens.length > 0;
  }

  /** Issues a token that can be exchanged once for the session's secret. */
  issueToken(): string {
    const token = randomBytes(SECRET_BYTES).toString("base64url");
    this.#tokens = [...this.#tokens, digest(token)];
    return token;
  }

  /** Exchanges the token of a request for the session's secret; null if the token is unknown or used. */
  exchange(headers: IncomingHttpHeaders): string | null {
    const token = headers[TOKEN_HEADER];
    if (typeof token !== "string") return null;
    const spent = digest(token);
    const left = this.#tokens.filter((known) => !timingSafeEqual(known, spent));
    if (left.length === this.#tokens.length) return null;
    this.#tokens = left;
    return this.#session;
  }

  #isSession(secret: string | readonly string[] | undefined): boolean {
    return typeof secret === "string" && timingSafeEqual(digest(secret), digest(this.#session));
  }
}

/** Digests have equal lengths, so comparing them takes the same time for any guess. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
