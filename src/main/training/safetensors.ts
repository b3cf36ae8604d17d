/**
 * Checkpoint files in the safetensors format: a little-endian uint64 header length, a JSON header with every tensor's type,
 * shape and byte range, then the bytes. https://github.com/huggingface/safetensors (format section of its README).
 */
import { createHash } from "node:crypto";
import { type FileHandle, open, rename } from "node:fs/promises";
import path from "node:path";
import { Fault } from "../../shared/kit/fault.ts";
import type { StoredTensor } from "../engine/state.ts";

export interface SafetensorsHeader {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: Readonly<Record<string, { readonly dtype: string; readonly shape: readonly number[]; readonly data_offsets: readonly [number, number] }>>;
  /** Byte position of the first tensor byte in the file. */
  readonly dataStart: number;
}

/** The largest header that is believed; a longer one means a damaged file. */
const MAX_HEADER_BYTES = 256 * 1024 * 1024;

/**
 * Writes a file that is either whole or not there: temporary name, fsync, rename, fsync of the folder.
 * @returns SHA-256 of the file, hexadecimal
 */
export async function writeSafetensors(file: string, tensors: ReadonlyMap<string, StoredTensor>, metadata: Readonly<Record<string, string>>): Promise<string> {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  for (const [name, { shape, data }] of tensors) {
    header[name] = { dtype: "F32", shape, data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  const json = Buffer.from(JSON.stringify(header));
  // The format asks for tensor bytes aligned to eight, padded with spaces.
  const padded = Buffer.concat([json, Buffer.alloc((8 - (json.length % 8)) % 8, " ")]);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  const chunks = [length, padded, ...[...tensors.values()].map(({ data }) => Buffer.from(data.buffer, data.byteOffset, data.byteLength))];

  const hash = createHash("sha256");
  const temporary = `${file}.tmp`;
  try {
    await using handle = await open(temporary, "w");
    for (const chunk of chunks) {
      hash.update(chunk);
      await handle.writeFile(chunk);
    }
    await handle.sync();
  } catch (error) {
    throw writeFault(file, error);
  }
  await rename(temporary, file);
  await syncFolder(path.dirname(file));
  return hash.digest("hex");
}

/** Makes the rename itself durable; Windows cannot open folders and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  await using handle = await open(folder, "r");
  await handle.sync();
}

function writeFault(file: string, error: unknown): Error {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOSPC" || code === "EDQUOT")
    return new Fault(
      "environment",
      [
        {
          place: file,
          expected: "the disk must have room for the checkpoint",
          received: code,
          remedy: "Free some space and resume the run; the checkpoint before this one is whole.",
        },
      ],
      { cause: error },
    );
  if (code === "EACCES" || code === "EPERM" || code === "EROFS")
    return new Fault(
      "environment",
      [{ place: file, expected: "the folder must be writable", received: code, remedy: "Allow writing there, or choose another home with --home." }],
      { cause: error },
    );
  return error instanceof Error ? error : new Error(String(error));
}

export async function readSafetensorsHeader(file: string): Promise<SafetensorsHeader> {
  await using handle = await open(file, "r");
  return await readHeader(handle, file);
}

async function readHeader(handle: FileHandle, file: string): Promise<SafetensorsHeader> {
  const { size } = await handle.stat();
  const prefix = await readExactly(handle, 8, 0, file);
  const length = Number(prefix.readBigUInt64LE());
  if (length > MAX_HEADER_BYTES || 8 + length > size) throw damaged(file, `a header of ${length} bytes in a file of ${size}`);
  const json = await readExactly(handle, length, 8, file);
  let parsed: Record<string, unknown>;
  try {
    parsed = JSON.parse(json.toString("utf8"));
  } catch {
    throw damaged(file, "a header that is not JSON");
  }
  const { __metadata__, ...tensors } = parsed;
  return { metadata: (__metadata__ ?? {}) as SafetensorsHeader["metadata"], tensors: tensors as SafetensorsHeader["tensors"], dataStart: 8 + length };
}

export async function readSafetensors(
  file: string,
): Promise<{ readonly metadata: Readonly<Record<string, string>>; readonly tensors: ReadonlyMap<string, StoredTensor> }> {
  await using handle = await open(file, "r");
  const { metadata, tensors, dataStart } = await readHeader(handle, file);
  const result = new Map<string, StoredTensor>();
  for (const [name, { dtype, shape, data_offsets }] of Object.entries(tensors)) {
    if (dtype !== "F32") throw damaged(file, `${name} of type ${dtype}`);
    const [start, end] = data_offsets;
    const bytes = await readExactly(handle, end - start, dataStart + start, file);
    result.set(name, { shape, data: new Float32Array(bytes.buffer, bytes.byteOffset, (end - start) / 4) });
  }
  return { metadata, tensors: result };
}

async function readExactly(handle: FileHandle, length: number, position: number, file: string): Promise<Buffer> {
  const buffer = Buffer.from(new ArrayBuffer(length));
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  if (bytesRead !== length) throw damaged(file, `${bytesRead} of ${length} bytes at ${position}`);
  return buffer;
}

function damaged(file: string, received: string): Fault {
  return new Fault("input", [
    { place: file, expected: "must be a whole safetensors file", received, remedy: "Resume from another checkpoint or start the run again." },
  ]);
}
