/**
 * Stores a run's split as the sample numbers of its parts: split.npz, which `numpy.load` can read (train, validation and test as uint32; targets is the
 * SHA-256 of all targets, as eight uint32). The zip comment is a seal (storage/seal.ts). So a run is resumed and examined with exactly the parts that it
 * was trained on, even if later versions split differently, and changed data are noticed.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { unzipSync } from "fflate";
import type { PartCounts } from "../../../shared/contract/runs.ts";
import { Fault, quote } from "../../../shared/kit/fault.ts";
import type { Text } from "../../../shared/kit/words.ts";
import { BLANK_SEAL, describeDamage, describeUnreadable, digestOfBytes, sealChunks } from "../../storage/seal.ts";
import { writeWhole } from "../../storage/wholeFile.ts";
import { npz } from "../npz.ts";
import type { Split } from "./request.ts";

/** File name in a run's folder. */
export const SPLIT_FILE = "split.npz";
const PARTS = ["train", "validation", "test"] as const;
const KEPT: ReadonlySet<string> = new Set([...PARTS, "targets"].map((name) => `${name}.npy`));
/** Sample numbers take four bytes each; a larger array is damaged. */
const MAX_ARRAY_BYTES = 4 * 2 ** 31;
/** Length of magic, version and header length. */
const PREFIX = 10;

type Targets = Int32Array | Float32Array;

interface KeptSplit extends Split {
  /** Absent in files of older versions. */
  readonly targets?: Uint32Array;
}

/**
 * Writes a sealed file that is either complete or absent.
 * @throws Fault if the disk is full or the folder not writable
 */
export async function writeSplit(file: string, split: Split, targets: Targets): Promise<void> {
  const arrays = [...PARTS.map((part) => [part, split[part]] as const), ["targets", digestOf(targets)] as const];
  const bytes = npz(new Map(arrays.map(([name, data]) => [name, { shape: [data.length], data }])), BLANK_SEAL);
  sealChunks([bytes]);
  await writeWhole(file, [bytes], { what: "the split", remedy: "Free some space and start again." });
}

/**
 * @returns null if there is no such file: runs of older versions have none
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
  // Files of older versions have neither a seal nor a zip comment, so their last record ends the file.
  if (seal === null && !endsWithRecord(bytes)) throw damaged(file, `${bytes.length} bytes that are not a complete archive`);
  let arrays: Readonly<Record<string, Uint8Array>>;
  try {
    arrays = unzipSync(bytes, { filter: ({ name, originalSize }) => KEPT.has(name) && originalSize <= MAX_ARRAY_BYTES });
  } catch {
    throw damaged(file, `${bytes.length} bytes that are not a complete archive`);
  }
  const [train, validation, test, targets] = [...PARTS, "targets"].map((name) => numbersOf(file, name, arrays[`${name}.npy`]));
  if (train === undefined || validation === undefined || test === undefined) throw damaged(file, "an archive without one of the parts");
  return { train, validation, test, ...(targets === undefined ? {} : { targets }) };
}

/** The size of each part of the split stored in a run's folder; null if there is none, or none that can be read. */
export async function readPartCounts(folder: string): Promise<PartCounts | null> {
  try {
    const kept = await readSplit(path.join(folder, SPLIT_FILE));
    return kept === null ? null : { train: kept.train.length, validation: kept.validation.length, test: kept.test.length };
  } catch (error) {
    // Resuming or evaluating the run reports what is wrong with the file.
    if (error instanceof Fault) return null;
    throw error;
  }
}

/** SHA-256 of a split and the targets of its samples. Checkpoints store it in case the file is lost. */
export function splitDigest(split: Split, targets: Targets): string {
  const hash = createHash("sha256");
  for (const part of PARTS) hash.update(`${split[part].length};`).update(bytesOf(split[part]));
  return hash.update(digestOf(targets)).digest("hex");
}

/**
 * Ensures that a run is resumed, evaluated and examined with exactly the parts that it was trained on. Otherwise trained samples could be treated as held out.
 * @param split the split of the present data according to the recipe
 * @param targets of all samples
 * @param stamped the digest in a checkpoint of the run: if the file is lost or damaged and the digest matches, the file is written again
 * @returns what was wrong with the file if it was written again, otherwise null
 * @throws Fault if the split differs from the run's own, or the same numbers mean other samples
 */
export async function requireKeptSplit(folder: string, split: Split, targets: Targets, stamped: string | null = null): Promise<Text | null> {
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
        expected: `must be as when the run began (${file} is missing, but the checkpoint has its digest)`,
        received: `another split or other targets: the data has changed since`,
        remedy: "Restore the data, or start a new run from this recipe.",
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
      received: `${isSame ? "samples with other targets, or in another order" : `another split, into ${sizes(split)}`}: the data has changed since`,
      remedy: "Restore the data, or start a new run from this recipe.",
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

/** Whether the last 22 bytes are a zip end record without a comment (APPNOTE 6.3.10, 4.3.16). */
function endsWithRecord(bytes: Uint8Array): boolean {
  const record = bytes.subarray(-22);
  return Buffer.from(record.subarray(0, 4)).toString("latin1") === "PK\x05\x06" && record[20] === 0 && record[21] === 0;
}

/** Reads a one-dimensional uint32 array from its .npy file. */
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
    { place: file, expected: "must be the complete split of a run", received, remedy: "Restore the file from a copy, or start the run again from its recipe." },
  ]);
}
