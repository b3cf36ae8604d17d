/** The inspection of images, signals and volumes, in two passes over all samples. */
import type { DataProblem, Projection } from "../../../shared/contract/inspection.ts";
import { at } from "../../../shared/kit/fault.ts";
import { plural, say } from "../../../shared/kit/say.ts";
import type { Dataset } from "../dataset.ts";
import { channelFigures } from "./channelFigures.ts";
import { type Chunk, eachChunk, sampleSize } from "./chunks.ts";
import { spread } from "./columns.ts";
import { distanceOutliers } from "./distanceOutliers.ts";
import { findRepeats, partsOf } from "./duplicates.ts";
import { type Findings, type Inspected, NO_FINDINGS } from "./findings.ts";
import { ByteHasher, Hashes } from "./groups.ts";
import { MeanFigures } from "./meanSamples.ts";
import { nearDuplicates } from "./nearDuplicates.ts";
import { ImageHashes } from "./perceptual.ts";
import { MAX_POINTS, MAX_PROJECTED, projectionOf, sampled } from "./points.ts";
import { ItemList, type NounName, nounOf, plainNumber, problemOf, share } from "./problems.ts";
import { Shrinking } from "./shrinking.ts";

/** Number of values in the samples for the quick result. */
const FIRST_VALUES = 8_000_000;
/** Number of features of the small copy used for the projection. */
const MAX_FEATURES = 256;

/** Units of work of {@link inspectSamples}. */
export function sampleWork(dataset: Dataset): number {
  return 2 * dataset.length + Math.min(dataset.length, MAX_POINTS);
}

/** Number of samples for the quick result. */
export function firstSamples(dataset: Dataset, count: number): number {
  return Math.max(1, Math.min(count, Math.floor(FIRST_VALUES / sampleSize(dataset))));
}

/** Approximate statistics from some samples. */
export async function firstLookAtSamples({ dataset, targets, pace }: Inspected, count: number): Promise<Findings> {
  const figures = new Figures(dataset, targets);
  const chunks: Chunk[] = [];
  await eachChunk(dataset, spread(dataset.length, count), { pace, doing: "first look at samples" }, (chunk) => chunks.push(chunk));
  for (const chunk of chunks) figures.channels.add(chunk.samples);
  for (const chunk of chunks) figures.means?.add(chunk);
  figures.channels.endPass();
  if (figures.isFloat) {
    for (const chunk of chunks) figures.channels.add(chunk.samples);
    figures.channels.endPass();
  }
  return { ...NO_FINDINGS, ...figures.channels.summaries(false), means: figures.meanSamples };
}

export async function inspectSamples(inspected: Inspected): Promise<Findings> {
  const { dataset, targets, split, pace } = inspected;
  const figures = new Figures(dataset, targets);
  const { channels, means } = figures;
  const looks = new Looks(dataset);
  await eachChunk(dataset, null, { pace, doing: "reading samples" }, (chunk) => {
    channels.add(chunk.samples);
    means?.add(chunk);
    looks.add(chunk);
  });
  channels.endPass();
  const distances = new Float64Array(dataset.length);
  if (figures.isFloat || means !== null)
    await eachChunk(dataset, null, { pace, doing: "measuring samples" }, (chunk) => {
      if (figures.isFloat) channels.add(chunk.samples);
      means?.distances(chunk, distances);
    });
  channels.endPass();
  const noun = nounOf(dataset);
  const repeats = findRepeats({ dataset, targets, parts: partsOf(dataset, split), hashes: looks.hashes, noun });
  const { first } = repeats;
  const wanted = Uint32Array.from(first.keys()).filter((index) => first[index] === index && looks.isConstant[index] === 0);
  return {
    ...NO_FINDINGS,
    ...channels.summaries(true),
    means: figures.meanSamples,
    projection: await project(inspected),
    problems: [
      ...looks.problems(dataset, noun),
      ...repeats.problems,
      ...(looks.images === null ? [] : await nearDuplicates(inspected, looks.images, wanted)),
      ...(means === null ? [] : distanceOutliers(inspected, means, distances, noun)),
    ],
  };
}

class Figures {
  readonly isFloat: boolean;
  readonly channels;
  /** Null for rows of features: their mean cannot be displayed as an image or curve. */
  readonly means: MeanFigures | null;
  readonly #isClassified: boolean;

  constructor(dataset: Dataset, targets: Int32Array | Float32Array) {
    const { sampleShape, elementType, target } = dataset;
    this.isFloat = elementType === "float32";
    this.#isClassified = target.kind === "classification";
    const channels = sampleShape.length === 1 ? 1 : at(sampleShape, 0);
    this.channels = channelFigures(channels, sampleSize(dataset) / channels, !this.isFloat);
    this.means = sampleShape.length === 1 ? null : new MeanFigures(dataset, targets);
  }

  get meanSamples() {
    return this.means?.summary(this.#isClassified) ?? null;
  }
}

/** Statistics collected sample by sample. */
class Looks {
  readonly hashes: Hashes;
  readonly images: ImageHashes | null;
  /** 1 for constant samples. */
  readonly isConstant: Uint8Array;
  readonly #missing: Uint32Array;
  readonly #constants: Float64Array;
  readonly #size: number;
  readonly #hasher: ByteHasher;

  constructor(dataset: Dataset) {
    const { length, sampleShape, elementType } = dataset;
    this.#size = sampleSize(dataset);
    this.hashes = new Hashes(length);
    this.#hasher = new ByteHasher(this.#size * (elementType === "uint8" ? 1 : 4));
    this.images = ImageHashes.for(sampleShape, length);
    this.isConstant = new Uint8Array(length);
    this.#constants = new Float64Array(length);
    this.#missing = new Uint32Array(length);
  }

  add({ samples, indices }: Chunk): void {
    const size = this.#size;
    for (const [row, index] of indices.entries()) {
      const from = row * size;
      const { buffer, byteOffset, BYTES_PER_ELEMENT: bytes } = samples;
      this.#hasher.hash(new Uint8Array(buffer, byteOffset + from * bytes, size * bytes), this.hashes, index);
      const value = samples[from] ?? 0;
      let [differing, missing] = [0, 0];
      for (let i = from; i < from + size; i++) {
        const each = samples[i] ?? 0;
        if (each !== value) differing++;
        if (each - each !== 0) missing++;
      }
      this.#missing[index] = missing;
      this.isConstant[index] = size > 1 && (differing === 0 || missing === size) ? 1 : 0;
      this.#constants[index] = value;
      if (this.isConstant[index] === 0 && missing === 0) this.images?.hash(samples, from, index);
    }
  }

  problems(dataset: Dataset, noun: NounName): readonly DataProblem[] {
    const [missing, constant] = [new ItemList(dataset), new ItemList(dataset)];
    for (let i = 0; i < dataset.length; i++) {
      const count = this.#missing[i] ?? 0;
      if (count > 0) missing.add(i, () => share(count, this.#size, "value"));
      if (this.isConstant[i] === 1) constant.add(i, () => say`every value is ${plainNumber(at(this.#constants, i))}`);
    }
    return [
      ...problemOf({
        kind: "missingValues",
        severity: "warning",
        title: say`${share(missing.total, dataset.length, noun)} ${plural(missing.total, "has", "have")} values that are missing or not finite`,
        remedy: say`Fill them in, or leave these samples out.`,
        items: missing.items,
        total: missing.total,
      }),
      ...problemOf({
        kind: "outliers",
        severity: "warning",
        title: say`${share(constant.total, dataset.length, noun)} ${plural(constant.total, "holds", "hold")} one value only`,
        remedy: say`Leave them out if they are failures: they carry no information about the class.`,
        items: constant.items,
        total: constant.total,
      }),
    ];
  }
}

/** Projects small copies: neighbours are averaged until a sample has few enough features. */
async function project(inspected: Inspected): Promise<Projection | null> {
  const { dataset, pace } = inspected;
  const shrinking = new Shrinking(dataset.sampleShape, MAX_FEATURES);
  const rows = sampled(dataset.length, Math.min(MAX_POINTS, Math.max(200, Math.floor(MAX_PROJECTED / shrinking.size))));
  const data = new Float64Array(rows.length * shrinking.size);
  let row = 0;
  await eachChunk(dataset, rows, { pace, doing: "projecting samples" }, ({ samples, indices }) => {
    for (let i = 0; i < indices.length; i++, row++) data.set(shrinking.apply(samples, i * sampleSize(dataset)), row * shrinking.size);
  });
  return projectionOf(inspected, rows, data);
}
