/**
 * How quickly a studio answers while it trains: `node bench/responsiveness.ts [--recipe fashion-cnn] [--seconds 20] [--json]`.
 *
 * Starts the built web host on a home of its own, starts the recipe, and asks over the WebSocket, as the window does, for facts about the system,
 * the list of runs and the curves of the run, one request after the other. Only answers given while the run was training count. Prints percentiles
 * in milliseconds.
 */
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { busyShare } from "./load.ts";
import { type Client, comeIn, startStudio, startTraining } from "./studio.ts";

/** Rest between rounds of requests: a window does not ask without pause either. */
const REST_MS = 10;

const { values } = parseArgs({
  options: { recipe: { type: "string", default: "fashion-cnn" }, seconds: { type: "string", default: "20" }, json: { type: "boolean", default: false } },
});
const seconds = Number(values.seconds);
if (!(seconds > 0 && Number.isFinite(seconds))) throw new Error(`--seconds: must be a number above 0; received ${values.seconds}`);
const busyBefore = await busyShare();
const studio = await startStudio();

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
  const { client, close } = await comeIn(studio.address);
  const id = await startTraining(client, values.recipe);
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
  await studio.stop();
}
