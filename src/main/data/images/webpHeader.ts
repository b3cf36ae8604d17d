/** Reads the header of a WebP: its first chunk and, in an extended file, the frames and the orientation (RFC 9649). */
import type { FileBytes } from "../sampleFiles/fileBytes.ts";
import { exifOrientation } from "./exif.ts";
import { headerOf, type ImageHeader } from "./imageHeader.ts";

const HAS_ALPHA = 0x10;
const HAS_EXIF = 0x08;
const HAS_FRAMES = 0x02;
const MOST_CHUNKS = 10_000;

export async function readWebpHeader(file: FileBytes): Promise<ImageHeader> {
  const first = await file.at(0, 32);
  const complete = first.readUInt32LE(4) + 8 <= file.size;
  const chunk = first.toString("latin1", 12, 16);
  if (chunk === "VP8X") {
    const flags = first.readUInt8(20);
    return headerOf({
      format: "webp",
      width: 1 + first.readUIntLE(24, 3),
      height: 1 + first.readUIntLE(27, 3),
      channels: 3,
      complete,
      alpha: (flags & HAS_ALPHA) !== 0,
      ...((flags & (HAS_EXIF | HAS_FRAMES)) === 0 ? {} : await framesAndOrientation(file)),
    });
  }
  if (chunk === "VP8L") {
    const bits = first.readUInt32LE(21);
    const alpha = (bits & (1 << 28)) !== 0;
    return headerOf({ format: "webp", width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff), channels: 3, complete, alpha });
  }
  return headerOf({ format: "webp", width: first.readUInt16LE(26) & 0x3fff, height: first.readUInt16LE(28) & 0x3fff, channels: 3, complete });
}

async function framesAndOrientation(file: FileBytes): Promise<Pick<ImageHeader, "pages" | "orientation">> {
  let [offset, frames, orientation] = [12, 0, 1];
  for (let chunk = 0; chunk < MOST_CHUNKS; chunk++) {
    const head = await file.at(offset, 8);
    if (head.length < 8) break;
    const [name, length] = [head.toString("latin1", 0, 4), head.readUInt32LE(4)];
    if (name === "ANMF") frames++;
    if (name === "EXIF") orientation = exifOrientation(await file.at(offset + 8, length));
    // Chunks begin at even offsets.
    offset += 8 + length + (length % 2);
  }
  return { pages: Math.max(1, frames), orientation };
}
