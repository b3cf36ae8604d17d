/**
 * Archives unpacked once: into a folder of the cache that is named by the archive's path, size and time, and that is whole or not there. Two processes
 * may unpack the same archive at a time; the first to finish is kept.
 */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, realpath, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { cacheFolder } from "../cache.ts";
import { type NamedFile, statFile } from "../files.ts";
import { unpackGzip } from "./gzip.ts";
import { Account, LIMITS, type Limits } from "./limits.ts";
import { unpackTar } from "./tar.ts";
import { writeFault } from "./write.ts";
import { unpackZip } from "./zip.ts";

/** `gzip` is a single table; formats that are gzipped as a rule (IDX) are unpacked by their readers. */
export type ArchiveKind = "zip" | "tar" | "gzip";

const NAMES: readonly { readonly kind: ArchiveKind; readonly name: RegExp }[] = [
  { kind: "zip", name: /\.zip$/i },
  { kind: "tar", name: /\.(?:tar|tar\.gz|tgz)$/i },
  { kind: "gzip", name: /\.(?:csv|tsv|tab|txt)\.gz$/i },
];

const UNPACK: Readonly<Record<ArchiveKind, (archive: string, folder: string, account: Account) => Promise<void>>> = {
  zip: unpackZip,
  tar: unpackTar,
  gzip: unpackGzip,
};

/** What was left by a process that was ended is older than this when it is removed. */
const STALE_MS = 24 * 3600 * 1000;

/** In this process, by folder: those who come while an archive is being unpacked wait for the first. */
const underWay = new Map<string, Promise<string>>();

/** By its name; null for what is no archive. */
export function archiveKind(file: string): ArchiveKind | null {
  return NAMES.find(({ name }) => name.test(file))?.kind ?? null;
}

/**
 * The folder with what is in an archive. It has the archive's name without its ending.
 * @param field where the recipe names it
 * @throws Fault for an archive that cannot or must not be unpacked; nothing is left of it then
 */
export async function unpacked(archive: string, kind: ArchiveKind, field: string, limits: Limits = LIMITS): Promise<string> {
  const file: NamedFile = { path: archive, field };
  const { size, mtimeMs } = await statFile(file);
  const key = createHash("sha256")
    .update(JSON.stringify([await realpath(archive), size, mtimeMs, limits]))
    .digest("hex")
    .slice(0, 32);
  const root = path.join(cacheFolder("archives"), key);
  const pending = underWay.get(root) ?? unpackOnce(archive, kind, root, size, limits);
  underWay.set(root, pending);
  try {
    return await pending;
  } finally {
    underWay.delete(root);
  }
}

async function unpackOnce(archive: string, kind: ArchiveKind, root: string, size: number, limits: Limits): Promise<string> {
  const stem = path.basename(archive).replace(/\.(?:zip|npz|tar|tar\.gz|tgz|gz)$/i, "") || "archive";
  const done = path.join(root, stem);
  if (await isFolder(done)) return done;
  await removeStale(path.dirname(root));
  const temporary = `${root}.${randomUUID()}.part`;
  const folder = path.join(temporary, stem);
  try {
    await mkdir(folder, { recursive: true });
    const account = new Account(archive, size, limits);
    await UNPACK[kind](archive, folder, account);
    await keep(temporary, root);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw writeFault(error, archive, path.dirname(root));
  }
  return done;
}

/** The folder takes its name; where another process was faster, its folder stays and this one goes. */
async function keep(temporary: string, root: string): Promise<void> {
  try {
    await rename(temporary, root);
  } catch (error) {
    if (!(await isFolder(root))) throw error;
    await rm(temporary, { recursive: true, force: true });
  }
}

async function removeStale(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.endsWith(".part")) continue;
    const part = path.join(folder, name);
    const age = Date.now() - ((await stat(part).catch(() => null))?.mtimeMs ?? Date.now());
    if (age > STALE_MS) await rm(part, { recursive: true, force: true });
  }
}

async function isFolder(folder: string): Promise<boolean> {
  return (await stat(folder).catch(() => null))?.isDirectory() === true;
}
