/** A sample from the API, decoded to numbers and to pixels. */
import type { Histogram, SampleView } from "../../shared/contract/inspection.ts";
import { at, internal } from "../../shared/kit/fault.ts";
import { sampleKind } from "../../shared/recipe/facts.ts";
import { shapeText } from "../../shared/text/shapes.ts";

const decoded = new WeakMap<SampleView, Float32Array>();

/** The values in the data's own units, row-major in the sample's shape; NaN for missing values. */
export function valuesOf(view: SampleView): Float32Array {
  const known = decoded.get(view);
  if (known !== undefined) return known;
  const bytes = Uint8Array.from(atob(view.values), (character) => character.charCodeAt(0));
  const values = view.encoding === "bytes" ? Float32Array.from(bytes, (byte) => view.low + (byte / 255) * (view.high - view.low)) : floatsOf(bytes);
  const wanted = view.shape.reduce((a, b) => a * b, 1);
  if (values.length !== wanted) throw internal(`sample ${view.sample} has ${values.length} values for the shape ${shapeText(view.shape)}`);
  decoded.set(view, values);
  return values;
}

/** Little-endian float32, independent of this machine's byte order. */
function floatsOf(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: Math.floor(bytes.byteLength / 4) }, (_, i) => view.getFloat32(4 * i, true));
}

export interface Planes {
  readonly channels: number;
  /** Number of slices of a volume; 1 for an image. */
  readonly depth: number;
  readonly height: number;
  readonly width: number;
}

/** The axes of an image [C, H, W] or a volume [C, D, H, W]; null for signals and rows. */
export function planesOf(shape: readonly number[]): Planes | null {
  const kind = sampleKind(shape);
  if (kind === "image") return { channels: at(shape, 0), depth: 1, height: at(shape, 1), width: at(shape, 2) };
  if (kind === "volume") return { channels: at(shape, 0), depth: at(shape, 1), height: at(shape, 2), width: at(shape, 3) };
  return null;
}

export function middleSlice({ depth }: Planes): number {
  return Math.floor((depth - 1) / 2);
}

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Four bytes per pixel. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

/**
 * One slice as pixels, from black at `low` to white at `high`. Three or four channels are colours; for other counts the mean is shown.
 * Missing values are black.
 * @param values row-major [C, D, H, W]
 */
export function pixelsOf(values: ArrayLike<number>, planes: Planes, low: number, high: number, slice: number): Pixels {
  const { channels, depth, height, width } = planes;
  const area = height * width;
  const rgba = new Uint8ClampedArray(area * 4);
  const scale = high > low ? 255 / (high - low) : 0;
  const colour = channels === 3 || channels === 4;
  const from = Math.min(depth - 1, Math.max(0, slice)) * area;
  const byteAt = (channel: number, i: number): number => {
    const value = at(values, channel * depth * area + from + i);
    return Number.isFinite(value) ? (value - low) * scale : 0;
  };
  for (let i = 0; i < area; i++) {
    let gray = 0;
    if (!colour) {
      for (let c = 0; c < channels; c++) gray += byteAt(c, i);
      gray /= channels;
    }
    for (let c = 0; c < 3; c++) rgba[4 * i + c] = colour ? byteAt(c, i) : gray;
    rgba[4 * i + 3] = 255;
  }
  return { width, height, rgba };
}

/** Histogram with equal bins, the last one including the maximum; null without finite values. */
export function histogramOf(values: ArrayLike<number>, bins: number): Histogram | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = at(values, i);
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return null;
  const counts = Array<number>(low === high ? 1 : bins).fill(0);
  for (let i = 0; i < values.length; i++) {
    const value = at(values, i);
    if (!Number.isFinite(value)) continue;
    const bin = high === low ? 0 : Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins));
    counts[bin] = at(counts, bin) + 1;
  }
  return { low, high, counts };
}
