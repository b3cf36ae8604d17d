/**
 * Who may use the web host: a person with an address that holds a one-time token, and from then on a page that sends the session's secret.
 *
 * Any page in the person's browser can send requests to 127.0.0.1, and a name of an attacker's can be made to resolve to it: hence the exact list of Host
 * values and the Origin check. A browser sends a cookie of 127.0.0.1 to the server of every other port, so the secret is none: the page sends it by itself,
 * in a header or as a subprotocol of its WebSocket.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** Bytes of a token and of the session's secret. */
const SECRET_BYTES = 32;

export const TOKEN_HEADER = "descent-token";
export const SESSION_HEADER = "descent-session";
/** The subprotocol of the WebSocket; the secret is offered as a second one. */
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

  /** Whether a request came from a page of this host by the same name. */
  isOwnOrigin({ origin, host }: IncomingHttpHeaders): boolean {
    return origin === `http://${host}`;
  }

  /** Whether a request carries the session's secret in its header. */
  hasSession(headers: IncomingHttpHeaders): boolean {
    return this.#isSession(headers[SESSION_HEADER]);
  }

  /** Whether the offer of a WebSocket is the protocol and, behind it, the session's secret. */
  offersSession(headers: IncomingHttpHeaders): boolean {
    const [protocol, secret, ...more] = (headers["sec-websocket-protocol"] ?? "").split(",").map((part) => part.trim());
    return protocol === RPC_PROTOCOL && more.length === 0 && this.#isSession(secret);
  }

  /** Whether a token that was given out was not used yet. */
  get hasUnspentToken(): boolean {
    return this.#tokens.length > 0;
  }

  /** A token that can be exchanged for the session once. */
  issueToken(): string {
    const token = randomBytes(SECRET_BYTES).toString("base64url");
    this.#tokens = [...this.#tokens, digest(token)];
    return token;
  }

  /** Spends the token of a request: the session's secret, or null where the token is unknown or spent. */
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

/** Digests have one length, so that comparing them takes the same time for any guess. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
