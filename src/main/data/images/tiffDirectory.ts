/** Reads the directories of a TIFF file (TIFF 6.0), one per page. */
import { BadFile } from "../sampleFiles/badFile.ts";
import type { FileBytes } from "../sampleFiles/fileBytes.ts";

export const TAG = {
  subfile: 254,
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  strips: 273,
  orientation: 274,
  samples: 277,
  rowsPerStrip: 278,
  stripBytes: 279,
  planar: 284,
  predictor: 317,
  palette: 320,
  tileWidth: 322,
  tileHeight: 323,
  tiles: 324,
  tileBytes: 325,
  extraSamples: 338,
  sampleFormat: 339,
} as const;

/** Tags with one value per strip or tile, or per palette entry. */
const LONG_TAGS: ReadonlySet<number> = new Set([TAG.strips, TAG.stripBytes, TAG.tiles, TAG.tileBytes, TAG.palette]);
const KNOWN: ReadonlySet<number> = new Set(Object.values(TAG));
/** Size in bytes of the integer types. */
const TYPE_BYTES: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4 };
const MOST_VALUES = 10_000_000;

export type Directory = ReadonlyMap<number, readonly number[]>;

export interface Page {
  readonly directory: Directory;
  /** Offset of the next page's directory; 0 for the last. */
  readonly next: number;
}

export async function isLittleEndian(file: FileBytes): Promise<boolean> {
  return (await file.at(0, 1))[0] === 0x49;
}

export async function firstPage(file: FileBytes, little: boolean): Promise<number> {
  const bytes = await file.at(4, 4);
  return little ? bytes.readUInt32LE(0) : bytes.readUInt32BE(0);
}

/** @param whole also read where the image data are */
export async function readPage(file: FileBytes, start: number, little: boolean, whole: boolean): Promise<Page> {
  const short = (bytes: Buffer, offset: number) => (little ? bytes.readUInt16LE(offset) : bytes.readUInt16BE(offset));
  const long = (bytes: Buffer, offset: number) => (little ? bytes.readUInt32LE(offset) : bytes.readUInt32BE(offset));
  const count = short(await file.at(start, 2), 0);
  const entries = await file.at(start + 2, 12 * count + 4);
  const directory = new Map<number, readonly number[]>();
  for (let i = 0; i < count; i++) {
    const entry = 12 * i;
    const [tag, type, length] = [short(entries, entry), short(entries, entry + 2), long(entries, entry + 4)];
    const bytes = TYPE_BYTES[type];
    if (bytes === undefined || !KNOWN.has(tag) || (LONG_TAGS.has(tag) && !whole)) continue;
    if (length > MOST_VALUES) throw new BadFile("has a damaged header");
    const values = bytes * length <= 4 ? entries.subarray(entry + 8, entry + 12) : await file.at(long(entries, entry + 8), bytes * length);
    directory.set(
      tag,
      Array.from({ length }, (_, k) => (bytes === 1 ? values.readUInt8(k) : bytes === 2 ? short(values, 2 * k) : long(values, 4 * k))),
    );
  }
  return { directory, next: entries.length >= 12 * count + 4 ? long(entries, 12 * count) : 0 };
}

/** The first value of a tag, or `otherwise`. */
export function firstValue(directory: Directory, tag: number, otherwise: number): number {
  return directory.get(tag)?.[0] ?? otherwise;
}
