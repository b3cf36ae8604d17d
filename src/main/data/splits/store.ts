/**
 * A split kept with its run, as the sample numbers of its parts: split.npz, which `numpy.load` reads (train, validation and test as
 * uint32). A run is resumed and looked into with the very parts it was trained on, whatever later versions draw.
 */
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

/**
 * Writes a file that is either whole or not there: temporary name, fsync, rename, fsync of the folder.
 * @throws Fault where the disk is full or the folder not writable
 */
export async function writeSplit(file: string, split: Split): Promise<void> {
  const temporary = `${file}.tmp`;
  try {
    {
      await using handle = await open(temporary, "w");
      await handle.writeFile(npz(new Map(PARTS.map((part) => [part, { shape: [split[part].length], data: split[part] }]))));
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
export async function readSplit(file: string): Promise<Split | null> {
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
  const [train, validation, test] = PARTS.map((part) => numbersOf(file, part, arrays[`${part}.npy`]));
  if (train === undefined || validation === undefined || test === undefined) throw damaged(file, "an archive without one of the parts");
  return { train, validation, test };
}

export function sameSplit(a: Split, b: Split): boolean {
  return PARTS.every((part) => a[part].length === b[part].length && a[part].every((index, i) => index === b[part][i]));
}

/**
 * For what goes by the parts that a run was trained on.
 * @throws Fault where its data give others now
 */
export function requireSameSplit(file: string, kept: Split, split: Split): void {
  if (sameSplit(kept, split)) return;
  const sizes = ({ train, validation, test }: Split) => `${train.length} + ${validation.length} + ${test.length} samples`;
  throw new Fault("conflict", [
    {
      place: "data",
      expected: `must be split as when the run began, into ${sizes(kept)} (${file})`,
      received: `another split, into ${sizes(split)}: the data has changed since`,
      remedy: "Bring the data back as it was, or start a new run from this recipe.",
    },
  ]);
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
