/**
 * Reads size, channels and depth of an image from its first bytes; recognizes the format by content, not by name. Follows the specifications of
 * PNG (W3C, third edition), JPEG (ITU T.81, EXIF 2.32 for the orientation), GIF89a, BMP (BITMAPFILEHEADER), WebP (RFC 9649),
 * TIFF 6.0, Netpbm and the properties of HEIF (ISO/IEC 23008-12), which AVIF uses.
 */

import { BadFile } from "../sampleFiles/badFile.ts";
import type { FileBytes } from "../sampleFiles/fileBytes.ts";
import { readAvifHeader } from "./avifHeader.ts";
import { countGifFrames } from "./gifFrames.ts";
import { headerOf, type ImageHeader } from "./imageHeader.ts";
import { readJpegHeader } from "./jpegHeader.ts";
import { readPngHeader } from "./pngHeader.ts";
import { readPnmHeader } from "./pnmHeader.ts";
import { readTiffHeader } from "./tiffHeader.ts";
import { readWebpHeader } from "./webpHeader.ts";

/** Formats that are recognized by their first bytes but not supported. */
const UNREAD: readonly (readonly [name: string, offset: number, marks: readonly string[]])[] = [
  ["HEIC", 4, ["ftyphei", "ftyphev", "ftypmif1", "ftypmsf1"]],
  ["JPEG XL", 0, ["\xff\x0a", "\0\0\0\x0cJXL "]],
  ["JPEG 2000", 0, ["\0\0\0\x0cjP  ", "\xff\x4f\xff\x51"]],
  ["a Photoshop file", 0, ["8BPS"]],
  ["OpenEXR", 0, ["v/1\x01"]],
];
const SVG = /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?(?:<!DOCTYPE svg[^>]*>\s*)?<svg/is;

function unreadFormat(first: Buffer): string | undefined {
  const text = first.toString("latin1");
  const found = UNREAD.find(([, offset, marks]) => marks.some((mark) => text.startsWith(mark, offset)));
  return found?.[0] ?? (SVG.test(text) ? "SVG" : undefined);
}

/**
 * @throws BadFile if the file is empty, not an image, or its header is damaged
 */
export async function readImageHeader(file: FileBytes): Promise<ImageHeader> {
  if (file.size === 0) throw new BadFile("is empty");
  const first = await file.at(0, 512);
  const header = await readFormat(file, first);
  if (header === null) {
    const name = unreadFormat(first);
    throw new BadFile(
      name === undefined ? `is no image: it begins with ${beginning(first)}` : `is ${name}, which Descent does not read: convert it to PNG or JPEG`,
    );
  }
  if (!(header.height > 0 && header.width > 0)) throw new BadFile(`has a damaged header: ${header.width} × ${header.height} pixels`);
  return header;
}

/** Whether a file begins like an image, whatever its name. */
export function beginsLikeImage(first: Buffer): boolean {
  return formatBy(first) !== null || unreadFormat(first) !== undefined;
}

function beginning(first: Buffer): string {
  const text = first.toString("latin1", 0, 16);
  return /^[\t\n\r\x20-\x7e]*$/.test(text) ? JSON.stringify(text) : `the bytes ${first.toString("hex", 0, 8)}`;
}

/** The supported format that the first bytes belong to. */
export function formatBy(first: Buffer): ImageHeader["format"] | null {
  const ascii = first.toString("latin1", 0, 32);
  if (ascii.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (ascii.startsWith("\xff\xd8\xff")) return "jpeg";
  if (/^GIF8[79]a/.test(ascii)) return "gif";
  if (ascii.startsWith("BM")) return "bmp";
  if (ascii.startsWith("RIFF") && ascii.slice(8, 12) === "WEBP") return "webp";
  if (ascii.startsWith("II\x2a\x00") || ascii.startsWith("MM\x00\x2a")) return "tiff";
  if (ascii.slice(4, 8) === "ftyp" && /avi[fs]/.test(ascii.slice(8))) return "avif";
  if (/^P[1-6][\s#]/.test(ascii)) return "pnm";
  return null;
}

async function readFormat(file: FileBytes, first: Buffer): Promise<ImageHeader | null> {
  try {
    switch (formatBy(first)) {
      case "png":
        return await readPngHeader(file);
      case "jpeg":
        return await readJpegHeader(file);
      case "gif":
        return await readGif(file, first);
      case "bmp":
        return readBmp(file, first);
      case "webp":
        return await readWebpHeader(file);
      case "tiff":
        return await readTiffHeader(file);
      case "avif":
        return await readAvifHeader(file);
      case "pnm":
        return readPnmHeader(first);
      default:
        return null;
    }
  } catch (error) {
    // Buffer throws RangeError when read past its end.
    if (error instanceof RangeError) throw new BadFile("is cut off inside its header");
    throw error;
  }
}

async function readGif(file: FileBytes, first: Buffer): Promise<ImageHeader> {
  const complete = (await file.at(file.size - 1, 1))[0] === 0x3b;
  const [width, height] = [first.readUInt16LE(6), first.readUInt16LE(8)];
  return headerOf({ format: "gif", width, height, channels: 3, complete, alpha: true, pages: await countGifFrames(file) });
}

function readBmp(file: FileBytes, first: Buffer): ImageHeader {
  const old = first.readUInt32LE(14) === 12;
  const width = old ? first.readUInt16LE(18) : first.readInt32LE(18);
  // Negative if rows are stored top to bottom.
  const height = Math.abs(old ? first.readUInt16LE(20) : first.readInt32LE(22));
  const bits = first.readUInt16LE(old ? 24 : 28);
  return headerOf({ format: "bmp", width, height, channels: 3, complete: first.readUInt32LE(2) <= file.size, alpha: bits === 32 });
}
