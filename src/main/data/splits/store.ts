/**
 * A split kept with its run, as the sample numbers of its parts: split.npz, which `numpy.load` reads (train, validation and test as
 * uint32; targets is the SHA-256 of all targets, as eight of them). A run is resumed and looked into with the very parts it was trained
 * on, whatever later versions draw, and with the samples under their numbers.
 */
import { createHash } from "node:crypto";
import { open, readFile, rename } from "node:fs/promises";
import path from "node:path";
import { unzipSync } from "fflate";
import { Fault, quote } from "../../../shared/kit/fault.ts";
import { npz } from "../npz.ts";
import type { Split } from "./request.ts";

/** In the folder of a run. */
export const SPLIT_FILE = "split.npz";
const PARTS = ["train", "validation", "test"] as const;
/** Magic, version and the length of the header. */
const PREFIX = 10;

type Targets = Int32Array | Float32Array;

interface KeptSplit extends Split {
  /** Absent in files of older versions. */
  readonly targets?: Uint32Array;
}

/**
 * Writes a file that is either whole or not there: temporary name, fsync, rename, fsync of the folder.
 * @throws Fault where the disk is full or the folder not writable
 */
export async function writeSplit(file: string, split: Split, targets: Targets): Promise<void> {
  const temporary = `${file}.tmp`;
  const arrays = [...PARTS.map((part) => [part, split[part]] as const), ["targets", digestOf(targets)] as const];
  try {
    {
      await using handle = await open(temporary, "w");
      await handle.writeFile(npz(new Map(arrays.map(([name, data]) => [name, { shape: [data.length], data }]))));
      await handle.sync();
    }
    await rename(temporary, file);
  } catch (error) {
    throw writeFault(file, error);
  }
  // Makes the rename itself durable; Windows cannot open folders and does not need it.
  if (process.platform === "win32") return;
  await using folder = await open(path.dirname(file), "r");
  await folder.sync();
}

/**
 * @returns null where there is no such file: runs of older versions have none
 * @throws Fault for a damaged file
 */
export async function readSplit(file: string): Promise<KeptSplit | null> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
  let arrays: Readonly<Record<string, Uint8Array>>;
  try {
    arrays = unzipSync(bytes);
  } catch {
    throw damaged(file, `${bytes.length} bytes that are no whole archive`);
  }
  const [train, validation, test, targets] = [...PARTS, "targets"].map((name) => numbersOf(file, name, arrays[`${name}.npy`]));
  if (train === undefined || validation === undefined || test === undefined) throw damaged(file, "an archive without one of the parts");
  return { train, validation, test, ...(targets === undefined ? {} : { targets }) };
}

/**
 * A run is resumed, measured and looked into with the very parts it was trained on, or samples that it has learned would be taken for held out.
 * @param split as its recipe splits the data now
 * @param targets of all samples
 * @throws Fault where that is another one than the run's own, or where the same numbers mean other samples
 */
export async function requireKeptSplit(folder: string, split: Split, targets: Targets): Promise<void> {
  const file = path.join(folder, SPLIT_FILE);
  const kept = await readSplit(file);
  if (kept === null) return;
  const isSame = sameSplit(kept, split);
  if (isSame && (kept.targets === undefined || sameNumbers(kept.targets, digestOf(targets)))) return;
  const sizes = ({ train, validation, test }: Split) => `${train.length} + ${validation.length} + ${test.length} samples`;
  throw new Fault("conflict", [
    {
      place: "data",
      expected: `must be as when the run began, split into ${sizes(kept)} (${file})`,
      received: `${isSame ? "samples of other targets, or in another order" : `another split, into ${sizes(split)}`}: the data has changed since`,
      remedy: "Bring the data back as it was, or start a new run from this recipe.",
    },
  ]);
}

/** SHA-256. */
function digestOf({ buffer, byteOffset, byteLength }: Targets): Uint32Array {
  const digest = createHash("sha256")
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest();
  return new Uint32Array(Uint8Array.from(digest).buffer);
}

function sameSplit(a: Split, b: Split): boolean {
  return PARTS.every((part) => sameNumbers(a[part], b[part]));
}

function sameNumbers(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.every((number, i) => number === b[i]);
}

/** A one-dimensional array of uint32 from its .npy file. */
function numbersOf(file: string, part: string, bytes: Uint8Array | undefined): Uint32Array | undefined {
  if (bytes === undefined) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length >= PREFIX ? view.getUint16(8, true) : 0;
  const header = Buffer.from(bytes.subarray(PREFIX, PREFIX + length)).toString("latin1");
  const [, count] = /^\{'descr': '<u4', 'fortran_order': False, 'shape': \((\d+),\), \} *\n$/.exec(header) ?? [];
  if (count === undefined) throw damaged(file, `${part} with the header ${quote(header.trim())}`);
  const data = bytes.slice(PREFIX + length);
  if (data.length !== 4 * Number(count)) throw damaged(file, `${part} of ${data.length} bytes for ${count} numbers`);
  return new Uint32Array(data.buffer);
}

function damaged(file: string, received: string): Fault {
  return new Fault("input", [
    { place: file, expected: "must be the whole split of a run", received, remedy: "Restore the file from a copy, or start the run again from its recipe." },
  ]);
}

function writeFault(file: string, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const said = {
    ENOSPC: ["the disk must have room for the split", "Free some space and start again."],
    EDQUOT: ["the disk must have room for the split", "Free some space and start again."],
    EACCES: ["the folder must be writable", "Allow writing there, or choose another home with --home."],
    EPERM: ["the folder must be writable", "Allow writing there, or choose another home with --home."],
    EROFS: ["the folder must be writable", "Allow writing there, or choose another home with --home."],
  }[code];
  const [expected, remedy] = said ?? [];
  if (expected === undefined || remedy === undefined) return error;
  return new Fault("environment", [{ place: file, expected, received: code, remedy }], { cause: error });
}
