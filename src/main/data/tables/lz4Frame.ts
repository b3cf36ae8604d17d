/**
 * Unpacks LZ4 frames (github.com/lz4/lz4, doc/lz4_Frame_format.md and lz4_Block_format.md), the default compression of Feather files. Blocks may
 * refer to earlier ones, so they are unpacked into one output. Checksums are not verified.
 */
const MAGIC = 0x184d2204;
const MIN_MATCH = 4;

/** @throws Error if the input is not an LZ4 frame */
export function unpackLz4Frame(input: Uint8Array): Uint8Array {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new Error("not an LZ4 frame");
  const flags = view.getUint8(4);
  const [blockChecksums, contentSize, dictionary] = [(flags & 0x10) !== 0, (flags & 0x08) !== 0, (flags & 0x01) !== 0];
  // 64 KiB, 256 KiB, 1 MiB or 4 MiB.
  const blockBytes = 2 ** (8 + 2 * ((view.getUint8(5) >> 4) & 7));
  let p = 7 + (contentSize ? 8 : 0) + (dictionary ? 4 : 0);
  let output = new Uint8Array(contentSize ? Number(view.getBigUint64(6, true)) : Math.max(blockBytes, 4 * input.length));
  let length = 0;
  for (;;) {
    const header = view.getUint32(p, true);
    p += 4;
    if (header === 0) break;
    const bytes = header & 0x7fffffff;
    const block = input.subarray(p, p + bytes);
    if (block.length < bytes) throw new Error("an LZ4 block is cut off");
    if (!contentSize && length + blockBytes > output.length) output = new Uint8Array(output.buffer.transfer(2 * output.length + blockBytes));
    if (header >>> 31 === 1) {
      output.set(block, length);
      length += bytes;
    } else length = unpackBlock(block, output, length);
    p += bytes + (blockChecksums ? 4 : 0);
  }
  return output.subarray(0, length);
}

/** @returns the new end of the output */
function unpackBlock(block: Uint8Array, output: Uint8Array, start: number): number {
  let o = start;
  for (let i = 0; i < block.length; ) {
    const token = block[i++] ?? 0;
    let literals = token >> 4;
    if (literals === 15) for (let byte = 255; byte === 255 && i < block.length; literals += byte) byte = block[i++] ?? 0;
    if (i + literals > block.length || o + literals > output.length) throw new Error("an LZ4 block is damaged");
    output.set(block.subarray(i, i + literals), o);
    i += literals;
    o += literals;
    if (i >= block.length) break;
    const offset = (block[i] ?? 0) | ((block[i + 1] ?? 0) << 8);
    i += 2;
    let match = token & 15;
    if (match === 15) for (let byte = 255; byte === 255 && i < block.length; match += byte) byte = block[i++] ?? 0;
    match += MIN_MATCH;
    if (offset === 0 || offset > o || o + match > output.length) throw new Error("an LZ4 block is damaged");
    if (offset >= match) output.copyWithin(o, o - offset, o - offset + match);
    else for (let k = 0; k < match; k++) output[o + k] = output[o - offset + k] ?? 0;
    o += match;
  }
  return o;
}
