/** Reads the orientation from an EXIF block (EXIF 2.32, a TIFF structure) of any image format. */

const ORIENTATION = 0x0112;
const PREFIX = "Exif\0\0";

/** Returns 1 if there is none or the block is damaged: a wrongly rotated image is better than none. */
export function exifOrientation(block: Buffer): number {
  // JPEG always has the prefix; WebP files often have it.
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

/** Returns 1 for an invalid orientation. */
export function validOrientation(value: number): number {
  return Number.isInteger(value) && value >= 1 && value <= 8 ? value : 1;
}
