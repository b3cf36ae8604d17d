/**
 * Checkpoint files in the safetensors format: a little-endian uint64 header length, a JSON header with every tensor's type,
 * shape and byte range, then the bytes. https://github.com/huggingface/safetensors (format section of its README).
 * The first entry of the metadata is a seal (storage/seal.ts).
 */
import { type FileHandle, open } from "node:fs/promises";
import { z } from "zod";
import { Fault } from "../../shared/kit/fault.ts";
import type { StoredTensor } from "../engine/state.ts";
import { BLANK_SEAL, describeDamage, describeUnreadable, digestOfBytes, sealChunks } from "../storage/seal.ts";
import { type Purpose, writeWhole } from "../storage/wholeFile.ts";

const count = z.int().min(0);
const headerSchema = z
  .object({ __metadata__: z.record(z.string(), z.string()).optional() })
  .catchall(z.object({ dtype: z.literal("F32"), shape: z.array(count), data_offsets: z.tuple([count, count]) }));

export interface SafetensorsHeader {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: Readonly<Record<string, { readonly shape: readonly number[]; readonly data_offsets: readonly [number, number] }>>;
}

const CHECKPOINT: Purpose = {
  what: "the checkpoint",
  remedy: "Free some space and resume the run; the previous checkpoint is complete.",
};

/** Format of versions that wrote no seals. */
const UNSEALED_FORMAT = "descent checkpoint 1";
/** Size of the header's length. */
const PREFIX_BYTES = 8;
const MAX_READ = 1024 ** 3;
/** Largest accepted header; a longer one means a damaged file. */
const MAX_HEADER_BYTES = 256 * 1024 * 1024;

/** The bytes of a sealed file, in pieces. */
export function sealedSafetensors(
  tensors: ReadonlyMap<string, StoredTensor>,
  metadata: Readonly<Record<string, string>>,
): { readonly chunks: readonly Uint8Array[]; readonly seal: string } {
  const header: Record<string, unknown> = { __metadata__: { seal: BLANK_SEAL, ...metadata } };
  let offset = 0;
  for (const [name, { shape, data }] of tensors) {
    header[name] = { dtype: "F32", shape, data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  const json = Buffer.from(JSON.stringify(header));
  // The format aligns tensor bytes to eight and pads the header with spaces.
  const padded = Buffer.concat([json, Buffer.alloc((8 - (json.length % 8)) % 8, " ")]);
  const length = Buffer.alloc(PREFIX_BYTES);
  length.writeBigUInt64LE(BigInt(padded.length));
  const chunks = [length, padded, ...[...tensors.values()].map(({ data }) => Buffer.from(data.buffer, data.byteOffset, data.byteLength))];
  return { chunks, seal: sealChunks(chunks) };
}

/**
 * Writes a sealed file that is either complete or absent.
 * @returns the seal: SHA-256 of the file with zeros in the seal's place, hexadecimal
 * @throws Fault if the disk is full or the folder not writable
 */
export async function writeSafetensors(
  file: string,
  tensors: ReadonlyMap<string, StoredTensor>,
  metadata: Readonly<Record<string, string>>,
  purpose: Purpose = CHECKPOINT,
): Promise<string> {
  const { chunks, seal } = sealedSafetensors(tensors, metadata);
  await writeWhole(file, chunks, purpose);
  return seal;
}

/** Reads only the header. The file is not checked against the seal. @throws Fault for a damaged file */
export async function readSafetensorsHeader(file: string): Promise<SafetensorsHeader> {
  try {
    await using handle = await open(file, "r");
    const { size } = await handle.stat();
    const prefix = await readExactly(handle, PREFIX_BYTES, 0, file);
    const length = headerLength(prefix, size, file);
    return parseHeader(await readExactly(handle, length, PREFIX_BYTES, file), size - PREFIX_BYTES - length, file);
  } catch (error) {
    throw error instanceof Fault ? error : damaged(file, describeUnreadable(error));
  }
}

/**
 * Reads a whole file and checks it against its seal. A file without a seal is of an older version; a caller that knows its digest checks that.
 * @throws Fault for a file that is missing, damaged or changed
 */
export async function readSafetensors(
  file: string,
): Promise<{ readonly metadata: Readonly<Record<string, string>>; readonly tensors: ReadonlyMap<string, StoredTensor> }> {
  const bytes = await readAll(file);
  const { digest, seal } = digestOfBytes(bytes);
  const damage = describeDamage({ digest, seal }, seal ?? digest);
  if (damage !== null) throw damaged(file, damage);
  if (bytes.length < PREFIX_BYTES) throw damaged(file, bytes.length === 0 ? "an empty file" : `${bytes.length} bytes`);
  const length = headerLength(bytes, bytes.length, file);
  const start = PREFIX_BYTES + length;
  const { metadata, tensors } = parseHeader(bytes.subarray(PREFIX_BYTES, start), bytes.length - start, file);
  // If the seal's marker is damaged, no seal is found.
  if (seal === null && metadata.format !== UNSEALED_FORMAT) throw damaged(file, "a file without its seal");
  const result = new Map<string, StoredTensor>();
  for (const [name, { shape, data_offsets }] of Object.entries(tensors)) {
    const [from, to] = data_offsets;
    const aligned = (bytes.byteOffset + start + from) % 4 === 0 ? bytes.subarray(start + from, start + to) : bytes.slice(start + from, start + to);
    result.set(name, { shape, data: new Float32Array(aligned.buffer, aligned.byteOffset, (to - from) / 4) });
  }
  return { metadata, tensors: result };
}

/** Reads in pieces: systems read at most 2 GiB at once. */
async function readAll(file: string): Promise<Uint8Array> {
  try {
    await using handle = await open(file, "r");
    const { size } = await handle.stat();
    const bytes = new Uint8Array(size);
    for (let done = 0; done < size; ) {
      const { bytesRead } = await handle.read(bytes, done, Math.min(size - done, MAX_READ), done);
      if (bytesRead === 0) throw damaged(file, `${done} of ${size} bytes`);
      done += bytesRead;
    }
    return bytes;
  } catch (error) {
    throw error instanceof Fault ? error : damaged(file, describeUnreadable(error));
  }
}

function headerLength(prefix: Uint8Array, size: number, file: string): number {
  const length = Number(new DataView(prefix.buffer, prefix.byteOffset, PREFIX_BYTES).getBigUint64(0, true));
  if (length > MAX_HEADER_BYTES || PREFIX_BYTES + length > size) throw damaged(file, `a header of ${length} bytes in a file of ${size}`);
  return length;
}

/** @param dataBytes number of bytes after the header */
function parseHeader(json: Uint8Array, dataBytes: number, file: string): SafetensorsHeader {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString("utf8"));
  } catch {
    throw damaged(file, "a header that is not JSON");
  }
  const parsed = headerSchema.safeParse(value);
  if (!parsed.success) throw damaged(file, `a header with ${parsed.error.issues[0]?.path.join(".") || "a value"} that cannot be`);
  const { __metadata__: metadata = {}, ...tensors } = parsed.data;
  for (const [name, tensor] of Object.entries(tensors)) {
    const [from, to] = tensor.data_offsets;
    const elements = tensor.shape.reduce((product, dim) => product * dim, 1);
    if (to > dataBytes || to - from !== 4 * elements)
      throw damaged(file, `${name} at ${from} to ${to} in ${dataBytes} bytes, of shape [${tensor.shape.join(", ")}]`);
  }
  return { metadata, tensors };
}

async function readExactly(handle: FileHandle, length: number, position: number, file: string): Promise<Buffer> {
  const buffer = Buffer.from(new ArrayBuffer(length));
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  if (bytesRead !== length) throw damaged(file, `${bytesRead} of ${length} bytes at ${position}`);
  return buffer;
}

function damaged(file: string, received: string): Fault {
  return new Fault(received === "no such file" ? "missing" : "input", [
    {
      place: file,
      expected: "must be the complete file that Descent wrote",
      received,
      remedy: "Resume the run, which uses the newest intact checkpoint, or start it again from its recipe.",
    },
  ]);
}
