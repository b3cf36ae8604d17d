/** Reads size, depth, orientation and the number of pages of a TIFF (TIFF 6.0). */
import type { FileBytes } from "../sampleFiles/fileBytes.ts";
import { validOrientation } from "./exif.ts";
import { headerOf, type ImageHeader } from "./imageHeader.ts";
import { type Directory, firstPage, firstValue, isLittleEndian, readPage, TAG } from "./tiffDirectory.ts";

const MOST_PAGES = 100_000;
/** Values of the extra-samples tag: premultiplied and straight alpha. */
export const ALPHA_KINDS: ReadonlySet<number> = new Set([1, 2]);
const UNSIGNED = 1;

export async function readTiffHeader(file: FileBytes): Promise<ImageHeader> {
  const little = await isLittleEndian(file);
  const { directory, next } = await readPage(file, await firstPage(file, little), little, false);
  return headerOf({
    format: "tiff",
    width: firstValue(directory, TAG.width, 0),
    height: firstValue(directory, TAG.height, 0),
    channels: firstValue(directory, TAG.photometric, 2) <= 1 ? 1 : 3,
    white: whiteOf(directory),
    alpha: ALPHA_KINDS.has(firstValue(directory, TAG.extraSamples, 0)),
    orientation: validOrientation(firstValue(directory, TAG.orientation, 1)),
    pages: 1 + (await furtherPages(file, next, little)),
  });
}

/** See ImageHeader. */
export function whiteOf(directory: Directory): number | null {
  const bits = firstValue(directory, TAG.bits, 1);
  if (firstValue(directory, TAG.sampleFormat, UNSIGNED) !== UNSIGNED || bits > 16) return null;
  return bits <= 8 ? 255 : 2 ** bits - 1;
}

/** Reduced copies of a page do not count as pages. */
async function furtherPages(file: FileBytes, first: number, little: boolean): Promise<number> {
  const seen = new Set<number>();
  let pages = 0;
  for (let start = first; start !== 0 && !seen.has(start) && seen.size < MOST_PAGES; ) {
    seen.add(start);
    try {
      const { directory, next } = await readPage(file, start, little, false);
      if ((firstValue(directory, TAG.subfile, 0) & 5) === 0) pages++;
      start = next;
    } catch {
      // The first page is complete; damaged pages after it are ignored.
      return pages;
    }
  }
  return pages;
}
