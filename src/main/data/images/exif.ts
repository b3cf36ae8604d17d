/** The orientation in a block of EXIF (EXIF 2.32, a TIFF structure of its own), wherever a format carries it. */

const ORIENTATION = 0x0112;
const PREFIX = "Exif\0\0";

/** 1 where there is none, or where the block is damaged: an image that lies on its side is better than none. */
export function exifOrientation(block: Buffer): number {
  // JPEG has the prefix always, WebP's writers often.
  const tiff = block.toString("latin1", 0, PREFIX.length) === PREFIX ? block.subarray(PREFIX.length) : block;
  const little = tiff[0] === 0x49;
  try {
    const start = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
    const short = (offset: number) => (little ? tiff.readUInt16LE(offset) : tiff.readUInt16BE(offset));
    for (let i = 0; i < short(start); i++) {
      const entry = start + 2 + 12 * i;
      if (short(entry) === ORIENTATION) return validOrientation(short(entry + 8));
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return 1;
}

/** 1 for what is no orientation. */
export function validOrientation(value: number): number {
  return Number.isInteger(value) && value >= 1 && value <= 8 ? value : 1;
}
