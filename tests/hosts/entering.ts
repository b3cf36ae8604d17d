/** Comes into a web host as its page does, and talks to it as nothing but a test would. */
import { type IncomingHttpHeaders, request } from "node:http";
import type { WebHost } from "../../src/main/hosts/web/server.ts";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** A request as it goes over the wire: fetch would tidy the path and forbid the Host header. */
export function ask(host: Pick<WebHost, "port">, target: string, { method = "GET", headers = {}, body }: Sent = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port: host.port, path: target, method, headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

export function originOf({ port }: Pick<WebHost, "port">): string {
  return `http://127.0.0.1:${port}`;
}

export function tokenOf(url: string): string {
  return /#token=([\w-]{43})$/.exec(url)?.[1] ?? "";
}

/** Spends a printed address; the session's secret. */
export async function enter(host: WebHost, url = host.url): Promise<string> {
  const { status, body } = await ask(host, "/session", { method: "POST", headers: { origin: originOf(host), "descent-token": tokenOf(url) } });
  if (status !== 200) throw new Error(`the token was refused with ${status}`);
  return body;
}

/** What the window sends with every request but the WebSocket. */
export function ownHeaders(host: WebHost, secret: string): Record<string, string> {
  return { origin: originOf(host), "descent-session": secret };
}

/** What the window sends to open its WebSocket. */
export function socketHeaders(host: WebHost, secret: string): Record<string, string> {
  return { origin: originOf(host), "sec-websocket-protocol": `descent.rpc, ${secret}` };
}
