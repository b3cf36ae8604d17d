/**
 * Unpacks each archive once, into a cache folder named after the archive's path, size and modification time. The folder is complete or absent. Two
 * processes may unpack the same archive at the same time; the first to finish wins. Each process checks the folder against its seal once, and unpacks
 * the archive again if the folder is damaged.
 */
import { createHash } from "node:crypto";
import { realpath, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { makePrivateFolder, unfinished } from "../../storage/wholeFile.ts";
import { cacheFolder } from "../cache.ts";
import { holdEntry, touchEntry, trimCache } from "../cacheEntries.ts";
import { type NamedFile, statFile } from "../files.ts";
import { notice } from "../notice.ts";
import { unpackGzip } from "./gzip.ts";
import { Account, LIMITS, type Limits } from "./limits.ts";
import { unpackTar } from "./tar.ts";
import { sealTree, treeDamage } from "./treeSeal.ts";
import { writeFault } from "./write.ts";
import { unpackZip } from "./zip.ts";

/** `gzip` is a single table. Formats that are usually gzipped (IDX) are unpacked by their readers. */
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

const FOLDER = "archives";

/** Folders whose seal this process has checked. */
const checked = new Set<string>();

/** Unpacking in progress in this process, by folder. Later callers wait for the first. */
const underWay = new Map<string, Promise<string>>();

/** Judged by the file's name; null if it is not an archive. */
export function archiveKind(file: string): ArchiveKind | null {
  return NAMES.find(({ name }) => name.test(file))?.kind ?? null;
}

/**
 * The folder with the archive's contents. Its name is the archive's without the extension.
 * @param field the recipe field that names the archive
 * @throws Fault for an archive that cannot or must not be unpacked; nothing remains of it then
 */
export async function unpacked(archive: string, kind: ArchiveKind, field: string, limits: Limits = LIMITS): Promise<string> {
  const file: NamedFile = { path: archive, field };
  const { size, mtimeMs } = await statFile(file);
  const key = createHash("sha256")
    .update(JSON.stringify([await realpath(archive), size, mtimeMs, limits]))
    .digest("hex")
    .slice(0, 32);
  const root = path.join(cacheFolder(FOLDER), key);
  holdEntry(FOLDER, key);
  const pending = underWay.get(root) ?? unpackOnce(archive, kind, root, size, limits);
  underWay.set(root, pending);
  try {
    return await pending;
  } finally {
    underWay.delete(root);
  }
}

/** Whether a path leads into unpacked files, in this cache or in that of another home. @param file without links */
export async function isUnpacked(file: string): Promise<boolean> {
  const own = await realpath(cacheFolder()).catch(() => null);
  if (own !== null && file.startsWith(own + path.sep)) return true;
  return /[\\/]archives[\\/][0-9a-f]{32}(?:\.[0-9a-f-]{36}\.part)?[\\/]/.test(file);
}

async function unpackOnce(archive: string, kind: ArchiveKind, root: string, size: number, limits: Limits): Promise<string> {
  const stem = path.basename(archive).replace(/\.(?:zip|npz|tar|tar\.gz|tgz|gz)$/i, "") || "archive";
  const done = path.join(root, stem);
  const known = await isFolder(root);
  const damage = known && !checked.has(root) ? await treeDamage(root) : null;
  if (known && damage === null) {
    checked.add(root);
    touchEntry(root);
    return done;
  }
  const temporary = unfinished(root, "part");
  const folder = path.join(temporary, stem);
  try {
    makePrivateFolder(folder);
    const account = new Account(archive, size, limits);
    await UNPACK[kind](archive, folder, account);
    await sealTree(temporary);
    if (damage !== null) await discard(root, `What was unpacked of ${archive} was damaged in the cache (${damage}) and is unpacked again.`);
    await keep(temporary, root);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw writeFault(error, archive, path.dirname(root));
  }
  checked.add(root);
  touchEntry(root);
  await trimCache().catch(() => {});
  return done;
}

async function discard(root: string, text: string): Promise<void> {
  const away = unfinished(root, "part");
  await rename(root, away);
  await rm(away, { recursive: true, force: true });
  notice(text);
}

/** Renames the folder to its final name. If another process was faster, its folder is kept and this one deleted. */
async function keep(temporary: string, root: string): Promise<void> {
  try {
    await rename(temporary, root);
  } catch (error) {
    if (!(await isFolder(root))) throw error;
    await rm(temporary, { recursive: true, force: true });
  }
}

async function isFolder(folder: string): Promise<boolean> {
  return (await stat(folder).catch(() => null))?.isDirectory() === true;
}
