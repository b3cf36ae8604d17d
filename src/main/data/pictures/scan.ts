/** Which of many files are pictures, and of what size: from their first and last bytes, without decoding them. */
import path from "node:path";
import { at } from "../../../shared/kit/fault.ts";
import { BadFile } from "../sampleFiles/badFile.ts";
import { FileBytes } from "../sampleFiles/fileBytes.ts";
import { format, type LeftOut } from "../sampleFiles/findings.ts";
import type { Wanted } from "../sampleFiles/folderTree.ts";
import { forEachParallel } from "../sampleFiles/parallel.ts";
import { reasonOf, type SampleFile } from "../sampleFiles/sampleFile.ts";
import { decodePicture } from "./decode.ts";
import { formatBy, readPictureHeader } from "./header.ts";
import type { PictureBytes } from "./load.ts";
import type { PictureHeader } from "./pictureHeader.ts";

/** By their names. What a file is, its content says. */
export const PICTURE_ENDINGS: ReadonlySet<string> = new Set([
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

/** Pictures in formats that no decoder here reads. */
const UNREAD_ENDINGS =
  ".heic .heif .heics .jxl .jp2 .j2k .jpx .jpf .svg .svgz .psd .psb .xcf .ai .eps .ico .icns .cur .tga .dds .exr .hdr .pcx .dcm .nii .raw .cr2 .cr3 .crw .nef .nrw .arw .srf .sr2 .dng .orf .rw2 .raf .pef .srw .x3f .webm .mp4 .mov .avi .mkv .pdf";

const UNREAD: ReadonlySet<string> = new Set(UNREAD_ENDINGS.split(" "));

/** What a data set of pictures is made of. */
export const PICTURES: Wanted = {
  noun: "picture",
  endings: PICTURE_ENDINGS,
  // Raw files of cameras begin like TIFF, and hold a small copy of the picture: what is named so stays unread.
  begins: (first, name) => formatBy(first) !== null && !UNREAD.has(path.extname(name).toLowerCase()),
  unread: UNREAD,
  convert: "Convert them to PNG or JPEG (of a film, its frames), and put these in their place.",
};

/** Larger ones are left out: a small file can name a size that fills the memory. */
const MAX_PIXELS = 100_000_000;
/** Files that are looked at at once: reading headers waits for the disk, not for the processor. */
const READS = 32;

export interface Picture {
  readonly header: PictureHeader;
  /** Of the file, in bytes. */
  readonly size: number;
  /** When the file was changed, in milliseconds. */
  readonly modified: number;
}

export type Scanned<T> = T & {
  readonly picture: Picture;
  /** Where a picture is no file of its own: its bytes. */
  readonly bytes?: () => Promise<Buffer>;
};

export function sourceOf({ path, bytes }: Scanned<SampleFile>): PictureBytes {
  return bytes ?? path;
}

/** Files that are pictures, in the given order, and the others with what is wrong with them. */
export async function scanPictures<T extends SampleFile>(
  files: readonly T[],
): Promise<{ readonly pictures: readonly Scanned<T>[]; readonly leftOut: readonly LeftOut[] }> {
  const found = new Array<Picture | string>(files.length).fill("");
  await forEachParallel(files, READS, async (file, index) => {
    found[index] = await scan(file.path);
  });
  const pictures: Scanned<T>[] = [];
  const leftOut: LeftOut[] = [];
  for (const [index, file] of files.entries()) {
    const picture = at(found, index);
    if (typeof picture === "string") leftOut.push({ place: file.place, reason: picture });
    else pictures.push({ ...file, picture });
  }
  return { pictures, leftOut };
}

/** What a picture is, or what is wrong with it. */
async function scan(file: string): Promise<Picture | string> {
  try {
    return await FileBytes.use(file, (bytes) => scanBytes(bytes, file));
  } catch (error) {
    return reasonOf(error);
  }
}

/** @throws BadFile where it is no picture that can be read */
export async function scanBytes(file: FileBytes, source: PictureBytes): Promise<Picture> {
  const picture = { header: await readPictureHeader(file), size: file.size, modified: file.modified };
  const { width, height, channels, complete } = picture.header;
  if (width * height > MAX_PIXELS) throw new BadFile(`has ${format(width)} × ${format(height)} pixels, more than ${format(MAX_PIXELS)}`);
  // Rare, and mostly cut off: whether it is, is known at once and not only when everything is decoded.
  if (!complete) await decodePicture(source, picture.header, { channels, height: 1, width: 1, fit: "stretch" });
  return picture;
}
