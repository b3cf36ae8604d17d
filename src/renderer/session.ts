/**
 * How a window in a browser comes in. The address that the studio prints ends in a one-time token (`#token=…`, which a browser keeps to itself); the page
 * exchanges it for the session's secret and keeps that in its tab's storage, so that a reload works and no other page gets it. Nothing is sent by the browser
 * on its own, as a cookie would be: the page sends the secret itself.
 */
import { notLetIn } from "./connection.ts";

const STORED = "descent.session";
/** As src/main/hosts/web/access.ts names them. */
const TOKEN_HEADER = "descent-token";
const SESSION_HEADER = "descent-session";
const RPC_PROTOCOL = "descent.rpc";
/** A token and, behind it, the route of the screen that is asked for. */
const ADDRESS = /^#token=([\w-]+)(#\/.*)?$/;

let token: string | null = null;
let secret = read();

/** Takes the token out of the page's address, at once and for good. */
export function takeToken(): void {
  token = tokenIn(window.location.hash);
  if (token !== null) window.history.replaceState(null, "", window.location.pathname + routeIn(window.location.hash));
  // An address that is opened in a tab that is here already changes nothing but the end of the address.
  window.addEventListener("hashchange", () => {
    if (tokenIn(window.location.hash) !== null) window.location.reload();
  });
}

/**
 * What to offer when opening the WebSocket; null where this window is not let in.
 * @throws TypeError where the host cannot be reached
 */
export async function enter(): Promise<string[] | null> {
  if (token === null && secret === null) return null;
  const headers = { ...(token === null ? {} : { [TOKEN_HEADER]: token }), ...sessionHeaders() };
  const response = await fetch("/session", { method: "POST", headers });
  token = null;
  if (response.status === 200) keep(await response.text());
  else if (response.status === 403) keep(null);
  return secret === null ? null : [RPC_PROTOCOL, secret];
}

/** For each request of this window but the WebSocket. */
export function sessionHeaders(): Record<string, string> {
  return secret === null ? {} : { [SESSION_HEADER]: secret };
}

/**
 * Opens the studio in another tab, with a token of its own.
 * @param route the end of the address of what it shows: `#/workbench/…`; nothing for its first screen
 */
export async function openAnotherWindow(route = ""): Promise<void> {
  const response = await fetch("/session/token", { method: "POST", headers: sessionHeaders() });
  if (!response.ok) throw notLetIn();
  window.open(`/#token=${await response.text()}${route}`, "_blank", "noopener");
}

function tokenIn(hash: string): string | null {
  return ADDRESS.exec(hash)?.[1] ?? null;
}

/** What a window with a token shows. */
function routeIn(hash: string): string {
  return ADDRESS.exec(hash)?.[2] ?? "";
}

function read(): string | null {
  try {
    return window.sessionStorage.getItem(STORED);
  } catch {
    // A browser may forbid storage: then the window comes in until it is loaded again.
    return null;
  }
}

function keep(next: string | null): void {
  secret = next;
  try {
    if (next === null) window.sessionStorage.removeItem(STORED);
    else window.sessionStorage.setItem(STORED, next);
  } catch {
    // As above.
  }
}
