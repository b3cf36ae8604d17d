/** A studio of its own for a benchmark: the built web host on an empty home, and a client that comes in as the window does. */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import type { ContractRouterClient } from "@orpc/contract";
import type { contract } from "../src/shared/contract/contract.ts";

export type Client = ContractRouterClient<typeof contract>;

const START_TIMEOUT_MS = 120_000;
const launcher = fileURLToPath(new URL("../bin/descent.mjs", import.meta.url));

export interface BenchedStudio {
  readonly home: string;
  /** The address with a token that is good once. */
  readonly address: URL;
  /** Ends the host and deletes the home. */
  stop(): Promise<void>;
}

/** @param prepare given the home before the host starts */
export async function startStudio(prepare?: (home: string) => Promise<void>): Promise<BenchedStudio> {
  const home = await mkdtemp(path.join(tmpdir(), "descent-bench-"));
  await prepare?.(home);
  const host = spawn(process.execPath, [launcher, "serve", "--no-open", "--port", "0", "--home", home], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => host.once("exit", () => resolve()));
  const stop = async (): Promise<void> => {
    if (host.exitCode === null) host.kill("SIGTERM");
    await ended;
    await rm(home, { recursive: true, force: true });
  };
  try {
    const address = await new Promise<URL>((resolve, reject) => {
      let printed = "";
      host.stdout.setEncoding("utf8").on("data", (text: string) => {
        printed += text;
        const found = /http:\/\/\S+(?=\s)/.exec(printed);
        if (found) resolve(new URL(found[0]));
      });
      ended.then(() => reject(new Error("the host ended before it printed an address; what it said is above")));
      setTimeout(() => reject(new Error(`the host printed no address within ${START_TIMEOUT_MS / 1000} s`)), START_TIMEOUT_MS).unref();
    });
    return { home, address, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Spends a token, and opens the WebSocket with the secret that came for it. */
export async function comeIn({ origin, host, hash }: URL): Promise<{ readonly client: Client; readonly secret: string; readonly close: () => void }> {
  const token = hash.replace("#token=", "");
  const entry = await fetch(`${origin}/session`, { method: "POST", headers: { origin, "descent-token": token } });
  if (entry.status !== 200) throw new Error(`the host refused the token with status ${entry.status}`);
  const secret = await entry.text();
  const socket = new WebSocket(`ws://${host}/rpc`, { protocols: ["descent.rpc", secret], headers: { origin } });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener("open", () => resolve(), { once: true });
    socket.addEventListener("error", () => reject(new Error("the host refused the connection")), { once: true });
  });
  return { client: createORPCClient(new RPCLink({ websocket: socket })), secret, close: () => socket.close() };
}

/** A further token, for another window. */
export async function anotherAddress({ origin }: URL, secret: string): Promise<string> {
  const answer = await fetch(`${origin}/session/token`, { method: "POST", headers: { origin, "descent-session": secret } });
  return `${origin}/#token=${await answer.text()}`;
}

/** Starts a starter recipe and waits for its first step. @returns the run's id */
export async function startTraining(client: Client, recipe: string, epochs?: number): Promise<string> {
  const starters = await client.recipes.list();
  const starter = starters.find(({ name }) => name === recipe);
  if (starter === undefined) throw new Error(`--recipe: no starter is named ${recipe}; there are ${starters.map(({ name }) => name).join(", ")}`);
  const { id } = await client.runs.start({ recipe: epochs === undefined ? starter.recipe : { ...starter.recipe, budget: { epochs } } });
  const givesUpAt = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    const { status, step } = await client.runs.get({ id });
    if (step > 0) return id;
    if (status !== "queued" && status !== "running") throw new Error(`the run is ${status} and has taken no step`);
    if (performance.now() > givesUpAt) throw new Error(`the run took no step within ${START_TIMEOUT_MS / 1000} s`);
    await wait(100);
  }
}
