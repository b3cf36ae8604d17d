/** The built studio as a process of its own, as a person starts it. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");
const launcher = path.join(root, "bin/descent.mjs");

export interface Host {
  /** The address with its one-time token. */
  readonly url: string;
  /** Ends the studio as Ctrl-C does, and waits until it is gone. */
  stop(): Promise<void>;
}

export interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function temporaryHome(): { readonly home: string; remove(): void } {
  const home = mkdtempSync(path.join(os.tmpdir(), "descent-e2e-"));
  return { home, remove: () => rmSync(home, { recursive: true, force: true }) };
}

export async function startHost(home: string): Promise<Host> {
  const child = spawn(process.execPath, [launcher, "serve", "--no-open", "--home", home], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`the studio ended with ${code} before it served:\n${stdout}${stderr}`)));
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      const address = /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/.exec(stdout)?.[0];
      if (address !== undefined) resolve(address);
    });
  });
  return {
    url,
    stop: async () => {
      child.kill("SIGINT");
      await gone;
    },
  };
}

/** The command line with these arguments. */
export function descent(...args: readonly string[]): Promise<Answer> {
  const child = spawn(process.execPath, [launcher, ...args], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  return new Promise((resolve, reject) => {
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.once("error", reject);
    child.once("close", (status) => resolve({ status, stdout, stderr }));
  });
}
