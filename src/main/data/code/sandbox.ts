/** The host's side of a data set process: starts it, asks one question at a time, and ends it if it does not answer or sends anything unexpected. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import os from "node:os";
import { Readable, type Stream } from "node:stream";
import { fileURLToPath } from "node:url";
import { Fault } from "../../../shared/kit/fault.ts";
import { Malformed } from "./bytes.ts";
import { exitProblem, startProblem } from "./exitProblem.ts";
import { BEAT, FrameReader, REPLY } from "./frames.ts";
import { LogTail } from "./logTail.ts";
import { notAllowed } from "./notAllowed.ts";
import { CLOSING, LOADING, type Opened, REPLY_FD, type Reply, type Request, stepAt, stepName } from "./protocol.ts";
import { type ANSWERS, decodeReply, mostReplyBytes } from "./replies.ts";

export interface SandboxOptions {
  /** The module as the user named it; used as the place of problems. */
  readonly file: string;
  /** Time limit for one answer of the class, in seconds. */
  readonly timeout: number;
  /** Folders and files that may be read; null for a survey, which may read everything and runs nothing. */
  readonly reads: readonly string[] | null;
  /** JavaScript heap limit in MiB. Typed arrays do not count. */
  readonly heapMegabytes?: number;
}

/** The only environment variables that the process gets: no tokens, no NODE_OPTIONS. */
const VARIABLES = ["PATH", "HOME", "USERPROFILE", "TMP", "TEMP", "TMPDIR", "LANG", "LC_ALL", "TZ", "SystemRoot", "SYSTEMROOT", "windir"];
/** How long closing waits for an unresponsive process to end. */
const CLOSE_MS = 2000;
/** Time limit for starting the process. */
const START_SECONDS = 60;
const BEAT_BYTES = 4;

type Answer<Q extends Request> = Extract<Reply, { readonly type: (typeof ANSWERS)[Q["type"]] }>;

interface Pending {
  /** Null while the process starts. */
  readonly request: Request | null;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (fault: Fault) => void;
}

export class Sandbox {
  readonly #options: SandboxOptions;
  readonly #child: ChildProcess;
  readonly #log = new LogTail();
  readonly #frames = new FrameReader({ most: (kind) => this.#most(kind), take: (kind, payload) => this.#take(kind, payload) });
  readonly #ready: Promise<Reply>;
  readonly #closed: Promise<void>;
  #pending: Pending | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isReady = false;
  #step = LOADING;
  /** Number of steps reported for the current request. */
  #position = 0;
  #opened: Opened | null = null;
  /** Why no more answers will come. */
  #ended: Fault | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: SandboxOptions) {
    this.#options = options;
    const heapMegabytes = options.heapMegabytes ?? defaultHeap();
    const child = spawn(process.execPath, [...flags(heapMegabytes, options.reads), runnerEntry(), options.reads === null ? "survey" : "run"], {
      // Node's IPC channel is not used: its messages have no size limit.
      stdio: ["pipe", "pipe", "pipe", "pipe"],
      env: environment(),
      windowsHide: true,
    });
    this.#child = child;
    this.#closed = new Promise((resolve) => {
      child.once("close", (code, signal) => {
        const { file } = options;
        const { tail } = this.#log;
        this.#end(
          this.#isReady
            ? new Fault("input", [exitProblem({ file, step: stepName(this.#step), code, signal, tail, heapMegabytes })])
            : new Fault("environment", [startProblem(file, tail)]),
        );
        resolve();
      });
    });
    // Without a listener an error at the start would end this process. No "close" follows then.
    child.on("error", (error) => this.#end(new Fault("environment", [startProblem(options.file, error.message)], { cause: error })));
    // Errors when writing to an ending process are ignored; "close" reports how it ended.
    child.stdin?.on("error", () => {});
    for (const output of [child.stdout, child.stderr]) output?.on("data", (chunk: Buffer) => this.#log.take(chunk));
    readableOf(child.stdio[REPLY_FD])?.on("data", (chunk: Buffer) => this.#hear(chunk));
    this.#ready = new Promise((resolve, reject) => this.#expect({ request: null, resolve, reject }));
    this.#ready.catch(() => {});
    // An idle open data set does not keep this process alive; a pending request does, by its timer.
    child.unref();
    for (const stream of child.stdio) if (stream && "unref" in stream && typeof stream.unref === "function") stream.unref();
  }

  /**
   * Asks one question after another, in call order.
   * @throws Fault if the class throws, returns something invalid, does not answer in time, or ends its process
   */
  ask<Q extends Request>(request: Q): Promise<Answer<Q>> {
    const asked = this.#turn.then(() => this.#ask(request));
    this.#turn = asked.catch(() => {});
    // The reply has been checked against the request.
    return asked as Promise<Answer<Q>>;
  }

  /** Lets the class close its resources, then ends the process. */
  async close(): Promise<void> {
    if (this.#ended === null && this.#opened !== null) await this.ask({ type: "close" }).catch(() => {});
    this.#kill(closedFault(this.#options.file));
    // Waits for a limited time; the operating system ends the process.
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([this.#closed, new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_MS)))]);
    clearTimeout(timer);
  }

  async #ask(request: Request): Promise<Reply> {
    await this.#ready;
    if (this.#ended !== null) throw this.#ended;
    if (request.type === "close") this.#step = CLOSING;
    const reply = await new Promise<Reply>((resolve, reject) => {
      this.#expect({ request, resolve, reject });
      this.#child.stdin?.write(`${JSON.stringify(request)}\n`);
    });
    if (reply.type === "opened") this.#opened = reply;
    if (reply.type === "unlisted") throw notAllowed(this.#options.file, reply.file);
    if (reply.type === "failed") throw new Fault("input", [{ ...reply.problem, place: this.#placeOf(reply.problem.place) }]);
    return reply;
  }

  #expect(pending: Pending): void {
    this.#pending = pending;
    this.#position = 0;
    this.#wait();
  }

  #hear(chunk: Buffer): void {
    if (this.#ended !== null) return;
    try {
      this.#frames.push(chunk);
    } catch (error) {
      this.#kill(forged(this.#options.file, error instanceof Malformed ? error.message : "a message that cannot be read"));
    }
  }

  /** Largest message in bytes that can come now. */
  #most(kind: number): number {
    if (this.#pending === null) throw new Malformed("a message that was not asked for");
    if (kind === BEAT) return BEAT_BYTES;
    if (kind === REPLY) return mostReplyBytes(this.#pending.request, this.#opened);
    throw new Malformed(`a message of the unknown kind ${kind}`);
  }

  #take(kind: number, payload: Buffer): void {
    const pending = this.#pending;
    // Further messages in the chunk that ended the request.
    if (this.#ended !== null) return;
    if (pending === null) throw new Malformed("a message that was not asked for");
    if (kind === BEAT) {
      this.#beat(payload, pending.request);
      return;
    }
    const reply = decodeReply(payload, pending.request, this.#opened);
    const isAnswer = reply.type !== "failed" && reply.type !== "unlisted";
    if (isAnswer && pending.request !== null && stepAt(pending.request, this.#position) !== undefined) throw new Malformed("an answer before its last step");
    this.#isReady = true;
    this.#settle((waiting) => waiting.resolve(reply));
  }

  #beat(payload: Buffer, request: Request | null): void {
    const step = payload.length === BEAT_BYTES ? payload.readInt32LE() : undefined;
    if (request === null || step === undefined || step !== stepAt(request, this.#position)) throw new Malformed("a step that is not the next one");
    this.#position += 1;
    this.#step = step;
    this.#wait();
  }

  /** Starts the timer for the next step. The time to start the process does not count for the class. */
  #wait(): void {
    clearTimeout(this.#timer);
    const seconds = this.#isReady ? this.#options.timeout : START_SECONDS;
    this.#timer = setTimeout(() => this.#kill(this.#late(seconds)), seconds * 1000);
  }

  #late(seconds: number): Fault {
    const { file } = this.#options;
    if (!this.#isReady)
      return new Fault("environment", [
        { place: file, expected: `must have a process of its own within ${seconds} s`, received: "none", remedy: "Close other programs and try again." },
      ]);
    return new Fault("input", [
      {
        place: file,
        expected: `must answer within ${seconds} s`,
        received: `${stepName(this.#step)} did not answer within ${seconds} s`,
        remedy: "Look there for an endless loop or a promise that is never resolved, or raise data.source.timeout.",
      },
    ]);
  }

  /** The data set's file with the reported position in it, or a file that it may read; anything else is put after the file's name. */
  #placeOf(told: string): string {
    const { file, reads } = this.#options;
    const isOwn = told.startsWith(file) || (reads ?? []).some((folder) => told.startsWith(folder));
    return isOwn || reads === null ? told : `${file} (${told})`;
  }

  #kill(why: Fault): void {
    this.#end(why);
    this.#child.kill("SIGKILL");
  }

  #end(why: Fault): void {
    this.#ended ??= why;
    const ended = this.#ended;
    this.#settle((pending) => pending.reject(ended));
  }

  #settle(settle: (pending: Pending) => void): void {
    clearTimeout(this.#timer);
    const pending = this.#pending;
    this.#pending = null;
    if (pending !== null) settle(pending);
  }
}

/** `moduleRunner.js` next to the running bundle, or the source file in a checkout. */
export function runnerEntry(): string {
  const bundled = fileURLToPath(new URL("./moduleRunner.js", import.meta.url));
  return existsSync(bundled) ? bundled : fileURLToPath(new URL("./runner.ts", import.meta.url));
}

/** Flags of Node's permission model: no writing, processes, addons or inspector. The watchdog thread is allowed if threads can be forbidden after it. */
function flags(heapMegabytes: number, reads: readonly string[] | null): string[] {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const canForbidLater = major > 24 || (major === 24 && minor >= 21);
  return [
    "--permission",
    ...(reads === null ? ["--allow-fs-read=*"] : reads.map((folder) => `--allow-fs-read=${folder}`)),
    ...(canForbidLater ? ["--allow-worker"] : []),
    ...["sqlite", "webstorage"].flatMap((name) => (process.allowedNodeEnvironmentFlags.has(`--experimental-${name}`) ? [`--no-experimental-${name}`] : [])),
    `--max-old-space-size=${heapMegabytes}`,
    ...["ExperimentalWarning", "SecurityWarning", "MODULE_TYPELESS_PACKAGE_JSON"].map((warning) => `--disable-warning=${warning}`),
  ];
}

function environment(): NodeJS.ProcessEnv {
  const kept = VARIABLES.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]] as const]));
  // Makes Electron's executable run as Node.
  return { ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: "1" };
}

function defaultHeap(): number {
  return Math.min(4096, Math.floor(os.totalmem() / 2 ** 21));
}

function readableOf(stream: Stream | null | undefined): Readable | null {
  return stream instanceof Readable ? stream : null;
}

function closedFault(file: string): Fault {
  return new Fault("input", [{ place: file, expected: "must be open", received: "a data set that was closed", remedy: "Open it again." }]);
}

function forged(file: string, received: string): Fault {
  return new Fault("input", [
    {
      place: file,
      expected: "must only answer through its class",
      received,
      remedy: "Its code writes to a file descriptor that belongs to Descent. Read the code before you run it again.",
    },
  ]);
}
