/** Images whose values are kept: more than 8 bits, floats, and stretched values. They are resized without rounding to bytes. */
import { at } from "../../../shared/kit/fault.ts";
import type { Raw } from "./raw.ts";
import { resampleColumns, resampleRow, weightsOf } from "./resample.ts";
import { BLACK, LUMA, placementOf, type Target } from "./target.ts";

export interface Fitted<Values> {
  /** [channels, height, width]. */
  readonly values: Values;
  /** Whether any pixel is transparent. */
  readonly transparent: boolean;
}

/** @param raw an image with its orientation applied */
export function fitDeep(raw: Raw, target: Target): Fitted<Float32Array | Uint8Array> {
  const { channels, height, width } = target;
  const unit = target.white ?? 255;
  const white = target.range === undefined ? unit : target.white === undefined ? 255 : 1;
  const { height: h, width: w, top, left } = placementOf(target, raw);
  const inside = (offset: number, size: number, limit: number) => [Math.max(0, -offset), Math.min(size, limit - offset)] as const;
  const [fromX, endX] = inside(left, w, width);
  const [fromY, endY] = inside(top, h, height);
  const columns = weightsOf(raw.width, w, fromX, endX - fromX);
  const rows = weightsOf(raw.height, h, fromY, endY - fromY);
  const [cut, cutHeight] = [endX - fromX, endY - fromY];
  const background = colourIn(target, white);
  const line = Array.from({ length: channels }, () => new Float64Array(raw.width));
  const planes = line.map(() => new Float32Array(raw.height * cut));
  const read = rowReader(raw, target, unit, white, background);
  let transparent = false;
  for (let y = 0; y < raw.height; y++) {
    if (read(y, line)) transparent = true;
    for (const [c, row] of line.entries()) resampleRow(row, at(planes, c), y * cut, columns);
  }
  const out = new Float32Array(channels * height * width);
  for (const [c, plane] of planes.entries()) {
    out.fill(at(background, c), c * height * width, (c + 1) * height * width);
    const resized = resampleColumns(plane, cut, rows);
    for (let y = 0; y < cutHeight; y++) out.set(resized.subarray(y * cut, (y + 1) * cut), c * height * width + (top + fromY + y) * width + left + fromX);
  }
  return { values: target.white === undefined ? Uint8Array.from(out, (value) => Math.max(0, Math.min(255, Math.round(value)))) : out, transparent };
}

/** One value per channel. */
function colourIn({ channels, background = BLACK }: Target, white: number): readonly number[] {
  const colour = background.map((value) => (value / 255) * white);
  return channels === 3 ? colour : [colour.reduce((sum, value, c) => sum + value * at(LUMA, c), 0)];
}

/** Returns a function that reads a row into one line per channel, stretched, blended and converted to grey as required; it tells whether a pixel is transparent. */
function rowReader(raw: Raw, { channels, range }: Target, unit: number, white: number, background: readonly number[]) {
  const { width, values } = raw;
  const colours = raw.channels > 2 ? 3 : 1;
  const hasAlpha = raw.channels % 2 === 0;
  const opaque = raw.white ?? 1;
  // Images without a white value keep their values; in bytes they count as 0 to 1.
  const toUnit = raw.white === null ? (unit === 255 && range === undefined ? 255 : 1) : unit / raw.white;
  const [low, high] = range ?? [0, white];
  const scale = high > low ? white / (high - low) : 0;
  // When colours become grey, the first of three channels; for grey images the only one.
  const valueAt = (start: number, c: number) => ((values[start + (colours === 1 ? 0 : c)] ?? 0) * toUnit - low) * scale;
  const isGreyed = channels === 1 && colours === 3;
  return (y: number, line: readonly Float64Array[]): boolean => {
    let transparent = false;
    for (const [c, into] of line.entries())
      for (let x = 0, start = y * width * raw.channels; x < width; x++, start += raw.channels) {
        const value = isGreyed ? valueAt(start, 0) * LUMA[0] + valueAt(start, 1) * LUMA[1] + valueAt(start, 2) * LUMA[2] : valueAt(start, c);
        const alpha = hasAlpha ? (values[start + colours] ?? 0) / opaque : 1;
        if (alpha < 1) transparent = true;
        into[x] = alpha < 1 ? value * alpha + at(background, c) * (1 - alpha) : value;
      }
    return transparent;
  };
}
