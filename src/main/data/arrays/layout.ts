/** How a row of an array becomes a sample with its channels first. */
import { at, Fault } from "../../../shared/kit/fault.ts";
import type { StoredArray } from "./storedArray.ts";

export interface Layout {
  readonly sampleShape: readonly number[];
  /** Whether the channels are last in the file and have to be moved. */
  readonly channelsLast: boolean;
}

/**
 * [N, F] is rows of features, [N, H, W] grey images, [N, C, H, W] images, [N, C, D, H, W] volumes. If `channelsLast` is given, three axes
 * are signals, [N, T, C] or [N, C, T]. If it is not, [N, H, W, 3] and [N, H, W, 4] are colour images.
 * @throws Fault for other numbers of axes and for empty samples
 */
export function layoutOf(array: StoredArray, channelsLast: boolean | undefined): Layout {
  const { shape, place } = array;
  const row = shape.slice(1);
  if (shape.length === 0 || shape.length > 5 || shape.includes(0))
    throw new Fault("input", [
      {
        place,
        expected: "must be samples as [N, features], [N, height, width], [N, channels, height, width] or [N, channels, depth, height, width], none of them 0",
        received: shape.length === 0 ? "a single number" : `shape [${shape.join(", ")}]`,
        remedy: "Save the samples in one of these shapes.",
      },
    ]);
  if (row.length <= 1) return { sampleShape: row.length === 0 ? [1] : row, channelsLast: false };
  if (row.length === 2 && channelsLast === undefined) return { sampleShape: [1, ...row], channelsLast: false };
  const last = at(row, row.length - 1);
  const isLast = channelsLast ?? (row.length === 3 && (last === 3 || last === 4));
  return { sampleShape: isLast ? [last, ...row.slice(0, -1)] : row, channelsLast: isLast };
}

/** Moves the channels of `count` samples from the end of `from` to the front, into `into`. */
export function channelsFirst<T extends Uint8Array | Float32Array>(from: T, into: T, count: number, channels: number): void {
  const size = from.length / count;
  const pixels = size / channels;
  for (let sample = 0; sample < count; sample++) {
    const start = sample * size;
    for (let channel = 0; channel < channels; channel++) {
      const plane = start + channel * pixels;
      for (let pixel = 0; pixel < pixels; pixel++) into[plane + pixel] = from[start + pixel * channels + channel] ?? 0;
    }
  }
}
