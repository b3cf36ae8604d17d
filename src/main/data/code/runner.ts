/**
 * The process that runs a data set written as code. The host starts it with Node's permission model: it can read some folders, but not write files,
 * start processes, load native addons or use the inspector; confine.ts removes the rest. Its output goes to the log. It ends with its parent, even in
 * an endless loop: a watchdog thread started before the foreign code ensures that, and further threads are forbidden.
 */
import { writeSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { confine } from "./confine.ts";
import { BEAT, frameHeader, REPLY } from "./frames.ts";
import { loadOnly, survey, Unlisted } from "./loading.ts";
import { LOADING, REPLY_FD, type Reply, type Request, stepName } from "./protocol.ts";
import { encodeReply } from "./replies.ts";
import { Served } from "./served.ts";
import { WrongValue } from "./values.ts";

const WATCH_MS = 500;
/** The watchdog notices that the parent has ended by a changed parent id, or, on Windows, by a missing process. */
const WATCHDOG = `
const parent = process.ppid;
setInterval(() => {
  try {
    if (process.ppid === parent) { process.kill(parent, 0); return; }
  } catch (error) {
    if (error.code === "EPERM") return;
  }
  process.kill(process.pid, "SIGKILL");
}, ${WATCH_MS});
`;

let file = "";
let step = LOADING;
let served: Served | null = null;
const parked = new Int32Array(new SharedArrayBuffer(4));
const forSurvey = process.argv[2] === "survey";
// Captured before foreign code can replace them.
const write = writeSync;
const wait = Atomics.wait;

/** Reports each step synchronously, so that the host knows in which step a hanging process is. */
function beat(now: number): void {
  step = now;
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(now);
  send(BEAT, bytes);
}

function send(kind: number, payload: Buffer): void {
  const bytes = Buffer.concat([frameHeader(kind, payload.length), payload]);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += write(REPLY_FD, bytes, at);
    } catch (error) {
      if (!(error instanceof Error) || !("code" in error) || error.code !== "EAGAIN") throw error;
      // The host is slow to read; try again.
      wait(parked, 0, 0, 1);
    }
  }
}

async function answer(request: Request): Promise<Reply> {
  if (request.type === "survey") {
    file = request.file;
    if (!forSurvey) throw new Error("this process is only for running code");
    return { type: "surveyed", files: await survey(request.url) };
  }
  if (request.type === "open") {
    file = request.file;
    if (forSurvey) throw new Error("this process is only for a survey");
    loadOnly(request.allowed);
    served = await Served.open(request, beat);
    return served.facts(path.parse(file).name);
  }
  if (served === null) throw new Error("asked before it was opened");
  switch (request.type) {
    case "batch":
      return served.batch(request.indices);
    case "targets":
      return served.targets(request.first, request.count);
    default:
      return served.close();
  }
}

function failure(error: unknown): Reply {
  const place = step >= 0 ? `${file}, get(${step})` : file;
  if (error instanceof WrongValue) {
    const { expected, received, remedy } = error;
    return { type: "failed", problem: { place, expected, received, remedy } };
  }
  if (error instanceof Unlisted) return { type: "unlisted", file: error.file };
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const said = (expected: string, received: string, remedy: string): Reply => ({
    type: "failed",
    problem: { place: lineOf(error) ?? place, expected, received, remedy },
  });
  if (code === "ERR_ACCESS_DENIED" && accessOf(error).startsWith("FileSystemRead"))
    return said(
      "must only read files in its folder and paths in data.source.options",
      `${stepName(step)} tried to read ${accessOf(error).slice("FileSystemRead".length).trim() || "elsewhere"}`,
      "Put the file into the module's folder, or name its path in data.source.options.",
    );
  if (code === "ERR_ACCESS_DENIED")
    return said(
      "must only read",
      `${stepName(step)} tried something forbidden: ${accessOf(error)}`,
      "A data set may read files, but not write them, start processes or threads, or reach into other processes.",
    );
  if (code === "ERR_UNKNOWN_FILE_EXTENSION")
    return said("must be JavaScript here", "TypeScript, which this Node cannot run", "Save it as .mjs without types, or start Descent in a newer Node.");
  if (step === LOADING) return said("must be a module that can be loaded", message, "Correct the module; `node --check` tells you more.");
  return said(`${stepName(step)} must not throw`, `${stepName(step)} threw: ${message}`, "Correct it there.");
}

/** The first line of foreign code in an error's stack trace, or the file and line of a syntax error. */
function lineOf(error: unknown): string | null {
  if (!(error instanceof Error) || error.stack === undefined) return null;
  const syntax = /^(\/.+|[A-Za-z]:\\.+|file:\/\/.+):(\d+)\n/.exec(error.stack);
  if (syntax !== null) return `${named(syntax[1] ?? "")}:${syntax[2]}`;
  const own = path.dirname(fileURLToPath(import.meta.url));
  for (const match of error.stack.matchAll(/^ {4}at (?:.*\()?(?:async )?(file:\/\/[^\s()]+|\/[^()]+|[A-Za-z]:\\[^()]+):(\d+):\d+\)?$/gm)) {
    const found = toPath(match[1] ?? "");
    if (path.dirname(found) !== own) return `${named(found)}:${match[2]}`;
  }
  return null;
}

/** The module is named as the user named it, an import by its path. */
function named(found: string): string {
  const place = toPath(found);
  return place === path.resolve(file) ? file : place;
}

function toPath(found: string): string {
  return found.startsWith("file:") ? fileURLToPath(found) : found;
}

function accessOf(error: unknown): string {
  const of = (key: string) => (error instanceof Error && key in error ? String(Reflect.get(error, key)) : "");
  return `${of("permission")} ${of("resource")}`.trim();
}

/** Node prints the position of a JavaScript syntax error only if it is not caught. The host reads it from standard error. */
function isUnplaced(error: unknown): boolean {
  return error instanceof SyntaxError && step === LOADING && lineOf(error) === null;
}

async function watch(): Promise<void> {
  if (!process.execArgv.includes("--allow-worker")) return;
  const watchdog = new Worker(WATCHDOG, { eval: true, env: {}, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 16 } });
  await new Promise((online) => watchdog.once("online", online));
  watchdog.unref();
  const drop: unknown = Reflect.get(process.permission, "drop");
  if (typeof drop !== "function") throw new Error("this Node cannot forbid threads");
  Reflect.apply(drop, process.permission, ["worker"]);
}

async function perform(request: Request): Promise<void> {
  let reply: Reply;
  try {
    reply = await answer(request);
  } catch (error) {
    if (isUnplaced(error)) {
      setImmediate(() => {
        throw error;
      });
      return;
    }
    reply = failure(error);
  }
  send(REPLY, encodeReply(reply));
}

await watch();
confine(forSurvey);
send(REPLY, encodeReply({ type: "ready" }));
let queue = Promise.resolve();
let pending = Buffer.alloc(0);
// The host has ended.
process.stdin.on("end", () => process.exit());
process.stdin.on("data", (chunk: Buffer) => {
  pending = Buffer.concat([pending, chunk]);
  for (let end = pending.indexOf("\n"); end >= 0; end = pending.indexOf("\n")) {
    const request: Request = JSON.parse(pending.subarray(0, end).toString("utf8"));
    pending = pending.subarray(end + 1);
    queue = queue.then(() => perform(request));
  }
});
