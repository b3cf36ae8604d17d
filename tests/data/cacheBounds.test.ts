/** The bound of the cache: what was used least recently goes, what a living process uses stays, and a bomb leaves nothing. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { resolveArchive } from "../../src/main/data/archives/resolve.ts";
import { CACHE_VARIABLE } from "../../src/main/data/cache.ts";
import { cacheLimit, cacheUsage, LIMIT_VARIABLE, trimCache } from "../../src/main/data/cacheEntries.ts";
import { descent } from "../helpers/descent.ts";
import { english } from "../helpers/english.ts";
import { faultOf, scratchFolder } from "./files.ts";

const scratch = scratchFolder();
const before = process.env[CACHE_VARIABLE];
let cache = "";
let caches = 0;
/** Opens archives one after the other, says so, and stays until its input ends. */
let script = "";
beforeAll(() => {
  const module = pathToFileURL(path.resolve("src/main/data/archives/resolve.ts")).href;
  script = scratch.write(
    "hold.mts",
    `import { resolveArchive } from ${JSON.stringify(module)};
     const [now, ...archives] = process.argv.slice(2);
     if (now !== "") Date.now = () => Number(now);
     for (const archive of archives) await resolveArchive(archive);
     process.stdout.write("held");
     process.stdin.resume().on("end", () => process.exit(0));`,
  );
});
beforeEach(() => {
  cache = path.join(scratch.folder, `cache${++caches}`);
  process.env[CACHE_VARIABLE] = cache;
  delete process.env[LIMIT_VARIABLE];
});
afterAll(() => {
  delete process.env[LIMIT_VARIABLE];
  if (before === undefined) delete process.env[CACHE_VARIABLE];
  else process.env[CACHE_VARIABLE] = before;
});

const KB = 1000;
/** A gzipped table of so many bytes that do not pack well. */
function archive(name: string, bytes: number): string {
  const text = Array.from({ length: bytes / 10 }, (_, i) => String((i * 2_654_435_761) % 1e9).padStart(9, "0")).join("\n");
  return scratch.write(name, gzipSync(text));
}

/** Another process that uses archives. @param now what its clock says */
async function holder(
  archives: readonly string[],
  now = "",
  limit = "",
): Promise<{ readonly child: ChildProcess; end(): Promise<void>; kill(): Promise<void> }> {
  const child = spawn(process.execPath, [script, now, ...archives], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, [CACHE_VARIABLE]: cache, ...(limit === "" ? {} : { [LIMIT_VARIABLE]: limit }) },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.once("data", () => resolve());
    child.once("exit", () => reject(new Error("the other process ended without a word")));
  });
  return {
    child,
    end: async () => {
      child.stdin.end();
      await gone;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await gone;
    },
  };
}

const held = async () => (await cacheUsage()).entries.map(({ bytes, inUse }) => [Math.round(bytes / KB), inUse]);

describe("the cache", () => {
  it("evicts what was used least recently, whatever the clock says, and leaves what a living process uses", async () => {
    const [a, b, c] = [archive("a.csv.gz", 100 * KB), archive("b.csv.gz", 200 * KB), archive("c.csv.gz", 300 * KB)];
    const now = Date.now();
    await (await holder([a], String(now))).end();
    // The clock was set back by a day.
    await (await holder([b], String(now - 86_400_000))).end();
    expect(await held()).toEqual([
      [100, false],
      [200, false],
    ]);
    // Used again, a is newer than b.
    const user = await holder([a], String(now - 2 * 86_400_000));
    expect(await held()).toEqual([
      [200, false],
      [100, true],
    ]);
    const other = await holder([c], "", "0.00035 GB");
    // b went; a is used by one process, c by the other, and together they are more than the limit.
    expect(await held()).toEqual([
      [100, true],
      [300, true],
    ]);
    expect(await trimCache(0)).toBe(0);
    await user.kill();
    expect(Math.round((await trimCache(0)) / KB)).toBe(100);
    await other.end();
    expect(await held()).toEqual([[300, false]]);
    await trimCache(0);
    expect([await held(), readdirSync(path.join(cache, "archives"))]).toEqual([[], []]);
    // What is gone is made anew.
    expect(statSync(await resolveArchive(a)).size).toBeGreaterThan(99 * KB);
  });

  it("removes what an ended process left half made, and not what a living one is making", async () => {
    const folder = path.join(cache, "archives");
    mkdirSync(folder, { recursive: true });
    const gone = spawn(process.execPath, ["-e", ""]);
    await new Promise((resolve) => gone.once("exit", resolve));
    for (const pid of [gone.pid, process.pid]) writeFileSync(path.join(folder, `key.${pid}-0a1b2c3d.part`), "");
    await trimCache();
    expect(readdirSync(folder)).toEqual([`key.${process.pid}-0a1b2c3d.part`]);
  });

  it("has a limit: as the environment says, else 20 GB and at most half of the free disk", async () => {
    mkdirSync(cache, { recursive: true });
    expect(await cacheLimit(0)).toBeLessThanOrEqual(20 * 1024 ** 3);
    process.env[LIMIT_VARIABLE] = "3 GB";
    expect(await cacheLimit(0)).toBe(3e9);
    process.env[LIMIT_VARIABLE] = "4096";
    expect(await cacheLimit(0)).toBe(4096);
  });

  it("keeps nothing of a small archive that unpacks to very much", async () => {
    const bomb = scratch.write("bomb.csv.gz", gzipSync(Buffer.alloc(150_000_000), { level: 1 }));
    expect(statSync(bomb).size).toBeLessThan(1_000_000);
    const fault = await faultOf(resolveArchive(bomb));
    expect(english(fault.problems[0]?.expected)).toContain("must unpack to at most 200 times its own");
    expect(readdirSync(path.join(cache, "archives"))).toEqual([]);
  });

  it("is shown and emptied by the command line", async () => {
    const home = path.join(scratch.folder, "home");
    const own = process.env[CACHE_VARIABLE];
    delete process.env[CACHE_VARIABLE];
    try {
      await descent("data", "inspect", archive("d.csv.gz", 50 * KB), "--home", home);
      const shown = await descent("cache", "--home", home);
      expect(shown.stdout).toContain(path.join(home, "cache"));
      expect(shown.stdout).toMatch(/archives +1 /);
      const [json] = (await descent("cache", "--home", home, "--json")).lines;
      expect(json).toMatchObject({ type: "cache", folder: path.join(home, "cache") });
      expect(Number(json?.bytes)).toBeGreaterThan(49 * KB);
      const [emptied] = (await descent("cache", "--clear", "--home", home, "--json")).lines;
      expect(emptied).toMatchObject({ bytes: 0, freed: json?.bytes });
      expect(existsSync(path.join(home, "cache"))).toBe(true);
    } finally {
      process.env[CACHE_VARIABLE] = own;
    }
  });
});
