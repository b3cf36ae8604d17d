/**
 * Size and channels of a picture from its first bytes, by its content and not by its name. Written after the specifications of
 * PNG (W3C, third edition), JPEG (ITU T.81, EXIF 2.32 for the orientation), GIF89a, BMP (BITMAPFILEHEADER), WebP (RFC 9649),
 * TIFF 6.0 and the `ispe` property of HEIF (ISO/IEC 23008-12), which AVIF uses.
 */

import { BadFile } from "../sampleFiles/badFile.ts";
import type { FileBytes } from "../sampleFiles/fileBytes.ts";
import { readJpegHeader } from "./jpegHeader.ts";

export interface PictureHeader {
  readonly format: "png" | "jpeg" | "gif" | "bmp" | "webp" | "tiff" | "avif";
  /** As it is looked at: after turning by the EXIF orientation. */
  readonly height: number;
  readonly width: number;
  /** 1 for grey, 3 for colour; transparency is no channel. */
  readonly channels: 1 | 3;
  /** EXIF orientation from 1 to 8; 1 is upright. */
  readonly orientation: number;
  /** False where the file does not end as its format asks for: then only decoding tells whether it is cut off. TIFF and AVIF have no such end. */
  readonly complete: boolean;
}

/**
 * @throws BadFile where the file is empty, no picture, or its header is damaged
 */
export async function readPictureHeader(file: FileBytes): Promise<PictureHeader> {
  if (file.size === 0) throw new BadFile("is empty");
  const first = await file.at(0, 32);
  const header = await readFormat(file, first);
  if (header === null) throw new BadFile(`is no picture: it begins with ${beginning(first)}`);
  if (!(header.height > 0 && header.width > 0)) throw new BadFile(`has a damaged header: ${header.width} × ${header.height} pixels`);
  return header;
}

function beginning(first: Buffer): string {
  const text = first.toString("latin1", 0, 16);
  return /^[\t\n\r\x20-\x7e]*$/.test(text) ? JSON.stringify(text) : `the bytes ${first.toString("hex", 0, 8)}`;
}

async function readFormat(file: FileBytes, first: Buffer): Promise<PictureHeader | null> {
  const ascii = first.toString("latin1");
  try {
    if (ascii.startsWith("\x89PNG\r\n\x1a\n")) return await readPng(file, first);
    if (ascii.startsWith("\xff\xd8\xff")) return await readJpegHeader(file);
    if (/^GIF8[79]a/.test(ascii)) return upright("gif", first.readUInt16LE(6), first.readUInt16LE(8), 3, (await file.at(file.size - 1, 1))[0] === 0x3b);
    if (ascii.startsWith("BM")) return await readBmp(file, first);
    if (ascii.startsWith("RIFF") && ascii.slice(8, 12) === "WEBP") return readWebp(file, first);
    if (ascii.startsWith("II\x2a\x00") || ascii.startsWith("MM\x00\x2a")) return await readTiff(file, first);
    if (ascii.slice(4, 8) === "ftyp" && /avi[fs]/.test(ascii.slice(8))) return await readAvif(file);
  } catch (error) {
    // Buffer's own error for reading behind its end.
    if (error instanceof RangeError) throw new BadFile("is cut off inside its header");
    throw error;
  }
  return null;
}

function upright(format: PictureHeader["format"], width: number, height: number, channels: 1 | 3, complete: boolean): PictureHeader {
  return { format, height, width, channels, orientation: 1, complete };
}

async function readPng(file: FileBytes, first: Buffer): Promise<PictureHeader> {
  const end = await file.at(Math.max(0, file.size - 8), 8);
  // Types 0 and 4 are grey and grey with transparency; 2 and 6 colour; 3 a palette, which is colour.
  return upright("png", first.readUInt32BE(16), first.readUInt32BE(20), first.readUInt8(25) % 4 === 0 ? 1 : 3, end.toString("latin1", 0, 4) === "IEND");
}

async function readBmp(file: FileBytes, first: Buffer): Promise<PictureHeader> {
  const old = first.readUInt32LE(14) === 12;
  const width = old ? first.readUInt16LE(18) : first.readInt32LE(18);
  // Negative where rows are stored from the top.
  const height = Math.abs(old ? first.readUInt16LE(20) : first.readInt32LE(22));
  return upright("bmp", width, height, 3, first.readUInt32LE(2) <= file.size);
}

function readWebp(file: FileBytes, first: Buffer): PictureHeader {
  const complete = first.readUInt32LE(4) + 8 <= file.size;
  const chunk = first.toString("latin1", 12, 16);
  if (chunk === "VP8X") return upright("webp", 1 + first.readUIntLE(24, 3), 1 + first.readUIntLE(27, 3), 3, complete);
  if (chunk === "VP8L") {
    const bits = first.readUInt32LE(21);
    return upright("webp", 1 + (bits & 0x3fff), 1 + ((bits >>> 14) & 0x3fff), 3, complete);
  }
  return upright("webp", first.readUInt16LE(26) & 0x3fff, first.readUInt16LE(28) & 0x3fff, 3, complete);
}

async function readTiff(file: FileBytes, first: Buffer): Promise<PictureHeader> {
  const little = first[0] === 0x49;
  const short = (bytes: Buffer, offset: number) => (little ? bytes.readUInt16LE(offset) : bytes.readUInt16BE(offset));
  const long = (bytes: Buffer, offset: number) => (little ? bytes.readUInt32LE(offset) : bytes.readUInt32BE(offset));
  const start = long(first, 4);
  const count = short(await file.at(start, 2), 0);
  const entries = await file.at(start + 2, 12 * count);
  const tags = new Map<number, number>();
  // Type 3 is a short number, which stands at the beginning of its four bytes.
  for (let i = 0; i < count; i++) tags.set(short(entries, 12 * i), short(entries, 12 * i + 2) === 3 ? short(entries, 12 * i + 8) : long(entries, 12 * i + 8));
  const photometric = tags.get(262) ?? 2;
  return upright("tiff", tags.get(256) ?? 0, tags.get(257) ?? 0, photometric <= 1 ? 1 : 3, true);
}

async function readAvif(file: FileBytes): Promise<PictureHeader> {
  const start = await file.at(0, 4096);
  let [width, height] = [0, 0];
  // The largest item is the picture; others are thumbnails or its tiles.
  for (let i = start.indexOf("ispe"); i >= 0; i = start.indexOf("ispe", i + 4)) {
    const [w, h] = [start.readUInt32BE(i + 8), start.readUInt32BE(i + 12)];
    if (w * h > width * height) [width, height] = [w, h];
  }
  return upright("avif", width, height, 3, true);
}
