import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { openHistory } from "../../src/main/history/history.ts";
import { acquireLock, isLocked } from "../../src/main/history/lock.ts";
import { temporaryFolder } from "./fixtures.ts";

/** A child that does one thing with a file and then reports and waits. */
function child(task: "lock" | "write" | "open", file: string): ChildProcess {
  const started = fork(fileURLToPath(new URL("./child.ts", import.meta.url)), [task, file], { stdio: ["ignore", "inherit", "inherit", "ipc"], execArgv: [] });
  onTestFinished(() => void started.kill("SIGKILL"));
  return started;
}

const message = (from: ChildProcess) =>
  new Promise<unknown>((resolve, reject) => {
    const onExit = () => reject(new Error("the child ended without a word"));
    from.once("exit", onExit);
    from.once("message", (said) => {
      from.off("exit", onExit);
      resolve(said);
    });
  });
const exit = (from: ChildProcess) => new Promise((resolve) => from.once("exit", resolve));

describe("a lock", () => {
  it("is had once, within a process too, and again after its release", () => {
    const file = path.join(temporaryFolder(), "studio.lock");
    const lock = acquireLock(file);
    expect(lock).not.toBeNull();
    expect(acquireLock(file)).toBeNull();
    expect(isLocked(file)).toBe(true);
    lock?.release();
    expect(isLocked(file)).toBe(false);
    acquireLock(file)?.release({ remove: true });
    expect(existsSync(file)).toBe(false);
    expect(isLocked(file)).toBe(false);
  });

  it("of another process is felt, and ends with it by SIGKILL", async () => {
    const file = path.join(temporaryFolder(), "studio.lock");
    const holder = child("lock", file);
    expect(await message(holder)).toBe("held");
    expect(acquireLock(file)).toBeNull();
    // Looking must not have loosened it.
    expect(isLocked(file)).toBe(true);
    const gone = exit(holder);
    holder.kill("SIGKILL");
    await gone;
    const lock = acquireLock(file);
    expect(lock).not.toBeNull();
    lock?.release();
  });
});

describe("a new history", () => {
  it("can be opened by several processes at the same instant", async () => {
    const folder = temporaryFolder();
    const openers = ["a", "b", "c", "d"].map(() => child("open", folder));
    await Promise.all(openers.map(message));
    for (let round = 0; round < 60; round++) {
      const order = { at: Date.now() + 5, name: path.join(folder, `history-${round}.sqlite`) };
      const answers = openers.map(message);
      for (const opener of openers) opener.send(order);
      expect(await Promise.all(answers)).toEqual(["opened", "opened", "opened", "opened"]);
    }
  });
});

describe("a writer ended by SIGKILL", () => {
  it("leaves every metric that it said was committed", async () => {
    const file = path.join(temporaryFolder(), "history.sqlite");
    const writer = child("write", file);
    let committed = 0;
    await new Promise<void>((resolve) =>
      writer.on("message", (step) => {
        committed = Number(step);
        if (committed >= 20_000) resolve();
      }),
    );
    const gone = exit(writer);
    writer.kill("SIGKILL");
    await gone;
    const history = openHistory(file);
    onTestFinished(() => history.connection.close());
    expect(history.connection.pragma("integrity_check")).toBe("ok");
    const [series] = history.metrics.series(1, null, 1000);
    const last = series?.points.at(-1)?.step ?? 0;
    expect(last).toBeGreaterThanOrEqual(committed);
    expect(series?.total).toBe(last);
  });
});
