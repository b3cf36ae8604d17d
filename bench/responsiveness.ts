/**
 * How quickly a studio answers while it trains: `node bench/responsiveness.ts [--recipe fashion-cnn] [--seconds 20] [--json]`.
 *
 * Starts the built web host on a home of its own, starts the recipe, and asks over the WebSocket, as the window does, for facts about the system,
 * the list of runs and the curves of the run, one request after the other. Only answers given while the run was training count. Prints percentiles
 * in milliseconds.
 */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import type { ContractRouterClient } from "@orpc/contract";
import type { contract } from "../src/shared/contract/contract.ts";
import { busyShare } from "./load.ts";

type Client = ContractRouterClient<typeof contract>;

/** Rest between rounds of requests: a window does not ask without pause either. */
const REST_MS = 10;
const START_TIMEOUT_MS = 120_000;

const { values } = parseArgs({
  options: { recipe: { type: "string", default: "fashion-cnn" }, seconds: { type: "string", default: "20" }, json: { type: "boolean", default: false } },
});
const seconds = Number(values.seconds);
if (!(seconds > 0 && Number.isFinite(seconds))) throw new Error(`--seconds: must be a number above 0; received ${values.seconds}`);
const busyBefore = await busyShare();
const home = await mkdtemp(path.join(tmpdir(), "descent-responsiveness-"));
const launcher = fileURLToPath(new URL("../bin/descent.mjs", import.meta.url));
const host = spawn(process.execPath, [launcher, "serve", "--no-open", "--port", "0", "--home", home], { stdio: ["ignore", "pipe", "inherit"] });
const hostEnded = new Promise<void>((resolve) => host.once("exit", () => resolve()));

/** The address the host prints. */
function printedAddress(): Promise<URL> {
  return new Promise((resolve, reject) => {
    let printed = "";
    host.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      const found = /http:\/\/\S+(?=\s)/.exec(printed);
      if (found) resolve(new URL(found[0]));
    });
    hostEnded.then(() => reject(new Error("the host ended before it printed an address; what it said is above")));
    setTimeout(() => reject(new Error(`the host printed no address within ${START_TIMEOUT_MS / 1000} s`)), START_TIMEOUT_MS).unref();
  });
}

async function connect(address: URL): Promise<{ readonly client: Client; readonly close: () => void }> {
  const entry = await fetch(address, { redirect: "manual" });
  const cookie = entry.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const socket = new WebSocket(`ws://${address.host}/rpc`, { headers: { cookie, origin: address.origin } });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener("open", () => resolve(), { once: true });
    socket.addEventListener("error", () => reject(new Error("the host refused the connection")), { once: true });
  });
  return { client: createORPCClient(new RPCLink({ websocket: socket })), close: () => socket.close() };
}

async function startTraining(client: Client): Promise<string> {
  const starters = await client.recipes.list();
  const starter = starters.find(({ name }) => name === values.recipe);
  if (starter === undefined) throw new Error(`--recipe: no starter is named ${values.recipe}; there are ${starters.map(({ name }) => name).join(", ")}`);
  const { id } = await client.runs.start({ recipe: starter.recipe });
  const givesUpAt = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    const { status, step } = await client.runs.get({ id });
    if (step > 0) return id;
    if (status !== "queued" && status !== "running") throw new Error(`the run is ${status} and has taken no step`);
    if (performance.now() > givesUpAt) throw new Error(`the run took no step within ${START_TIMEOUT_MS / 1000} s`);
    await wait(100);
  }
}

/** Milliseconds of every request by its name, for as long as asked or until the run ends. */
async function timeRequests(client: Client, id: string): Promise<ReadonlyMap<string, readonly number[]>> {
  const requests = { "system.info": () => client.system.info(), "runs.list": () => client.runs.list(), "runs.metrics": () => client.runs.metrics({ id }) };
  const times = new Map<string, number[]>(Object.keys(requests).map((name) => [name, []]));
  const endsAt = performance.now() + seconds * 1000;
  while (performance.now() < endsAt) {
    const round: [string, number][] = [];
    for (const [name, request] of Object.entries(requests)) {
      const askedAt = performance.now();
      await request();
      round.push([name, performance.now() - askedAt]);
    }
    if ((await client.runs.get({ id })).status !== "running") break;
    for (const [name, duration] of round) times.get(name)?.push(duration);
    await wait(REST_MS);
  }
  return times;
}

function percentiles(durations: readonly number[]) {
  const sorted = durations.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
  return { requests: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}

try {
  const { client, close } = await connect(await printedAddress());
  const id = await startTraining(client);
  const before = await client.runs.get({ id });
  const startedAt = performance.now();
  const times = await timeRequests(client, id);
  const lasted = (performance.now() - startedAt) / 1000;
  const { status, step } = await client.runs.get({ id });
  if (status === "running") await client.runs.stop({ id });
  close();
  const rows = [...times, ["all", [...times.values()].flat()] as const].map(([request, durations]) => ({ request, ...percentiles(durations) }));
  const steps = step - before.step;
  if (values.json) console.log(JSON.stringify({ recipe: values.recipe, seconds: lasted, status, steps, busyBefore, rows }));
  else {
    console.log(`${values.recipe} took ${steps} steps in ${lasted.toFixed(1)} s${status === "running" ? "" : `, then it was ${status}`}`);
    console.log(`others used ${(busyBefore * 100).toFixed(0)} % of the processors before\n`);
    console.log("| request | answers | p50 ms | p99 ms | slowest ms |\n| --- | ---: | ---: | ---: | ---: |");
    for (const { request, requests, p50Ms, p99Ms, maxMs } of rows)
      console.log(`| ${request} | ${requests} | ${p50Ms.toFixed(1)} | ${p99Ms.toFixed(1)} | ${maxMs.toFixed(1)} |`);
  }
  if (steps === 0) throw new Error("the run took no step while it was measured, so this says nothing about answers under training");
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  if (host.exitCode === null) host.kill("SIGTERM");
  await hostEnded;
  await rm(home, { recursive: true, force: true });
}
