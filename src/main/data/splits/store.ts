/**
 * A split kept with its run, as the sample numbers of its parts: split.npz, which `numpy.load` reads (train, validation and test as
 * uint32; targets is the SHA-256 of all targets, as eight of them). Its comment is a seal (storage/seal.ts). A run is resumed and looked into with the very parts it was trained
 * on, whatever later versions draw, and with the samples under their numbers.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { unzipSync } from "fflate";
import { Fault, quote } from "../../../shared/kit/fault.ts";
import { BLANK_SEAL, describeDamage, describeUnreadable, digestOfBytes, sealChunks } from "../../storage/seal.ts";
import { writeWhole } from "../../storage/wholeFile.ts";
import { npz } from "../npz.ts";
import type { Split } from "./request.ts";

/** In the folder of a run. */
export const SPLIT_FILE = "split.npz";
const PARTS = ["train", "validation", "test"] as const;
const KEPT: ReadonlySet<string> = new Set([...PARTS, "targets"].map((name) => `${name}.npy`));
/** Numbers of samples take four bytes each; a larger array is damage. */
const MAX_ARRAY_BYTES = 4 * 2 ** 31;
/** Magic, version and the length of the header. */
const PREFIX = 10;

type Targets = Int32Array | Float32Array;

interface KeptSplit extends Split {
  /** Absent in files of older versions. */
  readonly targets?: Uint32Array;
}

/**
 * Writes a sealed file that is either whole or not there.
 * @throws Fault where the disk is full or the folder not writable
 */
export async function writeSplit(file: string, split: Split, targets: Targets): Promise<void> {
  const arrays = [...PARTS.map((part) => [part, split[part]] as const), ["targets", digestOf(targets)] as const];
  const bytes = npz(new Map(arrays.map(([name, data]) => [name, { shape: [data.length], data }])), BLANK_SEAL);
  sealChunks([bytes]);
  await writeWhole(file, [bytes], { what: "the split", remedy: "Free some space and start again." });
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
    const said = describeUnreadable(error);
    if (said === "no such file") return null;
    throw damaged(file, said);
  }
  const { digest, seal } = digestOfBytes(bytes);
  const damage = describeDamage({ digest, seal }, seal ?? digest);
  if (damage !== null) throw damaged(file, damage);
  // Files of older versions have no seal, and no comment: their last record ends the file.
  if (seal === null && !endsWithRecord(bytes)) throw damaged(file, `${bytes.length} bytes that are no whole archive`);
  let arrays: Readonly<Record<string, Uint8Array>>;
  try {
    arrays = unzipSync(bytes, { filter: ({ name, originalSize }) => KEPT.has(name) && originalSize <= MAX_ARRAY_BYTES });
  } catch {
    throw damaged(file, `${bytes.length} bytes that are no whole archive`);
  }
  const [train, validation, test, targets] = [...PARTS, "targets"].map((name) => numbersOf(file, name, arrays[`${name}.npy`]));
  if (train === undefined || validation === undefined || test === undefined) throw damaged(file, "an archive without one of the parts");
  return { train, validation, test, ...(targets === undefined ? {} : { targets }) };
}

/** SHA-256 of a split and the targets of its samples: what checkpoints say of the file, should it be lost. */
export function splitDigest(split: Split, targets: Targets): string {
  const hash = createHash("sha256");
  for (const part of PARTS) hash.update(`${split[part].length};`).update(bytesOf(split[part]));
  return hash.update(digestOf(targets)).digest("hex");
}

/**
 * A run is resumed, measured and looked into with the very parts it was trained on, or samples that it has learned would be taken for held out.
 * @param split as its recipe splits the data now
 * @param targets of all samples
 * @param stamped the digest that a checkpoint of the run carries: where the file is lost or damaged and this says that the split is the
 * same, the file is written again
 * @returns what was wrong with the file, where it was written again; else null
 * @throws Fault where that is another one than the run's own, or where the same numbers mean other samples
 */
export async function requireKeptSplit(folder: string, split: Split, targets: Targets, stamped: string | null = null): Promise<string | null> {
  const file = path.join(folder, SPLIT_FILE);
  let kept: KeptSplit | null;
  try {
    kept = await readSplit(file);
  } catch (error) {
    if (!(error instanceof Fault) || stamped !== splitDigest(split, targets)) throw error;
    await writeSplit(file, split, targets);
    return error.problems[0]?.received ?? "";
  }
  if (kept === null) {
    if (stamped === null) return null;
    if (stamped === splitDigest(split, targets)) {
      await writeSplit(file, split, targets);
      return "no such file";
    }
    throw new Fault("conflict", [
      {
        place: "data",
        expected: `must be as when the run began (${file} is missing, but the checkpoint knows its digest)`,
        received: `another split or other targets: the data has changed since`,
        remedy: "Bring the data back as it was, or start a new run from this recipe.",
      },
    ]);
  }
  const isSame = sameSplit(kept, split);
  if (isSame && (kept.targets === undefined || sameNumbers(kept.targets, digestOf(targets)))) return null;
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
function digestOf(targets: Targets): Uint32Array {
  const digest = createHash("sha256").update(bytesOf(targets)).digest();
  return new Uint32Array(Uint8Array.from(digest).buffer);
}

function bytesOf({ buffer, byteOffset, byteLength }: Targets | Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function sameSplit(a: Split, b: Split): boolean {
  return PARTS.every((part) => sameNumbers(a[part], b[part]));
}

function sameNumbers(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.every((number, i) => number === b[i]);
}

/** Whether the last 22 bytes are a zip's end record that announces no comment (APPNOTE 6.3.10, 4.3.16). */
function endsWithRecord(bytes: Uint8Array): boolean {
  const record = bytes.subarray(-22);
  return Buffer.from(record.subarray(0, 4)).toString("latin1") === "PK\x05\x06" && record[20] === 0 && record[21] === 0;
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
