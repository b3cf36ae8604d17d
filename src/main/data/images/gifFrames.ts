/** Counts the frames of a GIF block by block, without decompressing them. */
import type { FileBytes } from "../sampleFiles/fileBytes.ts";

/** Number of bytes read at once. */
const WINDOW = 65_536;

/** The number of frames before the file ends, even if it is cut off. */
export async function countGifFrames(file: FileBytes): Promise<number> {
  let start = 0;
  let window: Buffer = Buffer.alloc(0);
  const byte = async (offset: number): Promise<number> => {
    if (offset < start || offset >= start + window.length) {
      window = await file.at(offset, WINDOW);
      start = offset;
    }
    return window[offset - start] ?? -1;
  };
  const palette = (packed: number) => (packed & 0x80 ? 3 << ((packed & 7) + 1) : 0);
  const afterBlocks = async (from: number): Promise<number> => {
    let offset = from;
    for (let size = await byte(offset++); size > 0; size = await byte(offset++)) offset += size;
    return offset;
  };
  let offset = 13 + palette(await byte(10));
  let frames = 0;
  for (;;) {
    const block = await byte(offset++);
    if (block === 0x21) offset = await afterBlocks(offset + 1);
    else if (block === 0x2c) {
      frames++;
      offset = await afterBlocks(offset + 10 + palette(await byte(offset + 8)));
    } else return Math.max(1, frames);
  }
}
