/**
 * How quickly a studio answers while it trains: `node bench/responsiveness.ts [--recipe fashion-cnn] [--seconds 20]`.
 *
 * Starts the built web host on a home of its own, starts the recipe, and asks over the WebSocket, as the window does, for the list of runs and the
 * curves of the run, one request after the other. Prints percentiles in milliseconds.
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
import { WebSocket } from "ws";
import type { contract } from "../src/shared/contract/contract.ts";

const { values } = parseArgs({ options: { recipe: { type: "string", default: "fashion-cnn" }, seconds: { type: "string", default: "20" } } });
const home = await mkdtemp(path.join(tmpdir(), "descent-responsiveness-"));
const launcher = fileURLToPath(new URL("../bin/descent.mjs", import.meta.url));
const host = spawn(process.execPath, [launcher, "serve", "--no-open", "--port", "0", "--home", home], { stdio: ["ignore", "pipe", "inherit"] });

try {
  const address = await new Promise<URL>((resolve) => {
    host.stdout.setEncoding("utf8").on("data", (text: string) => {
      const found = /http:\/\/\S+/.exec(text);
      if (found) resolve(new URL(found[0]));
    });
  });
  const entry = await fetch(address, { redirect: "manual" });
  const cookie = entry.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const socket = new WebSocket(`ws://${address.host}/rpc`, { headers: { cookie, origin: address.origin } });
  await new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  const client: ContractRouterClient<typeof contract> = createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));

  const starters = await client.recipes.list();
  const starter = starters.find(({ name }) => name === values.recipe);
  if (starter === undefined) throw new Error(`no starter is named ${values.recipe}`);
  const { id } = await client.runs.start({ recipe: starter.recipe });
  while ((await client.runs.get({ id })).step === 0) await wait(100);

  const times: number[] = [];
  const endsAt = performance.now() + Number(values.seconds) * 1000;
  while (performance.now() < endsAt) {
    for (const request of [() => client.runs.list(), () => client.runs.metrics({ id }), () => client.system.info()]) {
      const askedAt = performance.now();
      await request();
      times.push(performance.now() - askedAt);
    }
    await wait(10);
  }
  const { status, step } = await client.runs.get({ id });
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? Number.NaN).toFixed(1);
  console.log(
    `${times.length} requests while ${values.recipe} trained (${status}, step ${step}): median ${at(0.5)} ms, 99th percentile ${at(0.99)} ms, slowest ${at(1)} ms`,
  );
  await client.runs.stop({ id });
  socket.close();
} finally {
  host.kill("SIGTERM");
  await new Promise((resolve) => host.once("exit", resolve));
  await rm(home, { recursive: true, force: true });
}
