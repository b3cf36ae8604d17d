/** Reads size, rotation and mirroring of an AVIF from the HEIF properties (ISO/IEC 23008-12) in its first bytes. */
import type { FileBytes } from "../sampleFiles/fileBytes.ts";
import { headerOf, type ImageHeader } from "./imageHeader.ts";

const FIRST_BYTES = 4096;
const ALPHA = "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha";
/** EXIF orientation for a rotation by 0 to 3 counterclockwise quarter turns. */
const TURNED = [1, 8, 3, 6] as const;
const TURNED_AND_SWAPPED = [2, 5, 4, 7] as const;
/** Mirroring top to bottom equals mirroring left to right plus half a turn. */
const HALF_TURN = 2;

export async function readAvifHeader(file: FileBytes): Promise<ImageHeader> {
  const start = await file.at(0, FIRST_BYTES);
  let [width, height] = [0, 0];
  // The largest item is the image; the others are thumbnails or tiles.
  for (let i = start.indexOf("ispe"); i >= 0; i = start.indexOf("ispe", i + 4)) {
    const [w, h] = [start.readUInt32BE(i + 8), start.readUInt32BE(i + 12)];
    if (w * h > width * height) [width, height] = [w, h];
  }
  const samples = start.indexOf("stsz");
  return headerOf({
    format: "avif",
    width,
    height,
    channels: 3,
    alpha: start.includes(ALPHA),
    orientation: orientationIn(start),
    pages: samples < 0 ? 1 : Math.max(1, start.readUInt32BE(samples + 12)),
  });
}

/** The rotation is applied before the mirroring. */
function orientationIn(start: Buffer): number {
  const rotation = start.indexOf("irot");
  const quarters = rotation < 0 ? 0 : start.readUInt8(rotation + 4) & 3;
  const mirror = start.indexOf("imir");
  if (mirror < 0) return TURNED[quarters as 0];
  // 0 mirrors top to bottom, 1 left to right.
  const swapsSides = (start.readUInt8(mirror + 4) & 1) === 1;
  return TURNED_AND_SWAPPED[((quarters + (swapsSides ? 0 : HALF_TURN)) & 3) as 0];
}
