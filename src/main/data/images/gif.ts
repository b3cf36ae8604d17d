/**
 * Decodes the first frame of a GIF (GIF89a specification, CompuServe 1990; LZW with variable code length). The decoder of the other
 * formats does not support GIF.
 */
import { at } from "../../../shared/kit/fault.ts";
import { BadFile } from "../sampleFiles/badFile.ts";

export interface Rgba {
  readonly width: number;
  readonly height: number;
  /** [height, width, 4]. */
  readonly pixels: Uint8Array;
}

const CUT = "is cut off inside its image data";
const MAX_FRAME_PIXELS = 100_000_000;

/** @throws BadFile if the file is damaged */
export function decodeGif(file: Buffer): Rgba {
  try {
    return decode(file);
  } catch (error) {
    if (error instanceof RangeError) throw new BadFile(CUT);
    throw error;
  }
}

function decode(file: Buffer): Rgba {
  const width = file.readUInt16LE(6);
  const height = file.readUInt16LE(8);
  const flags = file.readUInt8(10);
  let offset = 13;
  const takePalette = (packed: number): Buffer => {
    const bytes = packed & 0x80 ? 3 << ((packed & 7) + 1) : 0;
    offset += bytes;
    return file.subarray(offset - bytes, offset);
  };
  const common = takePalette(flags);
  let transparent = -1;
  for (;;) {
    const block = file.readUInt8(offset++);
    if (block === 0x2c) break;
    if (block !== 0x21) throw new BadFile(block === 0x3b ? "holds no image" : CUT);
    // The graphic control extension names the transparent colour.
    if (file.readUInt8(offset) === 0xf9 && file.readUInt8(offset + 2) & 1) transparent = file.readUInt8(offset + 5);
    offset++;
    for (let size = file.readUInt8(offset++); size > 0; size = file.readUInt8(offset++)) offset += size;
  }
  const frame = {
    left: file.readUInt16LE(offset),
    top: file.readUInt16LE(offset + 2),
    width: file.readUInt16LE(offset + 4),
    height: file.readUInt16LE(offset + 6),
  };
  // The size of the screen was checked before. A frame larger than it could fill the memory and would show no more.
  if (frame.width * frame.height > MAX_FRAME_PIXELS) throw new BadFile("has damaged image data");
  const packed = file.readUInt8(offset + 8);
  offset += 9;
  const own = takePalette(packed);
  const palette = own.length > 0 ? own : common;
  const leastBits = file.readUInt8(offset++);
  const blocks: Buffer[] = [];
  for (let size = file.readUInt8(offset++); size > 0; size = file.readUInt8(offset++)) {
    if (offset + size > file.length) throw new BadFile(CUT);
    blocks.push(file.subarray(offset, offset + size));
    offset += size;
  }
  const codes = unpackLzw(Buffer.concat(blocks), leastBits, frame.width * frame.height);
  const pixels = new Uint8Array(width * height * 4);
  const rows = packed & 0x40 ? interlaced(frame.height) : Array.from({ length: frame.height }, (_, row) => row);
  for (const [i, row] of rows.entries())
    for (let x = 0; x < frame.width; x++) {
      const code = at(codes, i * frame.width + x);
      const [px, py] = [frame.left + x, frame.top + row];
      if (code === transparent || px >= width || py >= height) continue;
      pixels.set(palette.subarray(3 * code, 3 * code + 3), 4 * (py * width + px));
      pixels[4 * (py * width + px) + 3] = 255;
    }
  return { width, height, pixels };
}

/** The rows of an interlaced image in storage order. */
function interlaced(height: number): number[] {
  const passes = [
    [0, 8],
    [4, 8],
    [2, 4],
    [1, 2],
  ] as const;
  return passes.flatMap(([first, step]) => Array.from({ length: Math.max(0, Math.ceil((height - first) / step)) }, (_, i) => first + i * step));
}

function unpackLzw(data: Buffer, leastBits: number, length: number): Uint8Array {
  if (leastBits < 1 || leastBits > 11) throw new BadFile("has damaged image data");
  const clear = 1 << leastBits;
  const prefix = new Uint16Array(4096);
  const suffix = new Uint8Array(4096);
  const lengths = new Uint16Array(4096).fill(1, 0, clear);
  for (let code = 0; code < clear; code++) suffix[code] = code;
  const out = new Uint8Array(length);
  let [bits, next, previous, buffer, available, done] = [leastBits + 1, clear + 2, -1, 0, 0, 0];
  for (let i = 0; done < length; ) {
    while (available < bits) {
      if (i >= data.length) throw new BadFile(CUT);
      buffer |= at(data, i++) << available;
      available += 8;
    }
    const code = buffer & ((1 << bits) - 1);
    buffer >>>= bits;
    available -= bits;
    if (code === clear) {
      [bits, next, previous] = [leastBits + 1, clear + 2, -1];
      continue;
    }
    if (code === clear + 1) throw new BadFile(CUT);
    if (code > next || (code === next && previous < 0)) throw new BadFile("has damaged image data");
    if (previous >= 0 && next < 4096) {
      // A code that is not yet known means the previous string plus its first value.
      prefix[next] = previous;
      lengths[next] = at(lengths, previous) + 1;
      suffix[next] = firstOf(code === next ? previous : code, prefix, lengths, suffix);
      next++;
      if (next === 1 << bits && bits < 12) bits++;
    }
    const size = at(lengths, code);
    for (let k = code, p = done + size - 1; p >= done; p--, k = at(prefix, k)) if (p < length) out[p] = at(suffix, k);
    done += size;
    previous = code;
  }
  return out;
}

function firstOf(code: number, prefix: Uint16Array, lengths: Uint16Array, suffix: Uint8Array): number {
  let first = code;
  while (at(lengths, first) > 1) first = at(prefix, first);
  return at(suffix, first);
}
