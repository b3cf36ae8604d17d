/**
 * One IDX file, plain or gzip: two zero bytes, the element type, the number of dimensions, each dimension as a big-endian uint32, then the
 * elements, big-endian and row-major. Source: Y. LeCun, C. Cortes and C. Burges, "The MNIST database".
 */
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline, type Readable } from "node:stream";
import { constants, createGunzip } from "node:zlib";
import { at, Fault } from "../../../shared/kit/fault.ts";
import { shapeText } from "../../../shared/text/shapes.ts";
import { accessFault, type NamedFile, statFile } from "../files.ts";

export interface IdxElement {
  readonly name: string;
  readonly bytes: number;
  readonly read: (view: DataView, offset: number) => number;
}

/** Element types by the code in the third byte. */
const ELEMENTS: ReadonlyMap<number, IdxElement> = new Map([
  [0x08, { name: "uint8", bytes: 1, read: (view, offset) => view.getUint8(offset) }],
  [0x09, { name: "int8", bytes: 1, read: (view, offset) => view.getInt8(offset) }],
  [0x0b, { name: "int16", bytes: 2, read: (view, offset) => view.getInt16(offset) }],
  [0x0c, { name: "int32", bytes: 4, read: (view, offset) => view.getInt32(offset) }],
  [0x0d, { name: "float32", bytes: 4, read: (view, offset) => view.getFloat32(offset) }],
  [0x0e, { name: "float64", bytes: 8, read: (view, offset) => view.getFloat64(offset) }],
]);

export interface IdxFile extends NamedFile {
  readonly element: IdxElement;
  /** Number of items, then the shape of one item. */
  readonly shape: readonly number[];
  readonly headerBytes: number;
  /** Size of all elements in bytes, without the header. */
  readonly payloadBytes: number;
}

/** The largest possible expansion of a gzip stream (RFC 1951). */
const MAX_DEFLATE_RATIO = 1032;
const CHUNK_BYTES = 1024 * 1024;

/**
 * Reads the header and checks the file's length, without reading the elements.
 * @throws Fault if the file is not IDX, or is shorter or longer than its header says
 */
export async function inspectIdx(file: NamedFile): Promise<IdxFile> {
  const { size } = await statFile(file);
  const packed = await isGzip(file);
  const head: Buffer[] = [];
  let length = 0;
  let needed = 4;
  for await (const chunk of contents(file, packed, true)) {
    head.push(chunk);
    length += chunk.length;
    if (length >= 4) needed = 4 + 4 * at(Buffer.concat(head), 3);
    if (length >= needed) break;
  }
  const idx = parseHeader(file, Buffer.concat(head), needed);
  const expected = idx.headerBytes + idx.payloadBytes;
  // gzip stores the length modulo 2³² at its end. If that differs, only decompression tells the length.
  const matches = packed ? (await gzipLength(file, size)) === expected % 2 ** 32 && expected <= size * MAX_DEFLATE_RATIO : size === expected;
  if (!matches) {
    const actual = packed ? await countBytes(idx) : size;
    if (actual !== expected) throw lengthFault(idx, actual);
  }
  return idx;
}

/**
 * Reads the elements' bytes to the start of `into`, which has room for at least `payloadBytes`.
 * @param onBytes called with the number of bytes read; may throw
 * @throws Fault if the file is shorter or longer than expected, or its gzip stream is damaged
 */
export async function readPayload(file: IdxFile, into: Uint8Array, onBytes?: (done: number) => void): Promise<void> {
  const expected = file.headerBytes + file.payloadBytes;
  let position = 0;
  for await (const chunk of contents(file, await isGzip(file), false, expected)) {
    const start = Math.max(0, file.headerBytes - position);
    const end = Math.min(chunk.length, expected - position);
    if (end > start) into.set(chunk.subarray(start, end), position + start - file.headerBytes);
    position += chunk.length;
    onBytes?.(Math.min(file.payloadBytes, Math.max(0, position - file.headerBytes)));
  }
  if (position !== expected) throw lengthFault(file, position);
}

function parseHeader(file: NamedFile, head: Buffer, needed: number): IdxFile {
  if (head.length < 4 || (head.length < needed && isMagic(head)))
    throw new Fault("input", [
      {
        place: file.path,
        expected: `must be an IDX file, which begins with a header of ${head.length < 4 ? "at least 8" : needed} bytes`,
        received: `${head.length} bytes in all`,
        remedy: "Download or copy the file again.",
      },
    ]);
  const element = ELEMENTS.get(at(head, 2));
  if (!isMagic(head) || element === undefined)
    throw new Fault("input", [
      {
        place: file.path,
        expected: "must be an IDX file, whose first bytes are 00 00, the element type (08, 09, 0b, 0c, 0d or 0e) and the number of dimensions",
        received: head
          .subarray(0, 4)
          .toString("hex")
          .replace(/..(?=.)/g, "$& "),
        remedy: "Name an IDX file, plain or gzip.",
      },
    ]);
  const shape = Array.from({ length: at(head, 3) }, (_, axis) => head.readUInt32BE(4 + 4 * axis));
  if (shape.includes(0))
    throw new Fault("input", [
      {
        place: file.path,
        expected: "must hold at least one sample of at least one element",
        received: `dimensions ${shapeText(shape)}`,
        remedy: "Check that this is the file you meant.",
      },
    ]);
  return { ...file, element, shape, headerBytes: needed, payloadBytes: shape.reduce((product, dim) => product * dim, element.bytes) };
}

function isMagic(head: Buffer): boolean {
  return head[0] === 0 && head[1] === 0 && ELEMENTS.has(at(head, 2)) && at(head, 3) > 0;
}

/** Judged by the first bytes, not the name: browsers decompress files and keep ".gz" in the name. */
async function isGzip(file: NamedFile): Promise<boolean> {
  const bytes = await readAt(file, 0, 2);
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

async function gzipLength(file: NamedFile, size: number): Promise<number> {
  const bytes = await readAt(file, Math.max(0, size - 4), 4);
  return bytes.length === 4 ? bytes.readUInt32LE() : -1;
}

async function readAt(file: NamedFile, position: number, length: number): Promise<Buffer> {
  try {
    await using handle = await open(file.path, "r");
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw await accessFault(file, error);
  }
}

/**
 * The file's decompressed bytes. With `lenient`, a truncated gzip stream just ends.
 * @param expected number of bytes, for the message
 */
async function* contents(file: NamedFile, packed: boolean, lenient: boolean, expected?: number): AsyncGenerator<Buffer> {
  let source: Readable = createReadStream(file.path, { highWaterMark: lenient ? 64 * 1024 : CHUNK_BYTES });
  if (packed) {
    const gunzip = createGunzip({ chunkSize: CHUNK_BYTES, finishFlush: lenient ? constants.Z_SYNC_FLUSH : constants.Z_FINISH });
    // An error of either stream ends the loop below.
    source = pipeline(source, gunzip, () => {});
  }
  let length = 0;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      length += chunk.length;
      yield chunk;
    }
  } catch (error) {
    throw isZlibError(error) ? gzipFault(file, error, length, expected) : await accessFault(file, error);
  }
}

async function countBytes(file: NamedFile): Promise<number> {
  let length = 0;
  for await (const chunk of contents(file, true, true)) length += chunk.length;
  return length;
}

function lengthFault(file: IdxFile, actual: number): Fault {
  const { path, element, shape, headerBytes, payloadBytes } = file;
  const expected = headerBytes + payloadBytes;
  return new Fault("input", [
    {
      place: path,
      expected: `must hold ${expected} bytes, according to its header (${shapeText(shape)} of ${element.name} behind ${headerBytes} bytes of header)`,
      received: `${actual} bytes`,
      remedy: actual < expected ? "The file is cut off: download or copy it again." : "Download or copy the file again.",
    },
  ]);
}

function isZlibError(error: unknown): error is Error {
  return error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("Z_");
}

function gzipFault(file: NamedFile, error: Error, length: number, expected: number | undefined): Fault {
  return new Fault(
    "input",
    [
      {
        place: file.path,
        expected: expected === undefined ? "must be a complete gzip file" : `must be a complete gzip file of ${expected} bytes when unpacked`,
        received: `${error.message} after ${length} bytes`,
        remedy: "The file is damaged: download or copy it again.",
      },
    ],
    { cause: error },
  );
}
