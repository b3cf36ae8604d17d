/**
 * How a browser window signs in. The address that the studio prints ends in a one-time token (`#token=…`, which browsers do not send). The page
 * exchanges it for the session's secret and keeps that in the tab's storage, so that a reload works and no other page can read it. The browser sends
 * nothing by itself, as it would send a cookie: the page sends the secret explicitly. A tab without a token asks the browser's other tabs (newcomers.ts).
 */
import { notLetIn } from "./connection.ts";
import { answerNewcomers, askForToken } from "./newcomers.ts";

const STORED = "descent.session";
/** Same names as in src/main/hosts/web/access.ts. */
const TOKEN_HEADER = "descent-token";
const SESSION_HEADER = "descent-session";
const RPC_PROTOCOL = "descent.rpc";
/** A token, followed by the route of the requested screen. */
const ADDRESS = /^#token=([\w-]+)(#\/.*)?$/;

let token: string | null = null;
let secret = read();

/** Removes the token from the page's address immediately, and begins to let in other tabs of this browser. */
export function takeToken(): void {
  token = tokenIn(window.location.hash);
  if (token !== null) window.history.replaceState(null, "", window.location.pathname + routeIn(window.location.hash));
  // If the address is opened in an existing tab, only its hash changes and the page is not loaded again.
  window.addEventListener("hashchange", () => {
    if (tokenIn(window.location.hash) !== null) window.location.reload();
  });
  answerNewcomers({ isIn: () => secret !== null, issue: () => issueToken().catch(() => null) });
}

/**
 * The protocols to offer when opening the WebSocket; null if this window has no access.
 * @throws TypeError if the host cannot be reached
 */
export async function enter(): Promise<string[] | null> {
  if (token !== null || secret !== null) await exchange();
  if (secret === null) {
    token = await askForToken();
    if (token !== null) await exchange();
  }
  return secret === null ? null : [RPC_PROTOCOL, secret];
}

/** Exchanges the token for the secret, or asks whether the stored secret is still valid. */
async function exchange(): Promise<void> {
  const headers = { ...(token === null ? {} : { [TOKEN_HEADER]: token }), ...sessionHeaders() };
  const response = await fetch("/session", { method: "POST", headers });
  token = null;
  if (response.status === 200) keep(await response.text());
  else if (response.status === 403) keep(null);
}

/** For every request of this window except the WebSocket. */
export function sessionHeaders(): Record<string, string> {
  return secret === null ? {} : { [SESSION_HEADER]: secret };
}

/**
 * Opens the studio in another tab, with its own token.
 * @param route the hash of the screen to show: `#/workbench/…`; empty for the first screen
 */
export async function openAnotherWindow(route = ""): Promise<void> {
  window.open(`/#token=${await issueToken()}${route}`, "_blank", "noopener");
}

async function issueToken(): Promise<string> {
  const response = await fetch("/session/token", { method: "POST", headers: sessionHeaders() });
  if (!response.ok) throw notLetIn();
  return response.text();
}

function tokenIn(hash: string): string | null {
  return ADDRESS.exec(hash)?.[1] ?? null;
}

/** The route behind the token in the address's hash. */
function routeIn(hash: string): string {
  return ADDRESS.exec(hash)?.[2] ?? "";
}

function read(): string | null {
  try {
    return window.sessionStorage.getItem(STORED);
  } catch {
    // A browser may forbid storage: access then lasts until the next reload.
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
