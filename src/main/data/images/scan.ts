/** Finds the images among many files and reads their sizes from the first and last bytes, without decoding. */
import path from "node:path";
import { at } from "../../../shared/kit/fault.ts";
import { countText } from "../../../shared/text/numbers.ts";
import { BadFile } from "../sampleFiles/badFile.ts";
import { FileBytes } from "../sampleFiles/fileBytes.ts";
import type { LeftOut } from "../sampleFiles/findings.ts";
import type { Wanted } from "../sampleFiles/folderTree.ts";
import { forEachParallel } from "../sampleFiles/parallel.ts";
import { reasonOf, type SampleFile } from "../sampleFiles/sampleFile.ts";
import { decodeImage } from "./decode.ts";
import { formatBy, readImageHeader } from "./header.ts";
import type { ImageHeader } from "./imageHeader.ts";
import type { ImageBytes } from "./load.ts";

/** By name. The format is determined by the content. */
export const IMAGE_ENDINGS: ReadonlySet<string> = new Set([
  ".png",
  ".jpg",
  ".jpeg",
  ".webp",
  ".bmp",
  ".gif",
  ".tif",
  ".tiff",
  ".avif",
  ".jfif",
  ".jpe",
  ".dib",
  ".apng",
  ".pgm",
  ".ppm",
  ".pbm",
  ".pnm",
]);

/** Image formats that Descent cannot decode. */
const UNREAD_ENDINGS =
  ".heic .heif .heics .jxl .jp2 .j2k .jpx .jpf .svg .svgz .psd .psb .xcf .ai .eps .ico .icns .cur .tga .dds .exr .hdr .pcx .dcm .nii .raw .cr2 .cr3 .crw .nef .nrw .arw .srf .sr2 .dng .orf .rw2 .raf .pef .srw .x3f .webm .mp4 .mov .avi .mkv .pdf";

const UNREAD: ReadonlySet<string> = new Set(UNREAD_ENDINGS.split(" "));

/** Describes the files of an image data set. */
export const IMAGES: Wanted = {
  noun: "image",
  endings: IMAGE_ENDINGS,
  // Camera raw files begin like TIFF and hold a small preview image, so they are excluded by name.
  begins: (first, name) => formatBy(first) !== null && !UNREAD.has(path.extname(name).toLowerCase()),
  unread: UNREAD,
  convert: "Convert them to PNG or JPEG (a video as its frames), and use those instead.",
};

/** Larger images are left out: a small file can declare a size that fills the memory. */
const MAX_PIXELS = 100_000_000;
/** Number of files read at the same time: reading headers waits for the disk, not for the processor. */
const READS = 32;

export interface Image {
  readonly header: ImageHeader;
  /** Of the file, in bytes. */
  readonly size: number;
  /** Modification time in milliseconds. */
  readonly modified: number;
}

export type Scanned<T> = T & {
  readonly image: Image;
  /** For an image inside another file: returns its bytes. */
  readonly bytes?: () => Promise<Buffer>;
};

export function sourceOf({ path, bytes }: Scanned<SampleFile>): ImageBytes {
  return bytes ?? path;
}

/** The files that are images, in the given order, and the other files with the reason. */
export async function scanImages<T extends SampleFile>(
  files: readonly T[],
): Promise<{ readonly images: readonly Scanned<T>[]; readonly leftOut: readonly LeftOut[] }> {
  const found = new Array<Image | string>(files.length).fill("");
  await forEachParallel(files, READS, async (file, index) => {
    found[index] = await scan(file.path);
  });
  const images: Scanned<T>[] = [];
  const leftOut: LeftOut[] = [];
  for (const [index, file] of files.entries()) {
    const image = at(found, index);
    if (typeof image === "string") leftOut.push({ place: file.place, reason: image });
    else images.push({ ...file, image });
  }
  return { images, leftOut };
}

/** An image's header, or what is wrong with it. */
async function scan(file: string): Promise<Image | string> {
  try {
    return await FileBytes.use(file, (bytes) => scanBytes(bytes, file));
  } catch (error) {
    return reasonOf(error);
  }
}

/** @throws BadFile if it is not a readable image */
export async function scanBytes(file: FileBytes, source: ImageBytes): Promise<Image> {
  const image = { header: await readImageHeader(file), size: file.size, modified: file.modified };
  const { width, height, channels, complete } = image.header;
  if (width * height > MAX_PIXELS)
    throw new BadFile(`has ${countText(width, "en")} × ${countText(height, "en")} pixels, more than ${countText(MAX_PIXELS, "en")}`);
  // Incomplete files are rare and mostly cut off. They are decoded now, so that the fault is known at once.
  if (!complete) await decodeImage(source, image.header, { channels, height: 1, width: 1, fit: "stretch" });
  return image;
}
