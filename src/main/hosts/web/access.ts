/**
 * Who may use the web host: whoever was given an address with a one-time token, and from then on whoever holds the cookie.
 *
 * Any page in the person's browser can send requests to 127.0.0.1, and a name of an attacker's can be made to resolve to it.
 * Hence the exact list of Host values, a cookie that other sites cannot send, and the Origin check on the WebSocket.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** Bytes of a token and of the cookie's value. */
const SECRET_BYTES = 32;

export class Access {
  readonly #hosts: ReadonlySet<string>;
  readonly #cookieName: string;
  readonly #session = randomBytes(SECRET_BYTES).toString("base64url");
  #tokens: readonly Buffer[] = [];

  constructor(port: number) {
    const suffix = port === 80 ? "" : `:${port}`;
    this.#hosts = new Set([`127.0.0.1${suffix}`, `localhost${suffix}`]);
    // Cookies do not tell ports apart, so two studios need two names.
    this.#cookieName = `descent-${port}`;
  }

  isKnownHost(headers: IncomingHttpHeaders): boolean {
    return headers.host !== undefined && this.#hosts.has(headers.host);
  }

  /** Whether the page that opens a WebSocket came from this host by the same name. */
  isOwnOrigin(headers: IncomingHttpHeaders): boolean {
    return headers.origin === `http://${headers.host}`;
  }

  hasSession(headers: IncomingHttpHeaders): boolean {
    const wanted = `${this.#cookieName}=`;
    const value = (headers.cookie ?? "")
      .split(";")
      .map((pair) => pair.trim())
      .find((pair) => pair.startsWith(wanted))
      ?.slice(wanted.length);
    return value !== undefined && timingSafeEqual(digest(value), digest(this.#session));
  }

  /** A token that can be exchanged for the session once. */
  issueToken(): string {
    const token = randomBytes(SECRET_BYTES).toString("base64url");
    this.#tokens = [...this.#tokens, digest(token)];
    return token;
  }

  /** Spends a token; the Set-Cookie value it buys, or null where it is unknown or spent. */
  exchange(token: string): string | null {
    const spent = digest(token);
    const left = this.#tokens.filter((known) => !timingSafeEqual(known, spent));
    if (left.length === this.#tokens.length) return null;
    this.#tokens = left;
    return `${this.#cookieName}=${this.#session}; HttpOnly; SameSite=Strict; Path=/`;
  }
}

/** Digests have one length, so that comparing them takes the same time for any guess. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
