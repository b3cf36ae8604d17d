/**
 * Random requests, upgrades, bytes and messages against a web host: nothing but the page's own secret, from the page's own origin, by the host's own name,
 * does anything; every answer has the headers; the host lives on. DESCENT_FUZZ_CASES says how many (default 1,500), DESCENT_FUZZ_SEED which.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import os from "node:os";
import path from "node:path";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import { os as procedure, type RouterClient } from "@orpc/server";
import { expect, it } from "vitest";
import { startWebHost } from "../../src/main/hosts/web/server.ts";
import { Uploads } from "../../src/main/studio/data/uploads.ts";
import { enter, originOf } from "./entering.ts";

const CASES = Number(process.env["DESCENT_FUZZ_CASES"] ?? 1500);
const SEED = Number(process.env["DESCENT_FUZZ_SEED"] ?? 20_261_130);
const ID = "0b6f9a52-6f5e-4d3c-9b9e-2f3f3a1f9c11";
const PARALLEL = 16;

/** mulberry32 */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
const random = generator(SEED);
const below = (count: number): number => Math.floor(random() * count);
function pick<T>(...from: readonly [T, ...T[]]): T {
  return from[below(from.length)] ?? from[0];
}
const noise = (length: number): string => Array.from({ length: below(length) }, () => String.fromCharCode(below(256))).join("");
/** The text with one character changed, taken out, doubled or put in. */
function bent(text: string): string {
  const at = below(text.length);
  const [before, after] = [text.slice(0, at), text.slice(at + 1)];
  const other = String.fromCharCode(33 + ((text.charCodeAt(at) - 33 + 1 + below(92)) % 93));
  return pick(before + other + after, before + after, before + text.charAt(at).repeat(2) + after, text.slice(0, at + 1) + other + after.slice(1) + other);
}

let port = 0;
let secret = "";

interface Case {
  readonly kind: string;
  readonly text: string;
  /** Whether it may do anything. */
  readonly isOwn: boolean;
}

function fields(): { readonly lines: string[]; readonly isOwn: boolean } {
  const host = `127.0.0.1:${port}`;
  // Half of them differ in one thing or in none.
  const isNear = random() < 0.5;
  const name =
    isNear && random() < 0.8
      ? host
      : pick<string>(host, host, host, `localhost:${port}`, "evil.example", `evil.example:${port}`, `127.0.0.1:${port + 1}`, bent(host), "");
  const origin =
    isNear && random() < 0.8
      ? `http://${name}`
      : pick<string>(`http://${name}`, `http://${name}`, `http://${host}`, "null", "http://evil.example", `https://${host}`, bent(`http://${host}`), "");
  const shown =
    isNear && random() < 0.8
      ? secret
      : pick<string>(secret, secret, secret, bent(secret), bent(secret), secret.toLowerCase(), secret.slice(1), "A".repeat(43), "");
  const known = name === host || name === `localhost:${port}`;
  return {
    lines: [
      ...(name === "" ? [] : [`Host: ${name}`]),
      ...(origin === "" ? [] : [`Origin: ${origin}`]),
      ...(shown === "" ? [] : [pick(`descent-session: ${shown}`, `Descent-Session: ${shown}`)]),
      // A browser would send these by itself; here they hold what no browser was given.
      pick(
        `Cookie: descent-session=${secret}`,
        `Cookie: descent-${port}=${secret}`,
        `Authorization: Bearer ${secret}`,
        `Referer: http://${host}/#${secret}`,
        "X: y",
      ),
    ],
    isOwn: known && origin === `http://${name}` && shown === secret,
  };
}

function httpCase(): Case {
  const { lines, isOwn } = fields();
  const target = pick(
    "/",
    "/session",
    "/session/token",
    `/uploads/${ID}/a.bin`,
    `/uploads/${ID}`,
    `/uploads/${ID}/d/`,
    "/rpc",
    "/index.html",
    `/${noise(20)}`,
    "*",
    "//x",
  );
  const method = pick("GET", "POST", "PUT", "PUT", "HEAD", "OPTIONS", "DELETE", "TRACE", "PATCH", "CONNECT");
  const body = noise(40);
  const length = pick<string[]>(
    [],
    [`Content-Length: ${body.length}`],
    [`Content-Length: ${body.length + below(1000)}`],
    ["Transfer-Encoding: chunked"],
    ["Content-Length: -1"],
  );
  const more = pick<string[]>(
    [],
    [],
    ["Expect: 100-continue"],
    [`descent-token: ${noise(43).replace(/[^\w]/g, "x")}`],
    ["Connection: keep-alive"],
    [noise(30)],
  );
  return { kind: "request", text: [`${method} ${target} HTTP/1.1`, ...lines, ...length, ...more, "", body].join("\r\n"), isOwn };
}

function upgradeCase(): Case {
  const { lines, isOwn } = fields();
  const offered = pick<string>(secret, secret, secret, bent(secret), "A".repeat(43), "");
  const offer = pick<string>(
    `descent.rpc, ${offered}`,
    `descent.rpc, ${offered}`,
    `descent.rpc,${offered}`,
    offered,
    `${offered}, descent.rpc`,
    `descent.rpc, ${offered}, x`,
    "descent.rpc",
  );
  const target = pick("/rpc", "/rpc", "/rpc", "/", "/rpc/", `/rpc?${secret}`);
  const good = /^descent\.rpc, ?[\w-]+$/.test(offer) && offer.endsWith(secret) && offered === secret && target === "/rpc";
  const headers = [
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    `Sec-WebSocket-Key: ${Buffer.alloc(16, below(256)).toString("base64")}`,
  ];
  // The secret as a header of its own opens no WebSocket: what counts is what is offered.
  const own = lines.filter((line) => !/^descent-session/i.test(line));
  const named = lines.find((line) => line.startsWith("Host: "))?.slice(6) ?? "";
  const origin = lines.find((line) => line.startsWith("Origin: "))?.slice(8) ?? "";
  const isOwnPage = [`127.0.0.1:${port}`, `localhost:${port}`].includes(named) && origin === `http://${named}`;
  return {
    kind: "upgrade",
    text: [`GET ${target} HTTP/1.1`, ...own, ...headers, `Sec-WebSocket-Protocol: ${offer}`, "", ""].join("\r\n"),
    isOwn: (isOwn || isOwnPage) && good,
  };
}

const noiseCase = (): Case => ({
  kind: "bytes",
  text: pick(noise(300), bent(httpCase().text), bent(upgradeCase().text.replaceAll(secret, "x"))),
  isOwn: false,
});

/** Sends it and reads for as long as the host answers; after an upgrade the host is told good-bye. */
function send(text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text, "latin1"));
    let came = "";
    socket.setEncoding("latin1").on("data", (part: string) => {
      came += part;
      if (came.startsWith("HTTP/1.1 101 ")) socket.destroy();
      else if (!came.startsWith("HTTP/1.1 100 ")) socket.end();
    });
    socket.on("error", () => {});
    socket.once("close", () => resolve(came));
  });
}

/** A message as a window sends it, bent or not. */
function message(): string {
  const good = JSON.stringify({
    i: String(below(9)),
    p: { u: pick("/touch", "/none", "/__proto__", "/touch/x"), b: { json: pick<unknown>(1, null, "x", [], { a: 1 }) } },
  });
  return pick(good, bent(good), bent(bent(good)), noise(60), JSON.stringify({ i: "1", t: below(9), p: pick<unknown>(null, 1, {}, { e: "message", d: 1 }) }));
}

it("random requests, upgrades, bytes and messages do nothing without the secret, and leave the host as it was", { timeout: 60_000 + 100 * CASES }, async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "descent-fuzz-"));
  writeFileSync(path.join(folder, "index.html"), "<!doctype html><title>studio</title>");
  let touched = 0;
  const router = { touch: procedure.handler(() => ++touched) };
  const lines: string[] = [];
  const host = await startWebHost({
    studio: { router, uploads: new Uploads(folder) },
    rendererFolder: folder,
    patience: { headersMs: 300, idleMs: 400 },
    tell: (text) => lines.push(text),
  });
  port = host.port;
  secret = await enter(host);
  const counts = new Map<string, number>();
  const count = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);
  const wrong: string[] = [];
  const judge = ({ kind, text, isOwn }: Case, answer: string): void => {
    const [head = "", body = ""] = answer.split("\r\n\r\n", 2);
    const status = head.split(" ")[1] ?? "closed";
    count(`${kind} ${isOwn ? "own" : "strange"} ${status}`);
    const say = (why: string): void => void wrong.push(`${why}: ${JSON.stringify(text)} -> ${JSON.stringify(answer.slice(0, 300))}`);
    if (answer !== "" && !/^HTTP\/1\.1 10[01] /.test(answer) && !/\r\nX-Content-Type-Options: nosniff/i.test(head)) say("an answer without the headers");
    if (isOwn) return;
    if (status === "101") say("a WebSocket was opened");
    if (status === "100") say("a body was asked for");
    if (answer.includes(secret)) say("the secret was told");
    if (/^2/.test(status) && !body.includes("<title>studio") && !/^(HEAD|GET) /.test(text)) say("something was done");
  };

  let left = CASES;
  const worker = async (): Promise<void> => {
    for (; left > 0; ) {
      left--;
      const each = pick(httpCase, httpCase, upgradeCase, noiseCase)();
      judge(each, await send(each.text));
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  expect(wrong).toEqual([]);
  expect(touched).toBe(0);
  expect(lines).toEqual([]);
  // What was kept was sent with the secret, and nothing is half there.
  const kept = path.join(folder, "uploads");
  if (existsSync(kept)) expect(readdirSync(kept).filter((name) => name !== "incoming" && name !== ID)).toEqual([]);
  await expect.poll(() => (existsSync(path.join(kept, "incoming")) ? readdirSync(path.join(kept, "incoming")) : []), { timeout: 10_000 }).toEqual([]);

  const open = () => new WebSocket(`ws://127.0.0.1:${port}/rpc`, { protocols: ["descent.rpc", secret], headers: { origin: originOf(host) } });
  const good = open();
  const client: RouterClient<typeof router> = createORPCClient(new RPCLink({ websocket: good }));
  const before = await client.touch();
  const sockets = Math.ceil(CASES / 30);
  for (let index = 0; index < sockets; index++) {
    const socket = open();
    const closed = new Promise<void>((resolve) => socket.addEventListener("close", () => resolve(), { once: true }));
    await new Promise<void>((resolve) => socket.addEventListener("open", () => resolve(), { once: true }));
    for (let times = 0; times < 10; times++)
      socket.send(pick<string | Uint8Array<ArrayBuffer>>(message(), message(), message(), new Uint8Array([below(256), below(256)])));
    socket.close();
    await closed;
  }
  count(`sockets with 10 messages each: ${sockets}, lines: ${lines.length}, calls: ${touched - before}`);
  expect(lines.length).toBeLessThanOrEqual(sockets);
  expect(await client.touch()).toBeGreaterThan(before);
  good.close();
  await host.close();
  rmSync(folder, { recursive: true });

  console.log(
    `session fuzz, seed ${SEED}, ${CASES} cases:\n${[...counts]
      .sort()
      .map(([what, times]) => `  ${String(times).padStart(5)}  ${what}`)
      .join("\n")}`,
  );
  for (const what of ["upgrade own 101", "upgrade strange 403", "request own 201", "request strange 403", "request strange 421", "bytes strange 400"])
    expect(counts.get(what) ?? 0, what).toBeGreaterThan(0);
});
