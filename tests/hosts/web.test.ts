import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import { connect, createServer, type Socket } from "node:net";
import os from "node:os";
import path from "node:path";
import { createORPCClient, ORPCError } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import { os as procedure, type RouterClient } from "@orpc/server";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startWebHost, type WebHost } from "../../src/main/hosts/web/server.ts";
import { encodeFault } from "../../src/shared/contract/faults.ts";
import { Fault } from "../../src/shared/kit/fault.ts";
import { type Answer, ask, enter, originOf, ownHeaders, socketHeaders, tokenOf } from "./entering.ts";

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

const get = (target: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> => ask(host, target, { method, headers });

/** The status the upgrade ended with; 101 where it was opened. */
function upgrade(headers: Record<string, string>, target = "/rpc"): Promise<number> {
  const own = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13", "sec-websocket-key": Buffer.alloc(16).toString("base64") };
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port: host.port, path: target, headers: { ...own, ...headers }, agent: false });
    sent.once("response", (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.once("upgrade", (_response, socket) => {
      socket.destroy();
      resolve(101);
    });
    sent.once("error", reject);
    sent.end();
  });
}

async function openSocket(): Promise<{ socket: WebSocket; client: RouterClient<typeof router> }> {
  const secret = await enter(host);
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, { protocols: ["descent.rpc", secret], headers: { origin: originOf(host) } });
  return { socket, client: createORPCClient(new RPCLink({ websocket: socket })) };
}

/** Sends bytes and reads the answer until the other side closes. */
function raw(text: string): Promise<Answer> {
  return new Promise((resolve) => {
    const socket = connect(host.port, "127.0.0.1", () => socket.write(text));
    let came = "";
    socket.setEncoding("latin1").on("data", (part: string) => {
      came += part;
    });
    socket.on("error", () => {});
    socket.once("close", () => {
      const [head = "", body = ""] = came.split("\r\n\r\n", 2);
      const [line = "", ...fields] = head.split("\r\n");
      const headers = Object.fromEntries(fields.map((field) => [field.slice(0, field.indexOf(":")).toLowerCase(), field.slice(field.indexOf(":") + 2)]));
      resolve({ status: Number(line.split(" ")[1]), headers, body });
    });
    socket.once("end", () => socket.end());
  });
}

const rawStatus = async (text: string): Promise<number> => (await raw(text)).status;

function upgradeText(target: string, more = "", name = `127.0.0.1:${host.port}`): string {
  return [
    `GET ${target} HTTP/1.1`,
    `Host: ${name}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    ...(more === "" ? [] : [more]),
    "",
    "",
  ].join("\r\n");
}

/** Sends a body of a terabyte for as long as it is taken; what was answered, and how much was sent. */
function pour(target: string, method: string, headers: Readonly<Record<string, string>>): Promise<{ answer: string; sent: number }> {
  const lines = Object.entries({ host: `127.0.0.1:${host.port}`, "content-length": "1000000000000", ...headers }).map(([name, value]) => `${name}: ${value}`);
  const chunk = Buffer.alloc(1024 * 1024);
  return new Promise((resolve) => {
    let answer = "";
    let sent = 0;
    const socket = connect(host.port, "127.0.0.1", () => {
      socket.write([`${method} ${target} HTTP/1.1`, ...lines, "", ""].join("\r\n"));
      const more = (): void => {
        while (!socket.destroyed && socket.write(chunk)) sent += chunk.length;
        sent += chunk.length;
      };
      socket.on("drain", more);
      more();
    });
    socket.setEncoding("latin1").on("data", (part: string) => {
      answer += part;
    });
    socket.on("error", () => {});
    socket.once("close", () => resolve({ answer, sent }));
  });
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
    const headers = ownHeaders(host, await enter(host));
    for (const name of [
      "evil.example",
      `evil.example:${host.port}`,
      "127.0.0.1",
      `127.0.0.1:${host.port + 1}`,
      `localhost.evil.example:${host.port}`,
      `[::1]:${host.port}`,
    ]) {
      for (const target of ["/", "/session", "/session/token", "/uploads/x"])
        expect((await get(target, { ...headers, host: name, origin: `http://${name}` }, "POST")).status, name).toBe(421);
      expect((await get("/", { host: name })).status, name).toBe(421);
    }
    expect((await get("/", { host: `localhost:${host.port}` })).status).toBe(200);
    expect(await rawStatus("GET / HTTP/1.1\r\n\r\n")).toBe(421);
  });

  it("exchanges the token for a secret that no browser sends on its own, once, for its own page alone", async () => {
    const token = { "descent-token": tokenOf(host.url) };
    expect(Buffer.from(token["descent-token"], "base64url")).toHaveLength(32);
    // Neither a stranger nor a name that leads here spends it.
    const { port } = host;
    for (const headers of [
      {},
      { origin: "null" },
      { origin: "http://evil.example" },
      { origin: `http://127.0.0.1:${port + 1}` },
      { origin: `http://localhost:${port}` },
      { origin: `http://evil.example:${port}`, host: `evil.example:${port}` },
    ])
      expect([403, 421]).toContain((await get("/session", { ...token, ...headers }, "POST")).status);
    expect((await get("/session", { ...token, origin: originOf(host) })).status).toBe(405);

    const secret = await enter(host);
    expect(Buffer.from(secret, "base64url")).toHaveLength(32);
    const again = await get("/session", { ...token, origin: originOf(host) }, "POST");
    expect(again.status).toBe(403);
    expect(again.headers["set-cookie"]).toBeUndefined();
    // A page that was loaded again asks whether its secret is still good, also where it was opened by the spent address.
    expect((await get("/session", ownHeaders(host, secret), "POST")).status).toBe(204);
    expect((await get("/session", { ...token, ...ownHeaders(host, secret) }, "POST")).status).toBe(204);
    expect((await get("/session", ownHeaders(host, "A".repeat(43)), "POST")).status).toBe(403);
  });

  it("gives each further window a token of its own, and tells when none is left", async () => {
    const left: boolean[] = [];
    host.onEntered((hasUnspentToken) => left.push(hasUnspentToken));
    const second = host.freshUrl();
    const secret = await enter(host);
    await enter(host, second);
    await expect(enter(host, second)).rejects.toThrow("403");
    expect(left).toEqual([true, false]);

    expect((await get("/session/token", { origin: originOf(host) }, "POST")).status).toBe(403);
    expect((await get("/session/token", { ...ownHeaders(host, secret), origin: "http://evil.example" }, "POST")).status).toBe(403);
    const { status, body } = await get("/session/token", ownHeaders(host, secret), "POST");
    expect(status).toBe(200);
    expect(await enter(host, `${originOf(host)}/#token=${body}`)).toBe(secret);
  });

  it("takes no cookie for a secret, and no secret of another or an earlier studio", async () => {
    const secret = await enter(host);
    const cookie = `descent-${host.port}=${secret}; descent-session=${secret}`;
    expect((await get("/session", { origin: originOf(host), cookie }, "POST")).status).toBe(403);
    expect(await upgrade({ origin: originOf(host), cookie })).toBe(403);
    const other = await startWebHost({ studio: { router }, rendererFolder: folder });
    const foreign = await enter(other);
    await other.close();
    expect((await get("/session", ownHeaders(host, foreign), "POST")).status).toBe(403);
    expect(await upgrade(socketHeaders(host, foreign))).toBe(403);
    const { port } = host;
    await host.close();
    host = await startWebHost({ studio: { router }, port, rendererFolder: folder });
    expect((await get("/session", ownHeaders(host, secret), "POST")).status).toBe(403);
    expect(await upgrade(socketHeaders(host, secret))).toBe(403);
  });
});

describe("the WebSocket", () => {
  it("opens for the own page alone, with the secret alone", async () => {
    const secret = await enter(host);
    const own = socketHeaders(host, secret);
    expect(await upgrade(own)).toBe(101);
    for (const origin of [
      "http://evil.example",
      "null",
      "",
      `http://127.0.0.1:${host.port + 1}`,
      `http://localhost:${host.port}`,
      `https://127.0.0.1:${host.port}`,
    ])
      expect(await upgrade({ ...own, origin }), origin).toBe(403);
    expect(await upgrade({ "sec-websocket-protocol": own["sec-websocket-protocol"] ?? "" })).toBe(403);
    for (const offer of [
      "descent.rpc",
      secret,
      `descent.rpc, ${"A".repeat(43)}`,
      `descent.rpc, ${secret}A`,
      `descent.rpc, ${secret}, more`,
      `other, ${secret}`,
    ])
      expect(await upgrade({ ...own, "sec-websocket-protocol": offer }), offer).toBe(403);
    expect(await upgrade({ origin: originOf(host), "descent-session": secret })).toBe(403);
    expect(await upgrade({ ...own, origin: `http://evil.example:${host.port}`, host: `evil.example:${host.port}` })).toBe(421);
    expect(await upgrade(own, "/other")).toBe(404);
    expect(await upgrade(own, `/rpc?token=${secret}`)).toBe(404);
  });

  it("does not repeat the secret", async () => {
    const { socket, client } = await openSocket();
    await client.double(1);
    expect(socket.protocol).toBe("descent.rpc");
    socket.close();
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
    expect((await get("/")).status).toBe(200);
  });

  it("loses one connection and says one line for messages that cannot be read", async () => {
    const lines: string[] = [];
    await host.close();
    host = await startWebHost({ studio: { router }, rendererFolder: folder, tell: (text) => lines.push(text) });
    const secret = await enter(host);
    const open = () => new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, { protocols: ["descent.rpc", secret], headers: { origin: originOf(host) } });
    const good = open();
    const client: RouterClient<typeof router> = createORPCClient(new RPCLink({ websocket: good }));
    expect(await client.double(1)).toBe(2);
    const messages: (string | Uint8Array<ArrayBuffer>)[] = [
      "",
      "nonsense",
      "null",
      "[]",
      "{}",
      '{"i":"1"}',
      '{"i":1,"p":{"u":"/double"}}',
      '{"i":"1","p":{"u":7}}',
      '{"i":"1","p":{"u":"http://evil.example/"}}',
      '{"i":"1","p":{"u":"/double","h":{"content-type":"multipart/form-data"}}}',
      '{"i":"1","t":3,"p":null}',
      '{"i":"1","t":9,"p":{}}',
      "[".repeat(100_000),
      new Uint8Array([0xff, 1, 2, 3]),
    ];
    for (const message of messages) {
      const bad = open();
      await new Promise((resolve) => bad.addEventListener("open", resolve, { once: true }));
      const closed = closeCode(bad);
      for (let times = 0; times < 5; times++) bad.send(message);
      expect(await closed, String(message).slice(0, 40)).toBe(1008);
    }
    expect(lines).toEqual(messages.map(() => "a window sent a message that cannot be read; its connection was closed"));
    expect(await client.double(4)).toBe(8);
    good.close();
  });

  it("takes what oRPC's client sends to call a procedure that is not there, or with what it does not take", async () => {
    const { socket, client } = await openSocket();
    const raw: { nothing?: { here(input: unknown): Promise<unknown> } } = createORPCClient(new RPCLink({ websocket: socket }));
    await expect(raw.nothing?.here({ a: 1n, b: new Date(0) })).rejects.toBeInstanceOf(ORPCError);
    expect(await client.double(3)).toBe(6);
    socket.close();
  });
});

describe("what is served", () => {
  it("is the window, to anyone: it holds no data", async () => {
    const { status, body, headers } = await get("/");
    expect(status).toBe(200);
    expect(body).toContain("studio");
    expect(headers["set-cookie"]).toBeUndefined();
  });

  it("keeps to the window's folder", async () => {
    const headers = ownHeaders(host, await enter(host));
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
      const answer = await get(target, headers);
      expect(answer.status, target).toBe(404);
      expect(answer.body, target).not.toContain("not for the page");
    }
  });

  it("answers reading only, whole files only", async () => {
    expect((await get("/", {}, "POST")).status).toBe(405);
    expect((await get("/", {}, "OPTIONS")).status).toBe(405);
    expect((await get("/app.js", { range: "bytes=5-2" })).status).toBe(200);
  });

  it("sends the policy with every answer, and no way in for other origins", async () => {
    const own = ownHeaders(host, await enter(host));
    const answers: Record<string, IncomingHttpHeaders> = {};
    const note = async (what: string, answer: Promise<Answer>, status: number): Promise<void> => {
      const { status: came, headers } = await answer;
      expect(came, what).toBe(status);
      answers[what] = headers;
    };
    await note("a page", get("/"), 200);
    await note("a script", get("/app.js"), 200);
    await note("a script that is known", get("/app.js", { "if-none-match": (await get("/app.js")).headers.etag ?? "" }), 304);
    await note("the head of a page", get("/", {}, "HEAD"), 200);
    await note("nothing", get("/missing"), 404);
    await note("a wrong method", get("/", {}, "POST"), 405);
    await note("a body that nobody asked for", ask(host, "/", { method: "POST", body: "x" }), 413);
    await note("a wrong session", get("/session", { origin: originOf(host) }, "POST"), 403);
    await note("a session that is good", get("/session", own, "POST"), 204);
    await note("a token", get("/session/token", own, "POST"), 200);
    await note("an upload without a session", ask(host, "/uploads/x/y", { method: "PUT", body: "x" }), 403);
    await note("an upload where there are none", ask(host, "/uploads/x/y", { method: "PUT", body: "x", headers: own }), 405);
    await note("another name", get("/", { host: "evil.example" }), 421);
    await note("an expectation", get("/", { expect: "miracles" }), 417);
    for (const [what, text, status] of [
      ["no name", "GET / HTTP/1.1\r\n\r\n", 421],
      ["no HTTP", "nonsense\r\n\r\n", 400],
      ["a header too long", `GET / HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nX: ${"x".repeat(20_000)}\r\n\r\n`, 431],
      ["a WebSocket without a secret", upgradeText("/rpc", `Origin: ${originOf(host)}`), 403],
      ["a WebSocket elsewhere", upgradeText("/x"), 404],
      ["a WebSocket by another name", upgradeText("/rpc", "", "evil.example"), 421],
      ["a WebSocket without a key", upgradeText("/rpc", `Origin: ${originOf(host)}\r\nSec-WebSocket-Protocol: descent.rpc, ${own["descent-session"]}`), 400],
    ] as const)
      await note(what, raw(text), status);

    for (const [what, headers] of Object.entries(answers)) {
      const policy = String(headers["content-security-policy"]);
      expect(policy, what).toContain("default-src 'none'");
      expect(policy, what).toContain("script-src 'self';");
      expect(policy, what).toMatch(new RegExp(`connect-src 'self'( ws://127\\.0\\.0\\.1:${host.port})?;`));
      expect(policy, what).toContain("frame-ancestors 'none'");
      expect(policy, what).not.toContain("unsafe-eval");
      expect(headers, what).toMatchObject({
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
      });
      expect(headers["cache-control"], what).toMatch(/^no-(cache|store)$/);
      expect(Object.keys(headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
    }
    expect(answers["a page"]?.["content-security-policy"]).toContain(`connect-src 'self' ws://127.0.0.1:${host.port};`);
  });
});

describe("patience", () => {
  it("ends with a body that has no session, before it is read", async () => {
    const own = ownHeaders(host, await enter(host));
    const strange = { origin: originOf(host), "descent-session": "A".repeat(43) };
    for (const [target, method, headers, status] of [
      ["/uploads/x/y", "PUT", strange, 403],
      ["/session", "POST", strange, 413],
      ["/", "POST", {}, 413],
      ["/", "GET", {}, 413],
      ["/", "GET", own, 413],
    ] as const) {
      const { answer, sent } = await pour(target, method, headers);
      expect(answer, `${method} ${target}`).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      // What the system's buffers hold is sent before anyone reads it.
      expect(sent).toBeLessThan(32 * 1024 * 1024);
    }
  });

  it("asks for no body that it does not want", async () => {
    const text = await raw(`PUT /uploads/x/y HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n`);
    expect(text.status).toBe(403);
  });

  it("ends with headers that do not come, and with a connection that says nothing", async () => {
    await host.close();
    host = await startWebHost({ studio: { router }, rendererFolder: folder, patience: { headersMs: 200, idleMs: 60_000 } });
    expect((await raw("GET / HTTP/1.1\r\nHost: ")).status).toBe(408);
    expect((await raw("")).status).toBe(408);
  });

  it("ends with the oldest of too many strangers, and lets the page in all the same", async () => {
    const strangers = await Promise.all(
      Array.from({ length: 100 }, () => {
        const socket = connect(host.port, "127.0.0.1");
        socket.on("error", () => {});
        return new Promise<Socket>((resolve) => socket.once("connect", () => resolve(socket)));
      }),
    );
    const closed = (): number => strangers.filter(({ destroyed, readableEnded }) => destroyed || readableEnded).length;
    for (const socket of strangers) socket.resume();
    const { socket, client } = await openSocket();
    expect(await client.double(21)).toBe(42);
    await expect.poll(closed).toBeGreaterThanOrEqual(100 - 64);
    expect(closed()).toBeLessThan(100);
    socket.close();
    for (const stranger of strangers) stranger.destroy();
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
        new RegExp(`^--port: must be a free port of this machine; received ${port}, which another program uses\\. Choose another`),
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
