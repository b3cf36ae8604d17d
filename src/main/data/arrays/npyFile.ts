/** One .npy file as a stored array, read by position. An array in Fortran order is read completely and transposed. */
import { type FileHandle, open } from "node:fs/promises";
import { at, Fault } from "../../../shared/kit/fault.ts";
import { accessFault, type NamedFile, statFile } from "../files.ts";
import { decodeNumbers, type NumericArray } from "./element.ts";
import { headerLength, type NpyHeader, parseNpyHeader } from "./npyHeader.ts";
import type { StoredArray } from "./storedArray.ts";

/** Largest array in Fortran order: it must be in memory to find its rows. */
const MAX_FORTRAN_BYTES = 256 * 1024 * 1024;

/**
 * @param place the array's name in messages, if the file's path is not enough
 * @throws Fault if the file is not a .npy of numbers, or is shorter or longer than its header says
 */
export async function openNpy(file: NamedFile, place: string = file.path): Promise<StoredArray> {
  const { size } = await statFile(file);
  const header = await readHeader(file, place);
  const { element, shape, headerBytes, fortran } = header;
  const expected = wholeLength(header);
  if (size !== expected) throw lengthFault(place, header, expected, size);
  if (fortran && expected > MAX_FORTRAN_BYTES)
    throw new Fault("input", [
      {
        place,
        expected: `must be in C order where it is larger than ${MAX_FORTRAN_BYTES / 2 ** 20} MiB, so that samples can be read one by one`,
        received: `Fortran order, ${expected} bytes`,
        remedy: "Save it again with numpy.save(path, numpy.ascontiguousarray(array)).",
      },
    ]);
  const bytesOf = (position: number, length: number) => readExactly(file, place, header, position, length);
  const width = shape.slice(1).reduce((product, dim) => product * dim, 1);
  if (!fortran)
    return {
      place,
      shape,
      element,
      read: async (first, count) => decodeNumbers(await bytesOf(headerBytes + first * width * element.bytes, count * width * element.bytes), element),
    };
  let whole: Promise<NumericArray> | undefined;
  return {
    place,
    shape,
    element,
    async read(first, count) {
      whole ??= bytesOf(headerBytes, expected - headerBytes).then((bytes) => decodeNumbers(bytes, element));
      return transposedRows(await whole, shape, first, count);
    },
  };
}

/** The first bytes of a file; fewer if the file is shorter. */
export async function readStart(file: NamedFile, length: number): Promise<Buffer> {
  try {
    await using handle = await open(file.path, "r");
    return await readAt(handle, 0, length);
  } catch (error) {
    throw await accessFault(file, error);
  }
}

async function readHeader(file: NamedFile, place: string): Promise<NpyHeader> {
  const head = await readStart(file, 12);
  const needed = Math.min(headerLength(head) ?? 12, 128 * 1024);
  return parseNpyHeader(await readStart(file, needed), place);
}

async function readExactly(file: NamedFile, place: string, header: NpyHeader, position: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Buffer<ArrayBuffer>;
  try {
    await using handle = await open(file.path, "r");
    bytes = await readAt(handle, position, length);
  } catch (error) {
    throw await accessFault(file, error);
  }
  if (bytes.length === length) return bytes;
  throw lengthFault(place, header, wholeLength(header), (await statFile(file)).size);
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer<ArrayBuffer>> {
  const buffer = Buffer.from(new ArrayBuffer(length));
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

/** Rows of an array whose first axis varies fastest: element (n, i, j, …) is at n + N · (i + I · (j + …)). */
function transposedRows(whole: NumericArray, shape: readonly number[], first: number, count: number): NumericArray {
  const row = shape.slice(1);
  const length = at(shape, 0);
  const size = row.reduce((product, dim) => product * dim, 1);
  const offsets = new Uint32Array(size);
  for (let flat = 0; flat < size; flat++) {
    let rest = flat;
    const position = row.map(() => 0);
    for (let axis = row.length - 1; axis >= 0; axis--) {
      position[axis] = rest % at(row, axis);
      rest = Math.floor(rest / at(row, axis));
    }
    let stride = length;
    for (const [axis, dim] of row.entries()) {
      offsets[flat] = (offsets[flat] ?? 0) + at(position, axis) * stride;
      stride *= dim;
    }
  }
  const rows = whole.slice(0, count * size);
  for (let n = 0; n < count; n++) for (let flat = 0; flat < size; flat++) rows[n * size + flat] = whole[first + n + (offsets[flat] ?? 0)] ?? 0;
  return rows;
}

function wholeLength({ headerBytes, shape, element }: NpyHeader): number {
  return headerBytes + shape.reduce((product, dim) => product * dim, element.bytes);
}

function lengthFault(place: string, header: NpyHeader, expected: number, actual: number): Fault {
  return new Fault("input", [
    {
      place,
      expected: `must hold ${expected} bytes, according to its header ([${header.shape.join(", ")}] of ${header.element.name} behind ${header.headerBytes} bytes of header)`,
      received: `${actual} bytes`,
      remedy: actual < expected ? "The file is cut off: copy it again." : "Save one array per file, or several in an .npz.",
    },
  ]);
}
