/**
 * A watch over what a program and all its children ask of the network: `strace` writes down every call that names an address. A program can be run in
 * a network namespace that leads nowhere, so that it reaches nobody even where it asks.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

const CALLS = "trace=connect,sendto,sendmsg,sendmmsg";

/** Whether `strace` is here, which does the watching. */
export function canTrace(): boolean {
  return spawnSync("strace", ["--version"]).status === 0;
}

/** What is missing for the watch, and how to get it; null where nothing is. */
export function missingForWatch(): string | null {
  if (!canTrace()) return "strace is not installed. Install the package strace.";
  if (spawnSync("unshare", ["-rn", "true"]).status !== 0) return "this system gives no network namespace (unshare -rn).";
  return null;
}

/**
 * What to put in front of a command to watch it where it is. The command keeps the process id that spawn returns, so that signals reach it.
 * @param log where the calls are written
 */
export function tracing(log: string): readonly string[] {
  return ["strace", "-D", "-f", "--seccomp-bpf", "-e", CALLS, "-o", log];
}

/** The same, in a network namespace that leads nowhere. */
export function watching(log: string): readonly string[] {
  return ["unshare", "-rn", ...tracing(log)];
}

/**
 * Every address beyond loopback that was named in a call, as `address:port`, each once.
 * @param pid of the command, whose end the log must hold
 */
export async function addressesAsked(log: string, pid: number): Promise<readonly string[]> {
  const ended = new RegExp(`^${pid} .*\\+\\+\\+ (exited with|killed by)`, "m");
  const deadline = performance.now() + 10_000;
  let calls = readFileSync(log, "utf8");
  // The tracer is a process of its own and may write its last line a little later than the command ends.
  for (; !ended.test(calls); calls = readFileSync(log, "utf8")) {
    if (performance.now() > deadline) throw new Error(`the log of ${pid} has no end:\n${calls.slice(-500)}`);
    await wait(20);
  }
  return addressesIn(calls);
}

/** The same, of a log's text. */
export function addressesIn(calls: string): readonly string[] {
  const found = [...calls.matchAll(/sin6?_port=htons\((\d+)\).*?(?:inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)")/g)];
  const addresses = found.map(([, port, v4, v6]) => ({ address: v4 ?? v6 ?? "", port }));
  return [...new Set(addresses.filter(({ address }) => !isLoopback(address)).map(({ address, port }) => `${address}:${port}`))];
}

function isLoopback(address: string): boolean {
  return /^(::ffff:)?127\./.test(address) || address === "::1";
}
