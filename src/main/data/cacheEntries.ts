/**
 * Keeps the cache within its limit by evicting the least recently used entries, but never one that a running process uses.
 *
 * An entry is everything with one name in one of the cache's folders: a folder, or files that differ only in their extension. A process that uses an
 * entry first marks it (with an empty file in the process's own folder) and then looks whether the entry exists. Eviction first moves the entry away
 * and then looks for marks. So at least one of the two notices the other.
 */
import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { readdir, rename, rm, stat, statfs } from "node:fs/promises";
import path from "node:path";
import { PRIVATE_FILE, PRIVATE_FOLDER } from "../storage/wholeFile.ts";
import { sealedSize } from "./archives/treeSeal.ts";
import { cacheFolder, cacheRoot } from "./cache.ts";

/** Size limit in bytes, or with the suffix GB. */
export const LIMIT_VARIABLE = "DESCENT_CACHE_LIMIT";
const DEFAULT_LIMIT = 20 * 1024 ** 3;
/** The cache takes at most this fraction of the disk space that would be free without it. */
const SHARE_OF_FREE = 0.5;

const USES = "in-use";
const CLOCK = "clock";
/** Uses stay in order even if the system's clock is set back by up to ten years. */
const CLOCK_DRIFT_MS = 10 * 365 * 24 * 3600 * 1000;
/** Names of files that are being written or deleted. */
const UNFINISHED = /\.(?:part|tmp)$/;

export interface CacheEntry {
  readonly folder: string;
  readonly name: string;
  readonly bytes: number;
  /** Time on the cache's own clock, which never goes back. */
  readonly usedAt: number;
  readonly inUse: boolean;
}

export interface CacheUsage {
  readonly root: string;
  readonly limit: number;
  readonly entries: readonly CacheEntry[];
}

let marked: Set<string> | null = null;

/**
 * Marks an entry as used by this process until the process ends. Must be called before looking whether the entry exists.
 * @param folder inside the cache
 * @param name of the entry, without extension
 */
export function holdEntry(folder: string, name: string): void {
  const own = path.join(cacheRoot(), USES, processName(process.pid));
  const mark = path.join(own, `${folder}.${name}`);
  if (marked === null) {
    marked = new Set();
    process.once("exit", () => {
      for (const each of new Set([...(marked ?? [])].map((file) => path.dirname(file)))) rmSync(each, { recursive: true, force: true });
    });
  }
  if (marked.has(mark)) return;
  try {
    mkdirSync(own, { recursive: true, mode: PRIVATE_FOLDER });
    writeFileSync(mark, "", { mode: PRIVATE_FILE });
    marked.add(mark);
  } catch {
    // On a full disk the entry may be evicted while in use; it is then made again.
  }
}

/** Records that a file or folder of the cache was used now. */
export function touchEntry(file: string): void {
  try {
    const clock = path.join(cacheFolder(), CLOCK);
    // Keeps uses in order even if the system's clock is set back.
    const now = Math.max(Date.now(), lastUse(clock) + 1);
    utimesSync(file, now / 1000, now / 1000);
    writeFileSync(clock, String(now), { mode: PRIVATE_FILE });
  } catch {
    // Only the eviction order depends on it.
  }
}

function lastUse(clock: string): number {
  try {
    const last = Number(readFileSync(clock, "utf8"));
    // Ignores a damaged clock file that would move all later uses into the far future.
    return last <= Date.now() + CLOCK_DRIFT_MS ? last : 0;
  } catch {
    return 0;
  }
}

/** The limit in bytes: from the environment, or else 20 GB; at most half of what would be free without the cache. */
export async function cacheLimit(held: number): Promise<number> {
  const said = /^(\d+(?:\.\d+)?)\s*(GB)?$/i.exec(process.env[LIMIT_VARIABLE]?.trim() ?? "");
  if (said?.[1] !== undefined) return Number(said[1]) * (said[2] === undefined ? 1 : 1e9);
  const { bavail, bsize } = await statfs(cacheRoot());
  return Math.min(DEFAULT_LIMIT, SHARE_OF_FREE * (bavail * bsize + held));
}

/** The cache's entries, least recently used first. */
export async function cacheUsage(): Promise<CacheUsage> {
  const root = cacheFolder();
  const used = await marks(root);
  const entries: CacheEntry[] = [];
  for (const { name: folder } of (await readdir(root, { withFileTypes: true })).filter((each) => each.isDirectory() && each.name !== USES)) {
    const found = new Map<string, { bytes: number; usedAt: number }>();
    for (const file of await readdir(path.join(root, folder)).catch(() => [])) {
      if (UNFINISHED.test(file)) continue;
      const name = file.replace(/\.[^.]*$/, "");
      const at = path.join(root, folder, file);
      const stats = await stat(at).catch(() => null);
      if (stats === null) continue;
      const known = found.get(name) ?? { bytes: 0, usedAt: 0 };
      found.set(name, {
        bytes: known.bytes + (stats.isDirectory() ? ((await sealedSize(at)) ?? (await sizeOf(at))) : stats.size),
        usedAt: Math.max(known.usedAt, stats.mtimeMs),
      });
    }
    for (const [name, each] of found) entries.push({ folder, name, ...each, inUse: used.has(`${folder}.${name}`) });
  }
  entries.sort((a, b) => a.usedAt - b.usedAt);
  return { root, limit: await cacheLimit(entries.reduce((sum, { bytes }) => sum + bytes, 0)), entries };
}

/**
 * Evicts entries until the cache is within its limit, and removes files that ended processes left behind.
 * @param to another limit in bytes: 0 deletes all entries that are not in use
 * @returns the number of bytes freed
 */
export async function trimCache(to?: number): Promise<number> {
  const { root, limit, entries } = await cacheUsage();
  await removeUnfinished(root);
  let held = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  const before = held;
  for (const entry of entries) {
    if (held <= (to ?? limit)) break;
    if (!entry.inUse && (await evict(root, entry))) held -= entry.bytes;
  }
  return before - held;
}

/** @returns whether the entry was deleted */
async function evict(root: string, { folder, name }: CacheEntry): Promise<boolean> {
  const inside = path.join(root, folder);
  const files = (await readdir(inside)).filter((file) => !UNFINISHED.test(file) && file.replace(/\.[^.]*$/, "") === name);
  const moved: [string, string][] = [];
  for (const file of files) {
    const away = path.join(inside, `${file}.${process.pid}.part`);
    await rename(path.join(inside, file), away)
      .then(() => moved.push([path.join(inside, file), away]))
      .catch(() => {});
  }
  if ((await marks(root)).has(`${folder}.${name}`)) {
    for (const [file, away] of moved) await rename(away, file).catch(() => {});
    return false;
  }
  for (const [, away] of moved) await rm(away, { recursive: true, force: true }).catch(() => {});
  return true;
}

/** `folder.name` of every entry that a running process uses. */
async function marks(root: string): Promise<ReadonlySet<string>> {
  const uses = path.join(root, USES);
  const used = new Set<string>();
  for (const name of await readdir(uses).catch(() => [])) {
    const own = path.join(uses, name);
    if (isAlive(name)) for (const mark of await readdir(own).catch(() => [])) used.add(mark);
    else await rm(own, { recursive: true, force: true }).catch(() => {});
  }
  return used;
}

/** Removes files that a process did not finish writing or deleting; their names end with the process's mark. */
async function removeUnfinished(root: string): Promise<void> {
  for (const { name: folder } of (await readdir(root, { withFileTypes: true })).filter((each) => each.isDirectory() && each.name !== USES))
    for (const file of await readdir(path.join(root, folder)).catch(() => [])) {
      const pid = /\.(\d+)(?:-[0-9a-f]+)?\.(?:part|tmp)$/.exec(file)?.[1];
      if (!UNFINISHED.test(file) || (pid !== undefined && processExists(Number(pid)))) continue;
      await rm(path.join(root, folder, file), { recursive: true, force: true }).catch(() => {});
    }
}

async function sizeOf(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []))
    if (entry.isFile()) bytes += (await stat(path.join(entry.parentPath, entry.name)).catch(() => null))?.size ?? 0;
  return bytes;
}

/** Process numbers are reused. The start time distinguishes the processes, if the system tells it. */
function processName(pid: number): string {
  return `${pid}-${startOf(pid)}`;
}

function isAlive(name: string): boolean {
  const [pid = "", start] = name.split("-");
  return processExists(Number(pid)) && startOf(Number(pid)) === start;
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Linux: the 22nd field of /proc/PID/stat, counted after the process name in brackets. */
function startOf(pid: number): string {
  if (process.platform !== "linux") return "0";
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "0";
  } catch {
    return "0";
  }
}
