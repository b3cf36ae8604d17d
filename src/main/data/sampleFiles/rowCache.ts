/**
 * Rows of equal size in one cache file: each sample is decoded once and then read by position. The file is written under a temporary name, flushed to
 * disk and renamed. Next to it is a sealed list with the rows that could not be made and the checksum of every row. Whenever a process is killed, or two
 * processes make the same rows at once, there is either a complete file with its list, or none.
 *
 * Each row has a checksum instead of the file having a hash, because rows are read by position and a file of many gigabytes would otherwise have to be
 * read completely first. CRC-32 detects every flipped bit and all damage of up to 32 consecutive bits, and is ten times faster than decoding.
 */
import { createHash } from "node:crypto";
import { type FileHandle, open, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { crc32 } from "node:zlib";
import { z } from "zod";
import { Fault } from "../../../shared/kit/fault.ts";
import { isUnsealedJson, openSealedJson, sealedJson } from "../../storage/seal.ts";
import { PRIVATE_FILE, unfinished, writeWhole } from "../../storage/wholeFile.ts";
import { cacheFolder } from "../cache.ts";
import { holdEntry, touchEntry, trimCache } from "../cacheEntries.ts";
import { notice } from "../notice.ts";
import { BadFile } from "./badFile.ts";
import { forEachParallel, parallelism } from "./parallel.ts";
import { RowFile } from "./rowFile.ts";

/** Increased when rows are made differently, so that old files are not used. */
const VERSION = 2;

export type Progress = (done: number, total: number) => void;

export interface RowSpec {
  /** Folder inside the cache: "images". */
  readonly folder: string;
  /** Changes when any row would change. */
  readonly fingerprint: string;
  readonly count: number;
  readonly rowBytes: number;
  /**
   * The bytes of a row.
   * @param mark records a flag for the row
   * @throws BadFile if the row cannot be made; the others are still made
   */
  make(row: number, mark?: () => void): Promise<Uint8Array>;
  /** Rows that need so much memory that they are made one at a time. */
  readonly large?: ReadonlySet<number>;
}

export interface Rows {
  readonly file: RowFile;
  /** Rows that could not be made, with the reason. */
  readonly failed: ReadonlyMap<number, string>;
  /** Rows that were flagged when they were made. */
  readonly marked: ReadonlySet<number>;
}

const listSchema = z.strictObject({
  version: z.literal(VERSION),
  count: z.int(),
  rowBytes: z.int(),
  failed: z.array(z.tuple([z.int(), z.string()])),
  marked: z.array(z.int()).optional(),
  /** CRC-32 of every row, four bytes each, base64-encoded. */
  checksums: z.base64(),
});

type List = z.output<typeof listSchema>;

/** Thrown when the caller cancelled making the rows. */
class Ended extends Error {
  readonly reason: unknown;

  constructor(reason: unknown) {
    super("ended");
    this.reason = reason;
  }
}

/** Rows being made in this process, by file. */
const underWay = new Map<string, Promise<List>>();

export function fingerprintOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 32);
}

/**
 * The rows, from the cache if possible.
 * @param onProgress may throw: then the unfinished file is deleted and the error rethrown
 */
export async function openRows(spec: RowSpec, onProgress?: Progress): Promise<Rows> {
  const file = rowsPath(spec);
  holdEntry(spec.folder, spec.fingerprint);
  const list = (await findList(spec)) ?? (await makeOnce(file, spec, onProgress));
  touchEntry(file);
  const failed = new Map(list.failed);
  const checksums = checksumsOf(list);
  return { file: await RowFile.open({ path: file, rowBytes: spec.rowBytes, checksums, make: spec.make, empty: failed }), failed, marked: new Set(list.marked) };
}

/** The rows that could not be made in an earlier openRows; null if the rows are not in the cache. */
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

/** The list of a complete file; null if the list or the file is missing or damaged. Damage is reported. */
async function findList(spec: Omit<RowSpec, "make">): Promise<List | null> {
  const file = rowsPath(spec);
  const bytes = await readFile(listPath(file)).catch(() => null);
  if (bytes === null) return null;
  const size = (await stat(file).catch(() => null))?.size ?? 0;
  const damage = damageOf(bytes, size, spec);
  if (typeof damage !== "string") return damage;
  if (damage !== OUTDATED) notice(`The cache ${file} was damaged (${damage}) and is made again.`);
  return null;
}

const OUTDATED = "of another version";

/** The list, or a description of the damage of the list or its file. */
function damageOf(bytes: Uint8Array, size: number, spec: Omit<RowSpec, "make">): List | string {
  const opened = openSealedJson(bytes);
  if ("damage" in opened) return isUnsealedJson(bytes) ? OUTDATED : `a list that is ${opened.damage}`;
  const { data: list } = listSchema.safeParse(opened.value);
  if (list === undefined) return OUTDATED;
  if (list.count !== spec.count || list.rowBytes !== spec.rowBytes || Buffer.from(list.checksums, "base64").length !== 4 * spec.count)
    return "a list of other rows";
  return size === spec.count * spec.rowBytes ? list : `${size} bytes instead of ${spec.count * spec.rowBytes}`;
}

function checksumsOf({ checksums }: List): Uint32Array {
  return new Uint32Array(Uint8Array.from(Buffer.from(checksums, "base64")).buffer);
}

/** A second request waits for the rows of the first. If the first is cancelled, the second makes them. */
async function makeOnce(file: string, spec: RowSpec, onProgress: Progress | undefined): Promise<List> {
  for (let known = underWay.get(file); known !== undefined; known = underWay.get(file)) {
    try {
      return await known;
    } catch (error) {
      if (!(error instanceof Ended)) throw error;
    }
  }
  const list = makeFile(file, spec, onProgress).finally(() => underWay.delete(file));
  underWay.set(file, list);
  try {
    return await list;
  } catch (error) {
    throw error instanceof Ended ? error.reason : error;
  }
}

async function makeFile(file: string, spec: RowSpec, onProgress: Progress | undefined): Promise<List> {
  const temporary = unfinished(file, "tmp");
  try {
    const checksums = new Uint32Array(spec.count);
    const marked = new Set<number>();
    const failed = await writeRows(temporary, spec, { checksums, marked }, onProgress);
    const list: List = {
      version: VERSION,
      count: spec.count,
      rowBytes: spec.rowBytes,
      failed: [...failed].sort(([a], [b]) => a - b),
      ...(marked.size === 0 ? {} : { marked: [...marked].sort((a, b) => a - b) }),
      checksums: Buffer.from(checksums.buffer).toString("base64"),
    };
    await putInPlace(temporary, file, spec);
    await writeWhole(listPath(file), [sealedJson(list)], { what: "the list of decoded samples", remedy: "Free some space and try again.", contended: true });
    await trimCache().catch(() => {});
    return list;
  } catch (error) {
    await rm(temporary, { force: true });
    throw diskFault(path.dirname(file), spec, error);
  }
}

interface Told {
  /** Receives the checksums of the rows. */
  readonly checksums: Uint32Array;
  readonly marked: Set<number>;
}

async function writeRows(temporary: string, spec: RowSpec, { checksums, marked }: Told, onProgress: Progress | undefined): Promise<Map<number, string>> {
  const failed = new Map<number, string>();
  const out: FileHandle = await open(temporary, "wx", PRIVATE_FILE);
  let done = 0;
  try {
    // Failed rows remain as zeros, so that all other rows keep their positions.
    await out.truncate(spec.count * spec.rowBytes);
    const write = async (row: number): Promise<void> => {
      try {
        const bytes = await spec.make(row, () => marked.add(row));
        checksums[row] = crc32(bytes);
        await writeAt(out, bytes, row * spec.rowBytes);
      } catch (error) {
        if (!(error instanceof BadFile)) throw error;
        failed.set(row, error.message);
      }
      try {
        onProgress?.(++done, spec.count);
      } catch (reason) {
        throw new Ended(reason);
      }
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

async function writeAt(out: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) done += (await out.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
}

/** Windows cannot rename onto a file that another process reads. Then that process made the same rows, and its file is kept. */
async function putInPlace(temporary: string, file: string, spec: RowSpec): Promise<void> {
  try {
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    if (process.platform !== "win32" || (await findList(spec)) === null) throw error;
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
