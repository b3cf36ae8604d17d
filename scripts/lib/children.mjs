// @ts-check
/** Child processes of the scripts. */
import { spawn } from "node:child_process";

const FORWARDED = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/** Says to a child of {@link runInPlace} that the channel it has is there to tell when its parent is gone. */
const FOLLOWS = "DESCENT_FOLLOWS";
const PARENT_POLL_MS = 500;

/**
 * Ends this process in order when the one that stands for it ends without a word: the launcher before it, killed under an
 * older Node, or npm's shell, which does not pass a signal on.
 */
export function endWithParent() {
  const end = () => void process.kill(process.pid, "SIGTERM");
  if (process.env[FOLLOWS] && process.channel) {
    delete process.env[FOLLOWS];
    process.once("disconnect", end);
    process.channel.unref();
  } else if (process.env.npm_execpath && process.platform !== "win32") {
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      end();
    }, PARENT_POLL_MS);
    timer.unref();
  }
}

/**
 * Runs a program in this one's place: same terminal, signals passed on.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ followed?: boolean }} [options] followed: gives it a channel for {@link endWithParent}
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null }>}
 */
export function runInPlace(program, args, { followed = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = followed
      ? spawn(program, args, { stdio: ["inherit", "inherit", "inherit", "ipc"], env: { ...process.env, [FOLLOWS]: "1" } })
      : spawn(program, args, { stdio: "inherit" });
    const handlers = FORWARDED.map((name) => {
      const forward = () => void child.kill(name);
      process.on(name, forward);
      return () => process.off(name, forward);
    });
    const settle = () => {
      for (const remove of handlers) remove();
    };
    child.once("error", (error) => {
      settle();
      reject(error);
    });
    child.once("exit", (code, signal) => {
      settle();
      resolve({ code, signal });
    });
  });
}

/**
 * Ends this process the way a child ended.
 * @param {{ code: number | null, signal: NodeJS.Signals | null }} ended
 * @returns {number} the exit status, where a signal did not end this process first
 */
export function endLike({ code, signal }) {
  if (signal !== null) process.kill(process.pid, signal);
  return code ?? 1;
}

/**
 * Runs a program and keeps what it prints.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, timeoutMs?: number, shell?: boolean }} [options]
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export function runQuietly(program, args, { env = process.env, cwd, timeoutMs, shell = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env, cwd, timeout: timeoutMs, killSignal: "SIGKILL", shell });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    }
    child.once("error", (error) => resolve({ ok: false, output: String(error) }));
    child.once("close", (code) => resolve({ ok: code === 0, output }));
  });
}
