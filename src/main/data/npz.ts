/** Writes arrays to numpy's .npz: a zip of .npy files (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html, version 1.0). */
import { type Zippable, zipSync } from "fflate";

export interface NumpyArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array | Int32Array | Uint32Array | Float32Array;
}

/** A constant time stamp, so that the same arrays give the same bytes. */
const WRITTEN = new Date(1980, 0, 1);

function kindOf(data: NumpyArray["data"]): string {
  if (data instanceof Float32Array) return "<f4";
  if (data instanceof Uint32Array) return "<u4";
  return data instanceof Int32Array ? "<i4" : "|u1";
}

function npy({ shape, data }: NumpyArray): Uint8Array {
  const tuple = `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
  const text = `{'descr': '${kindOf(data)}', 'fortran_order': False, 'shape': ${tuple}, }`;
  // Magic, version and length take ten bytes. The header ends with a newline at a multiple of 64.
  const header = `${text}${" ".repeat(63 - ((10 + text.length) % 64))}\n`;
  const bytes = new Uint8Array(10 + header.length + data.byteLength);
  bytes.set([0x93, ...Buffer.from("NUMPY"), 1, 0, header.length & 0xff, header.length >> 8]);
  bytes.set(Buffer.from(header, "latin1"), 10);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), 10 + header.length);
  return bytes;
}

/**
 * @param arrays by name; little-endian, like every machine that Descent runs on
 * @param comment ASCII comment of the zip archive
 */
export function npz(arrays: ReadonlyMap<string, NumpyArray>, comment = ""): Uint8Array {
  const files: Zippable = Object.fromEntries([...arrays].map(([name, array]) => [`${name}.npy`, [npy(array), { level: 1, mtime: WRITTEN }]]));
  const archive = zipSync(files);
  if (comment === "") return archive;
  // The archive's last record ends with the length of the comment and the comment.
  const bytes = new Uint8Array(archive.length + comment.length);
  bytes.set(archive);
  bytes.set(Buffer.from(comment, "latin1"), archive.length);
  new DataView(bytes.buffer).setUint16(archive.length - 2, comment.length, true);
  return bytes;
}
