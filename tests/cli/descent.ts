/** Runs the command line as a person would, from source: a process of its own with a home of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const MAIN = new URL("../../src/main/hosts/cli/main.ts", import.meta.url).href;
export const repository = fileURLToPath(new URL("../..", import.meta.url));

/** What `bin/descent.mjs` does, without its choice of Node. */
const LAUNCH = `import(${JSON.stringify(MAIN)}).then(async ({ run }) => { process.exitCode = await run(process.argv.slice(1)); });`;

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** Resolves when standard output holds a match. */
  seen(pattern: RegExp): Promise<void>;
}

export interface SpawnOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

export function start(argv: readonly string[], { env = {}, cwd = repository }: SpawnOptions = {}): Running {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "-e", LAUNCH, "--", ...argv], {
    cwd,
    env: { ...process.env, DESCENT_LOG: "warn", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  const waiting = new Set<() => void>();
  const look = () => {
    for (const resume of waiting) resume();
  };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    look();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const finished = new Promise<Finished>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => {
      resolve({ status, stdout, stderr });
      look();
    });
  });
  const seen = (pattern: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const check = () => {
        if (pattern.test(stdout)) resolve();
        else if (child.exitCode !== null || child.signalCode !== null) reject(new Error(`ended without ${pattern}: ${stdout}\n${stderr}`));
        else return;
        waiting.delete(check);
      };
      waiting.add(check);
      check();
    });
  return { child, finished, seen };
}

export function descent(argv: readonly string[], options: SpawnOptions = {}): Promise<Finished> {
  return start(argv, options).finished;
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), "descent-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Standard output with --json: every line must be one object. */
export function jsonLines(text: string): readonly Record<string, unknown>[] {
  if (text !== "" && !text.endsWith("\n")) throw new Error(`the last line is cut: ${text.slice(-80)}`);
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}
