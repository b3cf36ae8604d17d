/** The number types that arrays are stored as, and how their bytes are decoded. Source: the NPY format (NEP 1) and IEEE 754-2019 for float16. */
import { internal } from "../../../shared/kit/fault.ts";

export type NumericArray = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

export interface Element {
  /** The numpy name: `float32`. */
  readonly name: string;
  readonly bytes: number;
  readonly kind: "bool" | "integer" | "float";
  readonly littleEndian: boolean;
}

/**
 * Decodes bytes to numbers. 64-bit integers become float64, which is exact up to 2⁵³; float16 becomes float32. May swap the bytes in place.
 * @param bytes a multiple of the element size; the caller must not use it afterwards
 */
export function decodeNumbers(bytes: Uint8Array<ArrayBuffer>, element: Element): NumericArray {
  const count = bytes.length / element.bytes;
  const { buffer, byteOffset } = bytes.byteOffset % element.bytes === 0 ? bytes : bytes.slice();
  if (!element.littleEndian) swap(new Uint8Array(buffer, byteOffset, bytes.length), element.bytes);
  switch (element.name) {
    case "bool":
    case "uint8":
      return new Uint8Array(buffer, byteOffset, count);
    case "int8":
      return new Int8Array(buffer, byteOffset, count);
    case "uint16":
      return new Uint16Array(buffer, byteOffset, count);
    case "int16":
      return new Int16Array(buffer, byteOffset, count);
    case "uint32":
      return new Uint32Array(buffer, byteOffset, count);
    case "int32":
      return new Int32Array(buffer, byteOffset, count);
    case "uint64":
      return Float64Array.from(new BigUint64Array(buffer, byteOffset, count), Number);
    case "int64":
      return Float64Array.from(new BigInt64Array(buffer, byteOffset, count), Number);
    case "float16":
      return Float32Array.from(new Uint16Array(buffer, byteOffset, count), halfToNumber);
    case "float32":
      return new Float32Array(buffer, byteOffset, count);
    case "float64":
      return new Float64Array(buffer, byteOffset, count);
    default:
      throw internal(`no decoder for ${element.name}`);
  }
}

function swap(bytes: Uint8Array<ArrayBuffer>, size: number): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (size === 2) buffer.swap16();
  else if (size === 4) buffer.swap32();
  else if (size === 8) buffer.swap64();
}

/** binary16: one bit of sign, five of exponent (bias 15), ten of fraction. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
