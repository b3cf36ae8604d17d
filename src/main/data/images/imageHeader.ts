/** What is known of an image before it is decoded. */

export interface ImageHeader {
  readonly format: "png" | "jpeg" | "gif" | "bmp" | "webp" | "tiff" | "avif" | "pnm";
  /** As it is looked at: after turning by the orientation. */
  readonly height: number;
  readonly width: number;
  /** 1 for grey, 3 for colour; transparency is no channel. */
  readonly channels: 1 | 3;
  /** EXIF orientation from 1 to 8; 1 is upright. */
  readonly orientation: number;
  /** False where the file does not end as its format asks for: then only decoding tells whether it is cut off. TIFF and AVIF have no such end. */
  readonly complete: boolean;
  /** The value of white: 255 for up to 8 bits, 65,535 for 16; null where values have no such bound: decimals, signed and 32-bit numbers. */
  readonly white: number | null;
  /** Whether pixels can be transparent. */
  readonly alpha: boolean;
  /** Pages or frames; the first is the image. */
  readonly pages: number;
}

/** A header in which only what is not usual is named. Sides are as they are stored, and turned here. */
export function headerOf(
  found: Pick<ImageHeader, "format" | "height" | "width" | "channels"> & Partial<Omit<ImageHeader, "format" | "height" | "width" | "channels">>,
): ImageHeader {
  const header = { orientation: 1, complete: true, white: 255, alpha: false, pages: 1, ...found };
  return header.orientation > 4 ? { ...header, height: header.width, width: header.height } : header;
}
