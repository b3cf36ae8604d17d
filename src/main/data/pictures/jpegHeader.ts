/** Size, components and EXIF orientation of a JPEG file (ITU T.81 Annex B; EXIF 2.32), segment by segment, without its picture data. */

import { BadFile } from "../sampleFiles/badFile.ts";
import type { FileBytes } from "../sampleFiles/fileBytes.ts";
import type { PictureHeader } from "./header.ts";

const START_OF_SCAN = 0xda;
const APP1 = 0xe1;
const ORIENTATION = 0x0112;
/** Frames begin with C0 … CF but for tables (C4), extensions (C8) and arithmetic coding's conditions (CC). */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

export async function readJpegHeader(file: FileBytes): Promise<PictureHeader> {
  let orientation = 1;
  for (let offset = 2; ; ) {
    const head = await file.at(offset, 10);
    if (head.length < 4) throw new BadFile("is cut off inside its header");
    if (head[0] !== 0xff) throw new BadFile("has a damaged header: no JPEG segment where one must begin");
    const marker = head.readUInt8(1);
    // Fill bytes may stand before a marker.
    if (marker === 0xff) {
      offset++;
      continue;
    }
    if (marker === START_OF_SCAN) throw new BadFile("has a damaged header: no size before the picture data");
    if (isFrame(marker)) {
      const [height, width] = [head.readUInt16BE(5), head.readUInt16BE(7)];
      const turned = orientation > 4;
      return {
        format: "jpeg",
        height: turned ? width : height,
        width: turned ? height : width,
        channels: head.readUInt8(9) === 1 ? 1 : 3,
        orientation,
        complete: (await file.at(file.size - 2, 2)).toString("hex") === "ffd9",
      };
    }
    const length = head.readUInt16BE(2);
    if (marker === APP1 && orientation === 1) orientation = exifOrientation(await file.at(offset + 4, length - 2));
    offset += 2 + length;
  }
}

/** 1 where there is none, or where the block is damaged: a picture that lies on its side is better than none. */
function exifOrientation(block: Buffer): number {
  if (block.toString("latin1", 0, 6) !== "Exif\0\0") return 1;
  const tiff = block.subarray(6);
  const little = tiff[0] === 0x49;
  try {
    const start = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
    const short = (offset: number) => (little ? tiff.readUInt16LE(offset) : tiff.readUInt16BE(offset));
    for (let i = 0; i < short(start); i++) {
      const entry = start + 2 + 12 * i;
      if (short(entry) !== ORIENTATION) continue;
      const value = short(entry + 8);
      return value >= 1 && value <= 8 ? value : 1;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return 1;
}

/** Whether the picture data ends as it must. A thumbnail inside the header ends with the same marker, so it is looked for behind the header. */
export function endsProperly(jpeg: Buffer): boolean {
  let offset = 2;
  while (offset + 4 <= jpeg.length && jpeg[offset] === 0xff && jpeg[offset + 1] !== START_OF_SCAN)
    offset += jpeg[offset + 1] === 0xff ? 1 : 2 + jpeg.readUInt16BE(offset + 2);
  return jpeg.lastIndexOf(Buffer.from([0xff, 0xd9])) > offset;
}
