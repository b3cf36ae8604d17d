/** Reads size, components, EXIF orientation and the number of images of a JPEG file (ITU T.81 Annex B; EXIF 2.32; CIPA DC-007), segment by segment. */

import { BadFile } from "../sampleFiles/badFile.ts";
import type { FileBytes } from "../sampleFiles/fileBytes.ts";
import { exifOrientation } from "./exif.ts";
import { headerOf, type ImageHeader } from "./imageHeader.ts";

const START_OF_SCAN = 0xda;
const APP1 = 0xe1;
const APP2 = 0xe2;
/** Marks XMP of photographs with a gain map: a second image for HDR screens. */
const GAIN_MAP = /hdrgm|GainMap/;
const MULTI_IMAGE_ENTRIES = 0xb002;
/** Frame markers are C0 … CF except tables (C4), extensions (C8) and arithmetic coding conditions (CC). */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

export async function readJpegHeader(file: FileBytes): Promise<ImageHeader> {
  let orientation = 1;
  let pages = 1;
  let hasGainMap = false;
  for (let offset = 2; ; ) {
    const head = await file.at(offset, 10);
    if (head.length < 4) throw new BadFile("is cut off inside its header");
    if (head[0] !== 0xff) throw new BadFile("has a damaged header: a JPEG segment is missing");
    const marker = head.readUInt8(1);
    // Fill bytes may precede a marker.
    if (marker === 0xff) {
      offset++;
      continue;
    }
    if (marker === START_OF_SCAN) throw new BadFile("has a damaged header: no size before the image data");
    if (isFrame(marker))
      return headerOf({
        format: "jpeg",
        height: head.readUInt16BE(5),
        width: head.readUInt16BE(7),
        channels: head.readUInt8(9) === 1 ? 1 : 3,
        orientation,
        complete: (await file.at(file.size - 2, 2)).toString("hex") === "ffd9",
        pages,
      });
    const length = head.readUInt16BE(2);
    if (marker === APP1) {
      const block = await file.at(offset + 4, length - 2);
      if (block.toString("latin1", 0, 6) === "Exif\0\0") orientation = exifOrientation(block);
      else if (GAIN_MAP.test(block.toString("latin1"))) hasGainMap = true;
    }
    if (marker === APP2 && pages === 1) pages = imagesIn(await file.at(offset + 4, length - 2), hasGainMap);
    offset += 2 + length;
  }
}

/** Number of images in a multi-image file: stereo, panorama or multiple angles. Thumbnails and gain maps do not count. */
function imagesIn(block: Buffer, hasGainMap: boolean): number {
  if (block.toString("latin1", 0, 4) !== "MPF\0") return 1;
  const index = block.subarray(4);
  const little = index[0] === 0x49;
  const short = (offset: number) => (little ? index.readUInt16LE(offset) : index.readUInt16BE(offset));
  const long = (offset: number) => (little ? index.readUInt32LE(offset) : index.readUInt32BE(offset));
  try {
    const start = long(4);
    for (let i = 0; i < short(start); i++) {
      const entry = start + 2 + 12 * i;
      if (short(entry) !== MULTI_IMAGE_ENTRIES) continue;
      const count = long(entry + 4) / 16;
      const first = long(entry + 8);
      // The type is in the lowest three bytes of each entry; the highest of them is 1 for thumbnails, 2 for views, 0 for unspecified.
      const kinds = Array.from({ length: Math.min(count, 1000) }, (_, k) => (long(first + 16 * k) >>> 16) & 0xff);
      return 1 + kinds.slice(1).filter((kind) => kind === 2 || (kind === 0 && !hasGainMap)).length;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return 1;
}

/** Whether the image data end with the end marker. A thumbnail in the header has one too, so the header is skipped. */
export function endsProperly(jpeg: Buffer): boolean {
  let offset = 2;
  while (offset + 4 <= jpeg.length && jpeg[offset] === 0xff && jpeg[offset + 1] !== START_OF_SCAN)
    offset += jpeg[offset + 1] === 0xff ? 1 : 2 + jpeg.readUInt16BE(offset + 2);
  return jpeg.lastIndexOf(Buffer.from([0xff, 0xd9])) > offset;
}
