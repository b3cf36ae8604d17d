/**
 * The built studio as a process of its own, as a person starts it. Where strace is here, the host and every process that it starts are watched all
 * along, whatever screen a test looks at: an address beyond loopback fails the test as the studio is stopped.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect } from "vitest";
import { addressesAsked, canTrace, tracing } from "../helpers/watchedNetwork.ts";
import { PATIENCE_MS } from "./chromium.ts";

const root = path.resolve(import.meta.dirname, "../..");
const launcher = path.join(root, "bin/descent.mjs");

export interface Host {
  /** What it has said so far. */
  readonly told: string;
  /** The address with its one-time token. */
  readonly url: string;
  /** The address that was printed last, once the first one is spent. */
  nextUrl(): Promise<string>;
  /** Ends the studio as Ctrl-C does, and waits until it is gone. Its exit status. */
  stop(): Promise<number | null>;
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

let starts = 0;
const ADDRESS = /http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]+/g;

/** @param more arguments of `descent serve`; by default it opens no window */
export async function startHost(home: string, more: readonly string[] = ["--no-open"], env: NodeJS.ProcessEnv = {}): Promise<Host> {
  const log = `${home}.${starts++}.calls`;
  // A browser that the studio opens is another program: tests/hosts/open.test.ts holds what it is told.
  const watched = more.includes("--no-open") && canTrace();
  const [program = "", ...args] = [...(watched ? tracing(log) : []), process.execPath, launcher, "serve", ...more, "--home", home];
  // Where CI is set the runtime would be quiet by itself, and there would be nothing to see.
  const { CI: _, ...own } = process.env;
  const child = spawn(program, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], env: { ...own, ...env } });
  let told = "";
  const addresses = (): readonly string[] => told.match(ADDRESS) ?? [];
  const gone = new Promise<number | null>((resolve) => child.once("close", resolve));
  await new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`the studio ended with ${code} before it served:\n${told}`)));
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        told += text;
        if (addresses().length > 0) resolve();
      });
  });
  return {
    get told() {
      return told;
    },
    url: addresses()[0] ?? "",
    nextUrl: async () => {
      await expect.poll(() => addresses().length, { timeout: PATIENCE_MS }).toBeGreaterThan(1);
      return addresses().at(-1) ?? "";
    },
    stop: async () => {
      child.kill("SIGINT");
      const status = await gone;
      if (watched) expect(await addressesAsked(log, child.pid ?? 0)).toEqual([]);
      rmSync(log, { force: true });
      return status;
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
