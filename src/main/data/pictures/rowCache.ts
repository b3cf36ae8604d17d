/**
 * Rows of one size in one file of the cache: what was decoded once is read by position ever after. A file is written under a name of its
 * own, brought to the disk and renamed, and a list of the rows that could not be made beside it: whoever ends the process at any
 * moment, and whoever makes the same rows at the same time, leaves either a whole file and its list or none.
 */
import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, open, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { Fault } from "../../../shared/kit/fault.ts";
import { cacheFolder } from "../cache.ts";
import { BadFile } from "./badFile.ts";
import { forEachParallel, parallelism } from "./parallel.ts";
import { RowFile } from "./rowFile.ts";

/** Counts up when rows are made in another way, so that old files are not taken for new ones. */
const VERSION = 1;
/** What is older than a day was left by a process that was ended. */
const STALE_MILLISECONDS = 24 * 3600 * 1000;
/** The least recently used files go when a folder of the cache holds more. */
const MAX_FOLDER_BYTES = 32 * 1024 ** 3;

export type Progress = (done: number, total: number) => void;

export interface RowSpec {
  /** Folder inside the cache: "pictures". */
  readonly folder: string;
  /** Differs when any row would. */
  readonly fingerprint: string;
  readonly count: number;
  readonly rowBytes: number;
  /**
   * The bytes of a row.
   * @throws BadFile where it has none; the others are made all the same
   */
  make(row: number): Promise<Uint8Array>;
  /** Rows that take so much memory that they are made alone. */
  readonly large?: ReadonlySet<number>;
}

export interface Rows {
  readonly file: RowFile;
  /** Rows that could not be made, and why. */
  readonly failed: ReadonlyMap<number, string>;
}

const listSchema = z.strictObject({
  version: z.literal(VERSION),
  count: z.int(),
  rowBytes: z.int(),
  failed: z.array(z.tuple([z.int(), z.string()])),
});

type List = z.output<typeof listSchema>;

/** Rows that are being made in this process, by their file. */
const underWay = new Map<string, Promise<List>>();

export function fingerprintOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 32);
}

/** The rows, from the cache where they are there. */
export async function openRows(spec: RowSpec, onProgress?: Progress): Promise<Rows> {
  const file = rowsPath(spec);
  const list = (await findList(spec)) ?? (await makeOnce(file, spec, onProgress));
  return { file: await RowFile.open(file, spec.rowBytes, spec.count), failed: new Map(list.failed) };
}

/** What openRows found that could not be made; null where the rows are not in the cache. */
export async function knownFailures(spec: Omit<RowSpec, "make">): Promise<ReadonlyMap<number, string> | null> {
  const list = await findList(spec);
  return list === null ? null : new Map(list.failed);
}

function rowsPath({ folder, fingerprint }: Pick<RowSpec, "folder" | "fingerprint">): string {
  return path.join(cacheFolder(folder), `${fingerprint}.bin`);
}

function listPath(file: string): string {
  return file.replace(/bin$/, "json");
}

/** The list of a whole file; null where either is missing, cut off or of other rows. */
async function findList(spec: Omit<RowSpec, "make">): Promise<List | null> {
  const file = rowsPath(spec);
  try {
    const list = listSchema.parse(JSON.parse(await readFile(listPath(file), "utf8")));
    const { size } = await stat(file);
    if (list.count !== spec.count || list.rowBytes !== spec.rowBytes || size !== spec.count * spec.rowBytes) return null;
    const now = new Date();
    await utimes(file, now, now).catch(() => {});
    return list;
  } catch {
    return null;
  }
}

function makeOnce(file: string, spec: RowSpec, onProgress: Progress | undefined): Promise<List> {
  const known = underWay.get(file);
  if (known !== undefined) return known;
  const list = makeFile(file, spec, onProgress).finally(() => underWay.delete(file));
  underWay.set(file, list);
  return list;
}

async function makeFile(file: string, spec: RowSpec, onProgress: Progress | undefined): Promise<List> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    const failed = await writeRows(temporary, spec, onProgress);
    const list: List = { version: VERSION, count: spec.count, rowBytes: spec.rowBytes, failed: [...failed].sort(([a], [b]) => a - b) };
    await putInPlace(temporary, file, spec);
    const text = `${listPath(file)}.${randomUUID()}.tmp`;
    await writeFile(text, JSON.stringify(list), { flush: true });
    await putInPlace(text, listPath(file), spec);
    await tidy(path.dirname(file), file);
    return list;
  } catch (error) {
    await rm(temporary, { force: true });
    throw diskFault(path.dirname(file), spec, error);
  }
}

async function writeRows(temporary: string, spec: RowSpec, onProgress: Progress | undefined): Promise<Map<number, string>> {
  const failed = new Map<number, string>();
  const out: FileHandle = await open(temporary, "wx");
  let done = 0;
  try {
    // Rows that fail stay holes of zeros, so that every other one is where its number says.
    await out.truncate(spec.count * spec.rowBytes);
    const write = async (row: number): Promise<void> => {
      try {
        await writeWhole(out, await spec.make(row), row * spec.rowBytes);
      } catch (error) {
        if (!(error instanceof BadFile)) throw error;
        failed.set(row, error.message);
      }
      onProgress?.(++done, spec.count);
    };
    const all = Array.from({ length: spec.count }, (_, row) => row);
    await forEachParallel(
      all.filter((row) => !spec.large?.has(row)),
      parallelism(),
      write,
    );
    await forEachParallel([...(spec.large ?? [])], 1, write);
    await out.sync();
  } finally {
    await out.close();
  }
  return failed;
}

async function writeWhole(out: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) done += (await out.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
}

/** Windows refuses to rename onto a file that another process reads. Then that one made the same rows, and its file stays. */
async function putInPlace(temporary: string, file: string, spec: RowSpec): Promise<void> {
  try {
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    if ((await findList(spec)) === null) throw error;
  }
}

/** Removes what ended processes left, and the least recently used files of a folder that has grown too large. */
async function tidy(folder: string, keep: string): Promise<void> {
  const entries = await Promise.all(
    (await readdir(folder).catch(() => [])).map(async (name) => ({
      file: path.join(folder, name),
      stats: await stat(path.join(folder, name)).catch(() => null),
    })),
  );
  const there = entries.flatMap(({ file, stats }) => (stats === null ? [] : [{ file, age: Date.now() - stats.mtimeMs, bytes: stats.size }]));
  const left = there.filter(({ file, age }) => file.endsWith(".tmp") && age > STALE_MILLISECONDS);
  let total = there.reduce((sum, { bytes }) => sum + bytes, 0);
  const old = there
    .filter(({ file }) => file.endsWith(".bin") && file !== keep)
    .sort((a, b) => b.age - a.age)
    .filter(({ bytes }) => {
      const surplus = total > MAX_FOLDER_BYTES;
      if (surplus) total -= bytes;
      return surplus;
    });
  // The list first: without it a file counts for nothing.
  for (const { file } of [...left, ...old]) {
    if (file.endsWith(".bin")) await rm(listPath(file), { force: true }).catch(() => {});
    await rm(file, { force: true }).catch(() => {});
  }
}

function diskFault(folder: string, spec: RowSpec, error: unknown): unknown {
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  if (code !== "ENOSPC" && code !== "EDQUOT" && code !== "EROFS" && code !== "EACCES") return error;
  return new Fault(
    "environment",
    [
      {
        place: folder,
        expected: `must have room for ${Math.ceil((spec.count * spec.rowBytes) / 1e6)} MB of decoded samples`,
        received: error instanceof Error ? error.message : String(error),
        remedy: "Make room on the disk, or choose a smaller size.",
      },
    ],
    { cause: error },
  );
}
