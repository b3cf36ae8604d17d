/** The host's side of the process of a data set written as code: forked, asked one question at a time, ended where it does not answer. */
import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import os from "node:os";
import { Readable, type Stream } from "node:stream";
import { fileURLToPath } from "node:url";
import { Fault } from "../../../shared/kit/fault.ts";
import { exitProblem } from "./exitProblem.ts";
import { CLOSING, LOADING, type Reply, type Request, stepName } from "./protocol.ts";

export interface SandboxOptions {
  /** The module as the person named it: the place of problems. */
  readonly file: string;
  /** Patience for one answer of the class, seconds. */
  readonly timeout: number;
  /** Most memory for its objects, MiB. Typed arrays are beside it. */
  readonly heapMegabytes?: number;
}

/** Of the environment, the process gets these and nothing else: no tokens, no NODE_OPTIONS. */
const VARIABLES = ["PATH", "HOME", "USERPROFILE", "TMP", "TEMP", "TMPDIR", "LANG", "LC_ALL", "TZ", "SystemRoot", "SYSTEMROOT", "windir"];
const TAIL_BYTES = 16 * 1024;
/** A process that answers no more has this long to be ended; then its end is not waited for. */
const CLOSE_MS = 2000;
/** Patience for the process to start. */
const START_SECONDS = 60;

interface Pending {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (fault: Fault) => void;
}

export class Sandbox {
  readonly #options: SandboxOptions;
  readonly #child: ChildProcess;
  #pending: Pending | null = null;
  #timer: NodeJS.Timeout | undefined;
  /** Null until the process runs. */
  #step: number | null = null;
  /** Bytes of a beat that came in two parts. */
  #rest: Buffer = Buffer.alloc(0);
  #tail = "";
  /** Why there will be no more answers. */
  #ended: Fault | null = null;
  readonly #closed: Promise<void>;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: SandboxOptions) {
    this.#options = options;
    const child = fork(runnerEntry(), [], {
      serialization: "advanced",
      stdio: ["ignore", "pipe", "pipe", "ipc", "pipe"],
      execArgv: flags(options.heapMegabytes ?? defaultHeap()),
      env: environment(),
    });
    this.#child = child;
    this.#closed = new Promise((resolve) => {
      child.once("close", (code, signal) => {
        this.#end(
          new Fault("input", [
            exitProblem({
              file: options.file,
              step: stepName(this.#step ?? LOADING),
              code,
              signal,
              tail: this.#tail,
              heapMegabytes: options.heapMegabytes ?? defaultHeap(),
            }),
          ]),
        );
        resolve();
      });
    });
    // Without this a process that could not be started would end this one. There is no "close" then.
    child.on("error", (error) =>
      this.#end(
        new Fault(
          "environment",
          [{ place: options.file, expected: "must run in a process of its own", received: error.message, remedy: "Check the memory and try again." }],
          { cause: error },
        ),
      ),
    );
    child.on("message", (reply) => this.#settle((pending) => pending.resolve(reply as Reply)));
    // What it prints is for the log.
    for (const output of [child.stdout, child.stderr])
      output?.on("data", (chunk: Buffer) => {
        this.#tail = (this.#tail + chunk.toString()).slice(-TAIL_BYTES);
        process.stderr.write(chunk);
      });
    readableOf(child.stdio[4])?.on("data", (chunk: Buffer) => this.#beat(chunk));
    // An open data set alone keeps no process from ending; a question does, by its timer.
    child.unref();
    child.channel?.unref();
    for (const stream of [child.stdout, child.stderr, child.stdio[4]])
      if (stream !== null && stream !== undefined && "unref" in stream && typeof stream.unref === "function") stream.unref();
  }

  /**
   * One question after another, in the order they are asked.
   * @throws Fault where the class throws, gives something else, does not answer in time or ends its process
   */
  ask(request: Request): Promise<Reply> {
    const asked = this.#turn.then(() => this.#ask(request));
    this.#turn = asked.catch(() => {});
    return asked;
  }

  /** Lets the class close what it has open, and ends its process. */
  async close(): Promise<void> {
    if (this.#ended === null) {
      this.#step = CLOSING;
      await this.ask({ type: "close" }).catch(() => {});
    }
    this.#kill(closedFault(this.#options.file));
    // Ending a process is the operating system's; it is not waited for without end.
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([this.#closed, new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_MS)))]);
    clearTimeout(timer);
  }

  async #ask(request: Request): Promise<Reply> {
    if (this.#ended !== null) throw this.#ended;
    const reply = await new Promise<Reply>((resolve, reject) => {
      this.#pending = { resolve, reject };
      this.#wait();
      // A message that meets a process on its way out has nowhere to go; how it ended is told by "close".
      this.#child.send(request, () => {});
    });
    if (reply.type === "failed") throw new Fault("input", [reply.problem]);
    return reply;
  }

  #beat(chunk: Buffer): void {
    const bytes = Buffer.concat([this.#rest, chunk]);
    const whole = bytes.length - (bytes.length % 4);
    this.#rest = bytes.subarray(whole);
    if (whole === 0) return;
    this.#step = bytes.readInt32LE(whole - 4);
    if (this.#pending !== null) this.#wait();
  }

  /** From now on: patience for the next step. How long a process takes to start is none of the class's. */
  #wait(): void {
    clearTimeout(this.#timer);
    const seconds = this.#step === null ? START_SECONDS : this.#options.timeout;
    this.#timer = setTimeout(() => this.#kill(this.#late(seconds)), seconds * 1000);
  }

  #late(seconds: number): Fault {
    const { file } = this.#options;
    if (this.#step === null)
      return new Fault("environment", [
        { place: file, expected: `must have a process of its own within ${seconds} s`, received: "none", remedy: "Close other programs and try again." },
      ]);
    return new Fault("input", [
      {
        place: file,
        expected: `must answer within ${seconds} s`,
        received: `${stepName(this.#step)} did not answer within ${seconds} s`,
        remedy: "Look for a loop without an end or a promise that is never kept there, or raise data.source.timeout.",
      },
    ]);
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

/** `moduleRunner.js` beside the bundle that is running, or the source file in a checkout. */
export function runnerEntry(): string {
  const bundled = fileURLToPath(new URL("./moduleRunner.js", import.meta.url));
  return existsSync(bundled) ? bundled : fileURLToPath(new URL("./runner.ts", import.meta.url));
}

/** Node's permission model: no writing, no processes, no addons, no inspector. The thread that watches the parent is allowed where it can be the last one. */
function flags(heapMegabytes: number): string[] {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const canForbidLater = major > 24 || (major === 24 && minor >= 21);
  return [
    "--permission",
    "--allow-fs-read=*",
    ...(canForbidLater ? ["--allow-worker"] : []),
    `--max-old-space-size=${heapMegabytes}`,
    ...["ExperimentalWarning", "SecurityWarning", "MODULE_TYPELESS_PACKAGE_JSON"].map((warning) => `--disable-warning=${warning}`),
  ];
}

function environment(): NodeJS.ProcessEnv {
  const kept = VARIABLES.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]] as const]));
  // Electron's own executable runs as Node with this.
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
