/** The window's connection against a real web host: loss, refusal while lost, and the way back. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { RPCLink } from "@orpc/client/websocket";
import { implement } from "@orpc/server";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startWebHost, type WebHost } from "../../src/main/hosts/web/server.ts";
import { type Connection, type ConnectionStatus, keepConnected } from "../../src/renderer/connection.ts";
import { contract } from "../../src/shared/contract/contract.ts";
import { faultOf } from "../../src/shared/contract/faults.ts";

const info = { version: "0", host: "web", home: "home", cores: 2 } as const;
const builder = implement(contract);
const router = {
  system: {
    info: builder.system.info.handler(() => info),
    events: builder.system.events.handler(async function* ({ signal }) {
      yield { type: "runs" as const, ids: ["first"] };
      await new Promise((resolve) => signal?.addEventListener("abort", resolve));
    }),
  },
};

let folder: string;
let host: WebHost;
let connection: Connection;
let statuses: ConnectionStatus[];

async function session(): Promise<{ cookie: string; origin: string }> {
  const answer = await fetch(host.url, { redirect: "manual" });
  return { cookie: answer.headers.getSetCookie()[0]?.split(";")[0] ?? "", origin: new URL(host.url).origin };
}

function connect(headers: () => Record<string, string>): Connection {
  const made = keepConnected(({ onOpen, onClose }) => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, { headers: headers() });
    socket.addEventListener("open", () => onOpen(new RPCLink({ websocket: socket })), { once: true });
    socket.addEventListener("close", () => onClose(), { once: true });
    return { close: () => socket.close() };
  });
  made.subscribe(() => void statuses.push(made.status()));
  return made;
}

function reached(status: ConnectionStatus): Promise<void> {
  return new Promise((resolve) => {
    const leave = connection.subscribe(check);
    function check(): void {
      if (connection.status() !== status) return;
      leave();
      resolve();
    }
    check();
  });
}

beforeEach(async () => {
  statuses = [];
  folder = mkdtempSync(path.join(os.tmpdir(), "descent-connection-"));
  writeFileSync(path.join(folder, "index.html"), "<!doctype html>");
  host = await startWebHost({ studio: { router }, rendererFolder: folder });
});
afterEach(async () => {
  connection.close();
  await host.close();
  rmSync(folder, { recursive: true });
});

it("holds a call until the first wire is up", async () => {
  const headers = await session();
  connection = connect(() => headers);
  expect(connection.status()).toBe("connecting");
  expect(await connection.client.system.info()).toEqual(info);
  expect(statuses).toEqual(["open"]);
});

it("ends streams and refuses calls when the host goes, and comes back with it", async () => {
  let headers = await session();
  connection = connect(() => headers);
  const stream = await connection.client.system.events();
  expect(await stream.next()).toEqual({ done: false, value: { type: "runs", ids: ["first"] } });
  const next = stream.next();
  next.catch(() => {});

  const { port } = host;
  await host.close();
  await expect(next).rejects.toThrow();
  await reached("lost");
  const refused = await connection.client.system.info().catch((error: unknown) => error);
  expect(faultOf(refused)?.problems[0]?.place).toBe("connection");

  host = await startWebHost({ studio: { router }, port, rendererFolder: folder });
  headers = await session();
  await reached("open");
  expect(await connection.client.system.info()).toEqual(info);
  expect(statuses).toEqual(["open", "lost", "open"]);
});

it("does not come back once closed", async () => {
  const headers = await session();
  connection = connect(() => headers);
  await reached("open");
  connection.close();
  expect(connection.status()).toBe("lost");
  await expect(connection.client.system.info()).rejects.toThrow("connection");
});
