/** Reads the header of a PNG, and the orientation, which may come after the pixels (W3C PNG, third edition). */
import { crc32 } from "node:zlib";
import type { FileBytes } from "../sampleFiles/fileBytes.ts";
import { exifOrientation } from "./exif.ts";
import { headerOf, type ImageHeader } from "./imageHeader.ts";

/** At most this many chunks before the pixels are read. */
const MOST_CHUNKS = 100;
/** Only small chunks follow the pixels, so the last bytes of the file are searched for them. */
const TAIL = 8192;

export async function readPngHeader(file: FileBytes): Promise<ImageHeader> {
  const first = await file.at(0, 33);
  const [width, height, bits, type] = [first.readUInt32BE(16), first.readUInt32BE(20), first.readUInt8(24), first.readUInt8(25)];
  // Types 0 and 4 are grey without and with alpha; 2 and 6 colour; 3 a palette, which is colour.
  let [alpha, frames, orientation, hasExif] = [type >= 4, 1, 1, false];
  let offset = 33;
  for (let chunk = 0; chunk < MOST_CHUNKS; chunk++) {
    const head = await file.at(offset, 8);
    if (head.length < 8) break;
    const [length, name] = [head.readUInt32BE(0), head.toString("latin1", 4)];
    if (name === "IDAT" || name === "IEND") break;
    if (name === "tRNS") alpha = true;
    if (name === "acTL") frames = (await file.at(offset + 8, 4)).readUInt32BE(0);
    if (name === "eXIf") [orientation, hasExif] = [exifOrientation(await file.at(offset + 8, length)), true];
    offset += 12 + length;
  }
  const tail = await file.at(Math.max(offset, file.size - TAIL), TAIL);
  return headerOf({
    format: "png",
    width,
    height,
    channels: type % 4 === 0 ? 1 : 3,
    complete: tail.toString("latin1", tail.length - 8, tail.length - 4) === "IEND",
    white: bits === 16 ? 65_535 : 255,
    alpha,
    pages: Math.max(1, frames),
    orientation: hasExif ? orientation : exifIn(tail),
  });
}

/** Pixel bytes can look like the chunk's name, so the checksum is verified. */
function exifIn(tail: Buffer): number {
  for (let at = tail.indexOf("eXIf"); at >= 4; at = tail.indexOf("eXIf", at + 1)) {
    const end = at + 4 + tail.readUInt32BE(at - 4);
    if (end + 4 <= tail.length && crc32(tail.subarray(at, end)) === tail.readUInt32BE(end)) return exifOrientation(tail.subarray(at + 4, end));
  }
  return 1;
}
