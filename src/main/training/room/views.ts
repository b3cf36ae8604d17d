/** Samples for display: images as bytes between black and white, everything else unchanged. */
import type { Histogram, SampleView } from "../../../shared/contract/inspection.ts";
import { at } from "../../../shared/kit/fault.ts";
import { type DatasetFacts, sampleKind } from "../../../shared/recipe/facts.ts";
import { digitsText } from "../../../shared/text/numbers.ts";

export interface ViewedBatch {
  /** [count, ...sampleShape] in the data's own units. */
  readonly samples: Uint8Array | Float32Array;
  readonly targets: Int32Array | Float32Array;
  /** Numbers in the data set. */
  readonly numbers: ArrayLike<number>;
}

/** Values that are displayed as black and white. */
export type Range = readonly [low: number, high: number];

/**
 * @param side images and volumes are shrunk by averaging until no side is longer
 * @param place returns a sample's place in its source
 */
export function viewsOf(facts: DatasetFacts, batch: ViewedBatch, [low, high]: Range, side: number, place: (index: number) => string | null): SampleView[] {
  const { sampleShape } = facts;
  const size = sampleShape.reduce((product, dim) => product * dim, 1);
  const kind = sampleKind(sampleShape);
  const imaged = kind === "image" || kind === "volume";
  return Array.from({ length: batch.numbers.length }, (_, row) => {
    const sample = at(batch.numbers, row);
    const values = batch.samples.subarray(row * size, (row + 1) * size);
    const common = { sample, label: labelOf(facts, batch.targets, row), place: place(sample), low, high };
    if (!imaged) return { ...common, shape: sampleShape, values: base64(Float32Array.from(values)), encoding: "floats" };
    const small = shrunk(values, sampleShape, side);
    const scale = high > low ? 255 / (high - low) : 0;
    const bytes = Uint8Array.from(small.values, (value) => Math.max(0, Math.min(255, Math.round((value - low) * scale))));
    return { ...common, shape: small.shape, values: base64(bytes), encoding: "bytes" };
  });
}

function labelOf({ target }: DatasetFacts, targets: Int32Array | Float32Array, row: number): string {
  if (target.kind === "classification") return target.classes[at(targets, row)] ?? String(at(targets, row));
  const width = target.names.length;
  return Array.from(targets.subarray(row * width, (row + 1) * width), (value) => digitsText(value, 5)).join(", ");
}

function base64(values: Uint8Array | Float32Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("base64");
}

/** Averages whole blocks along every axis except the channels, so that no axis is longer than `side`. */
function shrunk(values: ArrayLike<number>, shape: readonly number[], side: number): { readonly values: ArrayLike<number>; readonly shape: readonly number[] } {
  const space = shape.slice(1);
  const block = Math.ceil(Math.max(...space) / side);
  if (block <= 1) return { values, shape };
  const smaller = space.map((length) => Math.ceil(length / block));
  const [depth, height, width] = [...Array.from({ length: 3 - space.length }, () => 1), ...space] as [number, number, number];
  const [newDepth, newHeight, newWidth] = [...Array.from({ length: 3 - space.length }, () => 1), ...smaller] as [number, number, number];
  const channels = at(shape, 0);
  const sums = new Float64Array(channels * newDepth * newHeight * newWidth);
  const counts = new Uint32Array(sums.length);
  for (let c = 0, i = 0; c < channels; c++)
    for (let z = 0; z < depth; z++)
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++, i++) {
          const blockZ = depth === 1 ? 0 : Math.floor(z / block);
          const to = ((c * newDepth + blockZ) * newHeight + Math.floor(y / block)) * newWidth + Math.floor(x / block);
          sums[to] = at(sums, to) + at(values, i);
          counts[to] = at(counts, to) + 1;
        }
  return { values: sums.map((sum, i) => sum / Math.max(1, at(counts, i))), shape: [channels, ...smaller] };
}

/** Equal bins over the common range of both histograms. */
export function histogramsOf(before: ArrayLike<number>, after: ArrayLike<number>, bins = 40): { readonly before: Histogram; readonly after: Histogram } {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const values of [before, after])
    for (let i = 0; i < values.length; i++) {
      const value = values[i] ?? Number.NaN;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  if (!(high > low)) high = low + 1;
  const count = (values: ArrayLike<number>): Histogram => {
    const counts = new Array<number>(bins).fill(0);
    for (let i = 0; i < values.length; i++) {
      const bin = Math.min(bins - 1, Math.floor((((values[i] ?? 0) - low) / (high - low)) * bins));
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    return { low, high, counts };
  };
  return { before: count(before), after: count(after) };
}
