/** Reads numbers in TIFF image data in all sizes and kinds (TIFF 6.0, sections 14 and 19; technical note 3 for floats). */
import { BadFile } from "../sampleFiles/badFile.ts";

const SIGNED = 2;
const DECIMAL = 3;

/** Returns value number `index` of a row that begins at byte `row`. */
export type ReadValue = (view: DataView, row: number, index: number) => number;

/** @param sampleFormat 1 unsigned, 2 signed, 3 float */
export function readerOf(bits: number, sampleFormat: number, little: boolean): ReadValue {
  if (sampleFormat === DECIMAL) {
    if (bits === 32) return (view, row, index) => view.getFloat32(row + 4 * index, little);
    if (bits === 64) return (view, row, index) => view.getFloat64(row + 8 * index, little);
  } else if (sampleFormat === SIGNED) {
    if (bits === 8) return (view, row, index) => view.getInt8(row + index);
    if (bits === 16) return (view, row, index) => view.getInt16(row + 2 * index, little);
    if (bits === 32) return (view, row, index) => view.getInt32(row + 4 * index, little);
  } else {
    if (bits === 8) return (view, row, index) => view.getUint8(row + index);
    if (bits === 16) return (view, row, index) => view.getUint16(row + 2 * index, little);
    if (bits === 32) return (view, row, index) => view.getUint32(row + 4 * index, little);
    if (bits < 16) return (view, row, index) => bitsAt(view, row, index * bits, bits);
  }
  throw new BadFile(`has values of ${bits} bits, which are not supported: convert it to a TIFF of 8 or 16 bits or of floats`);
}

/** Reads bits, most significant first. */
function bitsAt(view: DataView, row: number, first: number, count: number): number {
  let value = 0;
  for (let bit = first; bit < first + count; bit++) value = 2 * value + ((view.getUint8(row + (bit >> 3)) >> (7 - (bit & 7))) & 1);
  return value;
}

interface Block {
  /** 1 none, 2 differences of integers, 3 differences of the bytes of floats. */
  readonly kind: number;
  readonly rows: number;
  readonly rowBytes: number;
  readonly samples: number;
  readonly bits: number;
  readonly little: boolean;
}

/** Converts differences to values, in place. */
export function undoPredictor(view: DataView, { kind, rows, rowBytes, samples, bits, little }: Block): void {
  if (kind === 1) return;
  for (let y = 0; y < rows; y++) {
    const row = y * rowBytes;
    if (kind === 3) undoDecimals(view, row, rowBytes, samples, bits / 8, little);
    else if (kind === 2 && bits === 8)
      for (let i = samples; i < rowBytes; i++) view.setUint8(row + i, (view.getUint8(row + i) + view.getUint8(row + i - samples)) & 0xff);
    else if (kind === 2 && bits === 16)
      for (let i = 2 * samples; i + 1 < rowBytes; i += 2)
        view.setUint16(row + i, (view.getUint16(row + i, little) + view.getUint16(row + i - 2 * samples, little)) & 0xffff, little);
    else if (kind === 2 && bits === 32)
      for (let i = 4 * samples; i + 3 < rowBytes; i += 4)
        view.setUint32(row + i, (view.getUint32(row + i, little) + view.getUint32(row + i - 4 * samples, little)) >>> 0, little);
    else throw new BadFile("has an unsupported predictor: save it without one");
  }
}

/** A row stores the highest bytes of all values, then the next bytes, and so on, each as the difference from the previous one. */
function undoDecimals(view: DataView, row: number, rowBytes: number, samples: number, size: number, little: boolean): void {
  for (let i = samples; i < rowBytes; i++) view.setUint8(row + i, (view.getUint8(row + i) + view.getUint8(row + i - samples)) & 0xff);
  const count = rowBytes / size;
  const bytes = new Uint8Array(rowBytes);
  for (let i = 0; i < count; i++) for (let b = 0; b < size; b++) bytes[i * size + (little ? size - 1 - b : b)] = view.getUint8(row + b * count + i);
  for (let i = 0; i < rowBytes; i++) view.setUint8(row + i, bytes[i] ?? 0);
}
