/** Decompresses TIFF image data: LZW (TIFF 6.0 section 13, most significant bit first) and PackBits (section 9). */
import { at } from "../../../shared/kit/fault.ts";
import { BadFile } from "../sampleFiles/badFile.ts";

const CLEAR = 256;
const END = 257;
const DAMAGED = "has damaged image data";

/** @param length of the output; further input is ignored */
export function unpackTiffLzw(data: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  // Every string is a slice of the output so far: its offset and length.
  const starts = new Uint32Array(4096);
  const sizes = new Uint32Array(4096);
  let bits = 9;
  let next = END + 1;
  let previous = -1;
  let [buffer, available, done] = [0, 0, 0];
  for (let i = 0; done < length; ) {
    while (available < bits && i < data.length) {
      buffer = ((buffer << 8) | (data[i++] ?? 0)) & 0xff_ff_ff;
      available += 8;
    }
    if (available < bits) break;
    const code = (buffer >>> (available - bits)) & ((1 << bits) - 1);
    available -= bits;
    if (code === END) break;
    if (code === CLEAR) {
      bits = 9;
      next = END + 1;
      previous = -1;
      continue;
    }
    if (code > next || (code === next && previous < 0)) throw new BadFile(DAMAGED);
    if (previous >= 0 && next < 4096) {
      // The previous string plus the first value of this one, which directly follows it.
      const size = previous < CLEAR ? 1 : (sizes[previous] ?? 0);
      starts[next] = done - size;
      sizes[next] = size + 1;
      next++;
      // TIFF's code length grows one string earlier than necessary.
      if (next + 1 >= 1 << bits && bits < 12) bits++;
    }
    const start = done;
    if (code < CLEAR) out[done++] = code;
    else {
      const from = starts[code] ?? 0;
      const size = sizes[code] ?? 0;
      for (let k = 0; k < size && start + k < length; k++) out[start + k] = out[from + k] ?? 0;
      done = start + size;
    }
    previous = code;
  }
  return out.subarray(0, Math.min(done, length));
}

export function unpackBits(data: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  let done = 0;
  for (let i = 0; i < data.length && done < length; ) {
    const head = at(data, i++);
    if (head < 128) {
      out.set(data.subarray(i, Math.min(i + head + 1, i + length - done)), done);
      done += head + 1;
      i += head + 1;
    } else if (head > 128 && i < data.length) {
      out.fill(at(data, i++), done, done + 257 - head);
      done += 257 - head;
    }
  }
  return out.subarray(0, Math.min(done, length));
}
