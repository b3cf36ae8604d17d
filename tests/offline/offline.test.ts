/**
 * Offline means offline: no process of Descent asks for an address beyond loopback, and none leaves a file outside the studio's home.
 *
 * The runtime's telemetry makes its first attempt some ten seconds after it is loaded, so the training lasts longer. DESCENT_OFFLINE_MINUTES makes it
 * as long as you like.
 */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RecipeInput } from "../../src/shared/recipe/recipe.ts";
import { startDescent } from "../helpers/descent.ts";
import { addressesAsked, addressesIn, missingForWatch, watching } from "../helpers/watchedNetwork.ts";

const missing = missingForWatch();
if (missing !== null) console.warn(`The watch for network calls is skipped: ${missing}`);

/** Longer than the telemetry waits before its first attempt, by half. */
const TRAINING_MS = 60_000 * Number(process.env["DESCENT_OFFLINE_MINUTES"] ?? 0.25);

/** Batches that are augmented, so that the runtime is loaded in threads as well; it goes on until it is interrupted. */
const endless: RecipeInput = {
  name: "endless",
  data: { source: { type: "shipped", name: "digits" } },
  model: { layers: [{ type: "conv2d", filters: 4 }, { type: "relu" }, { type: "flatten" }, { type: "dense", units: 10 }] },
  loss: { type: "softmaxCrossEntropy" },
  optimizer: { type: "sgd", lr: 0.001 },
  augmentation: [{ type: "gaussianNoise" }],
  budget: { epochs: 1_000_000 },
};

it("reads addresses out of the watch's log", () => {
  const log = [
    '7 connect(3, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.1")}, 16) = -1 ENETUNREACH (Network is unreachable)',
    '7 connect(3, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = 0',
    '7 sendto(5, "\\1", 1, 0, {sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("127.0.0.1")}, 16) = 1',
    '7 connect(3, {sa_family=AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "::1", &sin6_addr), sin6_scope_id=0}, 28) = 0',
    '7 connect(3, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT (No such file or directory)',
  ].join("\n");
  expect(addressesIn(log)).toEqual(["192.0.2.1:53", "2001:db8::1:443"]);
});

describe.skipIf(missing !== null)("under a watch of the network", () => {
  let folder: string;
  let run: string;
  /** The runtime as it is, loaded past engine/onnxruntime.ts. It does its deeds while the first run trains. */
  let planted: { readonly home: string; readonly pid: number; readonly ended: Promise<void> };
  /** As of a person who just logged in: nothing that keeps the runtime quiet by itself (it is so where CI is set). */
  let env: { readonly PATH: string; readonly HOME: string; readonly TMPDIR: string };
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "descent-offline-"));
    env = { PATH: process.env["PATH"] ?? "", HOME: path.join(folder, "home"), TMPDIR: path.join(folder, "tmp") };
    for (const made of [env.HOME, env.TMPDIR]) mkdirSync(made);
    writeFileSync(path.join(folder, "endless.json"), JSON.stringify(endless));
    planted = plant();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const log = (name: string) => path.join(folder, `${name}.calls`);
  const descent = (name: string, ...args: readonly string[]) => startDescent(args, { env, before: watching(log(name)) });

  function plant() {
    const home = path.join(folder, "planted");
    mkdirSync(home);
    const load = `require(${JSON.stringify(path.resolve("node_modules/onnxruntime-node"))}).InferenceSession.create(Uint8Array.of(1)).catch(() => {}); setTimeout(() => {}, 13_000)`;
    const [command = "", ...args] = [...watching(log("planted")), process.execPath, "-e", load];
    const child = spawn(command, args, { stdio: "ignore", env: { ...env, HOME: home, TMPDIR: home } });
    return { home, pid: child.pid ?? 0, ended: new Promise<void>((resolve) => child.once("close", () => resolve())) };
  }

  it("training asks for nothing", { timeout: TRAINING_MS + 60_000 }, async () => {
    const { child, finished } = descent("train", "train", path.join(folder, "endless.json"), "--json");
    await wait(TRAINING_MS);
    child.kill("SIGINT");
    const { code, stderr, lines } = await finished;
    expect(code, stderr).toBe(130);
    expect(lines.length).toBeGreaterThan(10);
    run = String(lines[0]?.["run"]);
    expect(await addressesAsked(log("train"), child.pid ?? 0)).toEqual([]);
  });

  it("the runtime by itself asks and leaves files, so the watch sees what there is to see", async () => {
    await planted.ended;
    expect(await addressesAsked(log("planted"), planted.pid)).not.toEqual([]);
    expect(filesIn(planted.home)).not.toEqual([]);
  });

  it("nor does any other command", async () => {
    const commands = [["devices"], ["data", "inspect", "iris"], ["lr-find", "iris-mlp"], ["evaluate", run], ["runs"]];
    for (const [i, command] of commands.entries()) {
      const { child, finished } = descent(String(i), ...command);
      const { code, stderr } = await finished;
      expect(code, `${command.join(" ")}: ${stderr}`).toBe(0);
      expect(await addressesAsked(log(String(i)), child.pid ?? 0), command.join(" ")).toEqual([]);
    }
  });

  it("and the person's home then holds Descent's own files alone", () => {
    const files = filesIn(env.HOME);
    expect(files.length).toBeGreaterThan(3);
    expect(files.filter((file) => !file.startsWith(path.join(".local", "share", "descent") + path.sep))).toEqual([]);
    expect(filesIn(env.TMPDIR)).toEqual([]);
  });
});

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}
