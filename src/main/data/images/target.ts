/** The common format of all images of a set. */

export type Fit = "stretch" | "crop" | "pad";

/** Red, green and blue from 0 to 255. */
export type Colour = readonly [number, number, number];

export interface Target {
  readonly channels: 1 | 3;
  readonly height: number;
  readonly width: number;
  readonly fit: Fit;
  /** Colour behind transparent pixels and around padded images. Black if absent. */
  readonly background?: Colour;
  /**
   * The value of white in float32 samples; images with fewer bits are scaled to it. Images without a white value (floats, signed integers)
   * keep their values. Absent: samples are bytes and white is 255.
   */
  readonly white?: number;
  /** The values that become black and white (0 and 255 in bytes, 0 and 1 in float32), in the unit of `white`. Absent: values are not stretched. */
  readonly range?: readonly [low: number, high: number];
}

export const BLACK: Colour = [0, 0, 0];

/** The size that a whole image is resized to, and its position in the sample; the rest is cut off. */
export interface Placement {
  readonly height: number;
  readonly width: number;
  readonly top: number;
  readonly left: number;
}

export function placementOf({ height, width, fit }: Target, image: { readonly height: number; readonly width: number }): Placement {
  const [down, across] = [height / image.height, width / image.width];
  const scale = fit === "crop" ? Math.max(down, across) : Math.min(down, across);
  const scaled = (side: number, limit: number) =>
    Math.max(1, fit === "crop" ? Math.max(limit, Math.round(side * scale)) : Math.min(limit, Math.round(side * scale)));
  const [h, w] = fit === "stretch" ? [height, width] : [scaled(image.height, height), scaled(image.width, width)];
  return { height: h, width: w, top: Math.floor((height - h) / 2), left: Math.floor((width - w) / 2) };
}

/** Luma weights of ITU-R BT.601. */
export const LUMA: Colour = [0.299, 0.587, 0.114];
