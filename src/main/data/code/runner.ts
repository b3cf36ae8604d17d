/**
 * The process in which a data set written as code runs. The host starts it with Node's permission model: it may read some folders, and not write files,
 * start processes, load native addons or use the inspector; confine.ts takes the rest. What it prints goes to the log. It ends with its parent, even in
 * an endless loop: a thread that was started before the foreign code looks after that, and threads are forbidden from then on.
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
/** A parent that has ended is seen by another parent in its place, or, on Windows, by no process of its number. */
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
// As they are before the foreign code can put others in their place.
const write = writeSync;
const wait = Atomics.wait;

/** Told before each step, past the event loop, so that the host knows where a process hangs that answers no more. */
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
      // The host is behind with reading.
      wait(parked, 0, 0, 1);
    }
  }
}

async function answer(request: Request): Promise<Reply> {
  if (request.type === "survey") {
    file = request.file;
    if (!forSurvey) throw new Error("this process is for running");
    return { type: "surveyed", files: await survey(request.url) };
  }
  if (request.type === "open") {
    file = request.file;
    if (forSurvey) throw new Error("this process is for a survey");
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
      "must read only what lies beside it and what data.source.options names",
      `${stepName(step)} tried to read ${accessOf(error).slice("FileSystemRead".length).trim() || "elsewhere"}`,
      "Put the file into the module's folder, or name its path in data.source.options.",
    );
  if (code === "ERR_ACCESS_DENIED")
    return said(
      "must only read",
      `${stepName(step)} tried what is forbidden here: ${accessOf(error)}`,
      "A data set may read files, but not write them, start processes or threads, or reach into other processes.",
    );
  if (code === "ERR_UNKNOWN_FILE_EXTENSION")
    return said("must be JavaScript here", "TypeScript, which this Node cannot run", "Save it as .mjs without types, or start Descent in a newer Node.");
  if (step === LOADING) return said("must be a module that can be loaded", message, "Correct the module; `node --check` tells more.");
  return said(`${stepName(step)} must not throw`, `${stepName(step)} threw: ${message}`, "Correct it there.");
}

/** The first line of foreign code in an error's stack, or the file and line of a syntax error. */
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

/** The module itself as the person named it; what it imports by its path. */
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

/** Node says where a syntax error of JavaScript is only where nobody catches it. The host reads it off standard error. */
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
// The host is gone.
process.stdin.on("end", () => process.exit());
process.stdin.on("data", (chunk: Buffer) => {
  pending = Buffer.concat([pending, chunk]);
  for (let end = pending.indexOf("\n"); end >= 0; end = pending.indexOf("\n")) {
    const request: Request = JSON.parse(pending.subarray(0, end).toString("utf8"));
    pending = pending.subarray(end + 1);
    queue = queue.then(() => perform(request));
  }
});
