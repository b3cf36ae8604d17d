/** Images with all values as stored. */
import { at } from "../../../shared/kit/fault.ts";

/** Interleaved pixels: grey, grey and alpha, RGB or RGBA. */
export interface Raw {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
  /** [height, width, channels]. */
  readonly values: Uint8Array | Uint16Array | Float32Array;
  /** The value of white and of full opacity; null if values have no maximum (then alpha goes to 1). */
  readonly white: number | null;
}

/** Applies an orientation. @param orientation EXIF, 1 to 8 */
export function turn(raw: Raw, orientation: number): Raw {
  if (orientation === 1) return raw;
  const { width: w, height: h, channels, values } = raw;
  const isTurned = orientation > 4;
  const [width, height] = isTurned ? [h, w] : [w, h];
  const out = values.slice();
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [row, column] = isTurned ? [x, y] : [y, x];
      const sy = TOP_IS_LAST.has(orientation) ? h - 1 - row : row;
      const sx = LEFT_IS_LAST.has(orientation) ? w - 1 - column : column;
      for (let c = 0; c < channels; c++) out[(y * width + x) * channels + c] = at(values, (sy * w + sx) * channels + c);
    }
  return { ...raw, width, height, values: out };
}

/** Orientations in which the first stored row becomes the last (after transposing); and the same for columns. */
const TOP_IS_LAST: ReadonlySet<number> = new Set([3, 4, 6, 7]);
const LEFT_IS_LAST: ReadonlySet<number> = new Set([2, 3, 7, 8]);

/** 8-bit RGBA. @param raw with values up to 255 */
export function rgbaOf({ width, height, channels, values }: Raw): Uint8Array {
  const out = new Uint8Array(4 * width * height);
  const hasColour = channels > 2;
  const hasAlpha = channels % 2 === 0;
  for (let i = 0; i < width * height; i++)
    for (let c = 0; c < 4; c++)
      out[4 * i + c] = c === 3 ? (hasAlpha ? at(values, i * channels + channels - 1) : 255) : at(values, i * channels + (hasColour ? c : 0));
  return out;
}
