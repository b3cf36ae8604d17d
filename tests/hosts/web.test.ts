import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { createORPCClient, ORPCError } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import { os as procedure, type RouterClient } from "@orpc/server";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { WebSocket as NodeSocket } from "ws";
import { startWebHost, type WebHost } from "../../src/main/hosts/web/server.ts";
import { encodeFault } from "../../src/shared/contract/faults.ts";
import { Fault } from "../../src/shared/kit/fault.ts";

const router = {
  double: procedure.handler(({ input }) => Number(input) * 2),
  refuse: procedure.handler(() => {
    throw encodeFault(new Fault("input", [{ place: "optimizer.lr", expected: "must be positive", received: "-1", remedy: "Raise it." }]));
  }),
  count: procedure.handler(async function* ({ signal }) {
    for (let value = 0; !signal?.aborted; value++) {
      yield value;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }),
};

let folder: string;
let secretFile: string;
let host: WebHost;

beforeAll(() => {
  const parent = mkdtempSync(path.join(os.tmpdir(), "descent-web-"));
  folder = path.join(parent, "renderer");
  secretFile = path.join(parent, "secret.txt");
  writeFileSync(secretFile, "not for the page");
  symlinkSync(mkdtempSync(path.join(parent, "r-")), folder);
  writeFileSync(path.join(folder, "index.html"), "<!doctype html><title>studio</title>");
  writeFileSync(path.join(folder, "app.js"), "export {};");
});
afterAll(() => rmSync(path.dirname(folder), { recursive: true }));

beforeEach(async () => {
  host = await startWebHost({ studio: { router }, rendererFolder: folder });
  return () => host.close();
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request as it goes over the wire: fetch would tidy paths and forbid the Host header. */
function get(target: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port: host.port, path: target, method, headers, agent: false }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => {
        body += text;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.once("error", reject);
    sent.end();
  });
}

function tokenPath(url = host.url): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

/** Spends the printed address and returns the cookie. */
async function enter(): Promise<string> {
  const { headers } = await get(tokenPath());
  const [cookie] = headers["set-cookie"] ?? [];
  return cookie?.split(";")[0] ?? "";
}

/** The status the upgrade ended with; 101 where it was opened. */
function upgrade(headers: Record<string, string>, target = "/rpc"): Promise<number> {
  return new Promise((resolve) => {
    const socket = new NodeSocket(`ws://127.0.0.1:${host.port}${target}`, { headers });
    socket.once("unexpected-response", (_request, response) => {
      socket.on("error", () => {});
      socket.terminate();
      resolve(response.statusCode ?? 0);
    });
    socket.once("open", () => {
      socket.terminate();
      resolve(101);
    });
  });
}

function origin(): string {
  return `http://127.0.0.1:${host.port}`;
}

async function openSocket(): Promise<{ socket: WebSocket; client: RouterClient<typeof router> }> {
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, { headers: { cookie: await enter(), origin: origin() } });
  return { socket, client: createORPCClient(new RPCLink({ websocket: socket })) };
}

function closeCode(socket: WebSocket): Promise<number> {
  return new Promise((resolve) => void socket.addEventListener("close", (event) => resolve(event.code), { once: true }));
}

describe("who is let in", () => {
  it("listens on 127.0.0.1 alone", () => {
    expect(new URL(host.url).hostname).toBe("127.0.0.1");
    expect(Number(new URL(host.url).port)).toBe(host.port);
  });

  it("answers 421 for any other name, before anything else", async () => {
    const cookie = await enter();
    for (const name of [
      "evil.example",
      `evil.example:${host.port}`,
      "127.0.0.1",
      `127.0.0.1:${host.port + 1}`,
      `localhost.evil.example:${host.port}`,
      `[::1]:${host.port}`,
    ]) {
      expect((await get("/", { host: name, cookie })).status, name).toBe(421);
    }
    expect((await get("/", { host: `localhost:${host.port}`, cookie })).status).toBe(200);
  });

  it("does not spend the token on a wrong name", async () => {
    await get(tokenPath(), { host: `evil.example:${host.port}` });
    expect((await get(tokenPath())).status).toBe(302);
  });

  it("shows a notice without the token or with a wrong one", async () => {
    for (const target of ["/", "/app.js", "/?token=", `/?token=${"A".repeat(43)}`, `/app.js${tokenPath().slice(1)}`]) {
      const { status, body, headers } = await get(target);
      expect(status, target).toBe(403);
      expect(body).toContain("address that Descent printed");
      expect(headers["set-cookie"]).toBeUndefined();
    }
  });

  it("exchanges the token for a cookie that scripts and other sites cannot use, once", async () => {
    const token = new URL(host.url).searchParams.get("token") ?? "";
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    const first = await get(tokenPath());
    expect(first.status).toBe(302);
    expect(first.headers.location).toBe("/");
    const [cookie] = first.headers["set-cookie"] ?? [];
    expect(cookie).toMatch(new RegExp(`^descent-${host.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`));
    expect(cookie).not.toContain(token);

    expect((await get(tokenPath())).status).toBe(403);
    expect((await get(tokenPath(), { cookie: cookie?.split(";")[0] ?? "" })).status).toBe(302);
    expect((await get("/", { cookie: `other=1; ${cookie?.split(";")[0]}` })).body).toContain("studio");
  });

  it("gives each further address a token of its own", async () => {
    const second = host.freshUrl();
    expect((await get(tokenPath())).status).toBe(302);
    expect((await get(tokenPath(second))).status).toBe(302);
    expect((await get(tokenPath(second))).status).toBe(403);
  });

  it("refuses a cookie of another studio", async () => {
    const other = await startWebHost({ studio: { router }, rendererFolder: folder });
    try {
      const { headers } = await get(tokenPath(), {});
      const value = headers["set-cookie"]?.[0]?.split(";")[0]?.split("=")[1] ?? "";
      const answer = await fetch(`http://127.0.0.1:${other.port}/`, { headers: { cookie: `descent-${other.port}=${value}` } });
      expect(answer.status).toBe(403);
    } finally {
      await other.close();
    }
  });
});

describe("the WebSocket", () => {
  it("opens for the own page alone", async () => {
    const cookie = await enter();
    expect(await upgrade({ cookie, origin: origin() })).toBe(101);
    expect(await upgrade({ origin: origin() })).toBe(403);
    expect(await upgrade({ cookie })).toBe(403);
    expect(await upgrade({ cookie, origin: "http://evil.example" })).toBe(403);
    expect(await upgrade({ cookie, origin: "null" })).toBe(403);
    expect(await upgrade({ cookie, origin: `http://127.0.0.1:${host.port + 1}` })).toBe(403);
    expect(await upgrade({ cookie, origin: `http://evil.example:${host.port}`, host: `evil.example:${host.port}` })).toBe(421);
    expect(await upgrade({ cookie, origin: origin() }, "/other")).toBe(404);
  });

  it("carries calls, faults and streams", async () => {
    const { socket, client } = await openSocket();
    try {
      expect(await client.double(21)).toBe(42);
      await expect(client.refuse()).rejects.toSatisfy((error) => error instanceof ORPCError && error.data.problems[0].place === "optimizer.lr");
      const seen: number[] = [];
      for await (const value of await client.count()) {
        seen.push(value);
        if (value === 3) break;
      }
      expect(seen).toEqual([0, 1, 2, 3]);
    } finally {
      socket.close();
    }
  });

  it("drops who sends more than a message may hold, and serves on", async () => {
    const { socket, client } = await openSocket();
    await client.double(1);
    const closed = closeCode(socket);
    socket.send("x".repeat(5 * 1024 * 1024));
    expect(await closed).toBe(1009);
    expect((await get("/")).status).toBe(403);
  });
});

describe("what is served", () => {
  it("keeps to the window's folder", async () => {
    const cookie = await enter();
    for (const target of [
      "/../secret.txt",
      "/%2e%2e/secret.txt",
      "/..%2fsecret.txt",
      "/..%5csecret.txt",
      "//../secret.txt",
      "/%00",
      "/%",
      secretFile,
      "http://evil.example/../secret.txt",
    ]) {
      const answer = await get(target, { cookie });
      expect(answer.status, target).toBe(404);
      expect(answer.body, target).not.toContain("not for the page");
    }
  });

  it("answers reading only, whole files only", async () => {
    const cookie = await enter();
    expect((await get("/", { cookie }, "POST")).status).toBe(405);
    expect((await get("/", { cookie }, "OPTIONS")).status).toBe(405);
    expect((await get("/app.js", { cookie, range: "bytes=5-2" })).status).toBe(200);
  });

  it("sends the policy with every page, and no way in for other origins", async () => {
    const cookie = await enter();
    const notice = await get("/");
    for (const answer of [notice, await get("/", { cookie }), await get("/app.js", { cookie }), await get("/missing", { cookie })]) {
      const policy = String(answer.headers["content-security-policy"]);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${host.port};`);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain("unsafe-eval");
      expect(answer.headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
      });
      expect(answer.headers["cache-control"]).toMatch(/^no-(cache|store)$/);
      expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
    }
  });
});

describe("starting and closing", () => {
  it("says which port is taken", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const address = taken.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    try {
      await expect(startWebHost({ studio: { router }, port, rendererFolder: folder })).rejects.toThrow(
        new RegExp(`^--port: must be a free port of this machine; received ${port}, which another program uses\\. Give another`),
      );
    } finally {
      taken.close();
    }
  });

  it("says that the window is not built", async () => {
    await expect(startWebHost({ studio: { router }, rendererFolder: path.join(folder, "none") })).rejects.toThrow("npm run build");
  });

  it("closes with windows open, and frees the port", async () => {
    const { socket, client } = await openSocket();
    const stream = await client.count();
    await stream.next();
    const closed = closeCode(socket);
    await host.close();
    await closed;
    const again = await startWebHost({ studio: { router }, port: host.port, rendererFolder: folder });
    await again.close();
  });
});
