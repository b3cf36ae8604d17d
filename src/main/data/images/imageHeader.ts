/** Properties of an image before it is decoded. */

export interface ImageHeader {
  readonly format: "png" | "jpeg" | "gif" | "bmp" | "webp" | "tiff" | "avif" | "pnm";
  /** After applying the orientation. */
  readonly height: number;
  readonly width: number;
  /** 1 for grey, 3 for colour; transparency does not count as a channel. */
  readonly channels: 1 | 3;
  /** EXIF orientation, 1 to 8; 1 is upright. */
  readonly orientation: number;
  /** False if the file does not end as its format requires; then only decoding tells whether it is cut off. Always true for TIFF and AVIF. */
  readonly complete: boolean;
  /** The value of white: 255 for up to 8 bits, 65,535 for 16; null for floats, signed and 32-bit integers, which have no maximum. */
  readonly white: number | null;
  /** Whether pixels can be transparent. */
  readonly alpha: boolean;
  /** Number of pages or frames; the first one is used. */
  readonly pages: number;
}

/** Builds a header; only unusual properties need to be given. Height and width are given as stored, and are swapped here if the image is rotated. */
export function headerOf(
  found: Pick<ImageHeader, "format" | "height" | "width" | "channels"> & Partial<Omit<ImageHeader, "format" | "height" | "width" | "channels">>,
): ImageHeader {
  const header = { orientation: 1, complete: true, white: 255, alpha: false, pages: 1, ...found };
  return header.orientation > 4 ? { ...header, height: header.width, width: header.height } : header;
}
