/** Brightness, colour and levels of images in [0, 1] in plain numbers, as defined by Pillow's ImageEnhance and ImageOps. */
import { at } from "../../../kit/fault.ts";
import { Sample } from "./sample.ts";

export const clip = (value: number): number => Math.min(1, Math.max(0, value));

/** The nearest level, 0 … 255. */
export const level = (value: number): number => Math.floor(255 * clip(value) + 0.5);

/** Luma (ITU-R BT.601) of three channels; other images are returned unchanged. */
export function gray(sample: Sample): Sample {
  if (sample.shape.length !== 3 || sample.shape[0] !== 3) return sample;
  return sample.map((_, [, row = 0, column = 0]) => {
    const channel = (i: number) => sample.value(i, row, column);
    return (299 * channel(0) + 587 * channel(1) + 114 * channel(2)) / 1000;
  });
}

/** ImageEnhance: factor 0 gives `without`, factor 1 the sample. */
export const blend = (sample: Sample, without: ArrayLike<number>, factor: number): Sample =>
  sample.map((value, _, i) => clip((1 - factor) * at(without, i) + factor * value));

/** ImageFilter.SMOOTH: 1 1 1, 1 5 1, 1 1 1 over 13; the outermost pixels are unchanged. */
export function smooth(sample: Sample): Sample {
  const [, height = 1, width = 1] = sample.shape;
  return sample.map((value, [channel = 0, row = 0, column = 0]) => {
    if (row === 0 || column === 0 || row === height - 1 || column === width - 1) return value;
    let sum = 4 * value;
    for (const down of [-1, 0, 1]) for (const right of [-1, 0, 1]) sum += sample.value(channel, row + down, column + right);
    return sum / 13;
  });
}

/** ImageOps.posterize: drops the lowest of eight bits. */
export const posterize = (value: number, dropped: number): number => ((level(value) >> dropped) << dropped) / 255;

/** ImageOps.solarize. */
export const solarize = (value: number, threshold: number): number => (value < threshold ? value : 1 - value);

function channelwise(sample: Sample, change: (values: readonly number[]) => readonly number[]): Sample {
  const size = sample.values.length / (sample.shape[0] ?? 1);
  const values = Array.from(sample.values);
  return new Sample(
    Array.from({ length: sample.shape[0] ?? 1 }, (_, channel) => change(values.slice(channel * size, (channel + 1) * size))).flat(),
    sample.shape,
  );
}

/** ImageOps.autocontrast, per channel. */
export const autoContrast = (sample: Sample): Sample =>
  channelwise(sample, (values) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return high - low <= 1 / 512 ? values : values.map((value) => (value - low) / (high - low));
  });

/** ImageOps.equalize, per channel, with the same loop over the histogram as in Pillow. */
export const equalize = (sample: Sample): Sample =>
  channelwise(sample, (values) => {
    const histogram = new Array<number>(256).fill(0);
    for (const value of values) histogram[level(value)] = at(histogram, level(value)) + 1;
    const step = Math.floor(
      (values.length -
        at(
          histogram,
          histogram.findLastIndex((count) => count > 0),
        )) /
        255,
    );
    if (step === 0) return values;
    const table: number[] = [];
    let before = Math.floor(step / 2);
    for (const count of histogram) {
      table.push(Math.min(255, Math.floor(before / step)));
      before += count;
    }
    return values.map((value) => at(table, level(value)) / 255);
  });

/** Rotates the hue by an angle in degrees, with the standard case distinction for HSV (Smith 1978). */
export function turnHue(sample: Sample, degrees: number): Sample {
  return sample.map((_, [channel = 0, row = 0, column = 0]) => {
    const [red, green, blue] = [0, 1, 2].map((i) => clip(sample.value(i, row, column))) as [number, number, number];
    const [value, least] = [Math.max(red, green, blue), Math.min(red, green, blue)];
    const chroma = value - least;
    if (chroma === 0) return value;
    const hue = value === red ? (60 * (green - blue)) / chroma : value === green ? 120 + (60 * (blue - red)) / chroma : 240 + (60 * (red - green)) / chroma;
    const turned = (((hue + degrees) % 360) + 360) % 360;
    const sector = Math.floor(turned / 60);
    const share = turned / 60 - sector;
    const [rising, falling] = [least + chroma * share, value - chroma * share];
    const cases = [
      [value, rising, least],
      [falling, value, least],
      [least, value, rising],
      [least, falling, value],
      [rising, least, value],
      [value, least, falling],
    ];
    return at(at(cases, sector), channel);
  });
}
