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
import { enter, originOf } from "./entering.ts";

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

function connect(secret: () => string): Connection {
  const made = keepConnected(({ onOpen, onClose, onRefused }) => {
    if (secret() === "") {
      onRefused();
      return { close: () => {} };
    }
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, { protocols: ["descent.rpc", secret()], headers: { origin: originOf(host) } });
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
  const secret = await enter(host);
  connection = connect(() => secret);
  expect(connection.status()).toBe("connecting");
  expect(await connection.client.system.info()).toEqual(info);
  expect(statuses).toEqual(["open"]);
});

it("ends streams and refuses calls when the host goes, and comes back with it", async () => {
  let secret = await enter(host);
  connection = connect(() => secret);
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
  secret = await enter(host);
  await reached("open");
  expect(await connection.client.system.info()).toEqual(info);
  expect(statuses).toEqual(["open", "lost", "open"]);
});

it("does not come back once closed", async () => {
  const secret = await enter(host);
  connection = connect(() => secret);
  await reached("open");
  connection.close();
  expect(connection.status()).toBe("lost");
  await expect(connection.client.system.info()).rejects.toThrow("connection");
});

it("says that it is not let in, and does not try again", async () => {
  connection = connect(() => "");
  expect(connection.status()).toBe("refused");
  const refused = await connection.client.system.info().catch((error: unknown) => error);
  expect(faultOf(refused)?.problems[0]?.place).toBe("window");
});
