/** One part of a split as the programs use it, and its order in each epoch. */
import { at } from "../../shared/kit/fault.ts";
import { RandomStream } from "../../shared/math/random.ts";
import type { Dataset } from "../data/dataset.ts";
import type { Augmenter } from "../engine/augmenter.ts";
import { EVALUATION_BATCH } from "../engine/programs/evaluate.ts";
import type { ResidentData } from "../engine/programs/feeds.ts";
import type { SplitName } from "./records.ts";

/**
 * Parts up to this size are kept in memory even if the data set streams. Training reads single samples in random order in every epoch; validation reads
 * them in order, which is cheap; the test does so once.
 */
const HELD_BYTES = { train: 256 * 1024 * 1024, validation: 64 * 1024 * 1024, test: 0 } as const;
/** How much of a streamed part is read at once, in whole evaluation batches. */
const PIECE_BYTES = 32 * 1024 * 1024;

/** At most this much is fetched for one call, unless a single step needs more. The next call's data are in memory at the same time. */
const CALL_BYTES = 64 * 1024 * 1024;

/** Data for a call, and the row of each requested sample in it. */
export interface Call {
  readonly data: ResidentData;
  readonly rows: Int32Array;
}

export interface Feed {
  /** Number of samples. */
  readonly length: number;
  /** At most this many samples can be requested at once, unless a single step needs more. */
  readonly most: number;
  /**
   * @param positions numbers within this part, 0 … length − 1
   * @param epoch from 1: augmented samples differ in every epoch
   */
  rows(positions: Uint32Array, epoch: number): Promise<Call>;
  /** All samples in order, in pieces of whole evaluation batches (except the last piece). */
  pieces(): AsyncIterable<ResidentData>;
}

/** @param indices the part's sample numbers in the data set */
export async function openFeed(dataset: Dataset, indices: Uint32Array, part: SplitName): Promise<Feed> {
  return dataset.resident || indices.length * bytesPerSample(dataset) <= HELD_BYTES[part] ? residentFeed(dataset, indices) : streamedFeed(dataset, indices);
}

function bytesPerSample({ sampleShape, elementType }: Pick<Dataset, "sampleShape" | "elementType">): number {
  return sampleShape.reduce((a, b) => a * b, 1) * (elementType === "uint8" ? 1 : 4);
}

async function residentFeed(dataset: Dataset, indices: Uint32Array): Promise<Feed> {
  const data: ResidentData = { ...(await dataset.fetch(indices)), rows: indices.length };
  return {
    length: indices.length,
    most: Number.POSITIVE_INFINITY,
    rows: async (positions) => ({ data, rows: Int32Array.from(positions) }),
    pieces: async function* () {
      yield data;
    },
  };
}

function streamedFeed(dataset: Dataset, indices: Uint32Array): Feed {
  const fetch = async (positions: Uint32Array): Promise<ResidentData> => ({
    ...(await dataset.fetch(positions.map((position) => indices[position] ?? 0))),
    rows: positions.length,
  });
  return {
    length: indices.length,
    most: Math.floor(CALL_BYTES / bytesPerSample(dataset)),
    rows: async (positions) => ({ data: await fetch(positions), rows: Int32Array.from(positions.keys()) }),
    pieces: async function* () {
      const most = EVALUATION_BATCH * Math.max(1, Math.floor(PIECE_BYTES / (EVALUATION_BATCH * bytesPerSample(dataset))));
      for (let start = 0; start < indices.length; start += most) {
        yield await fetch(Uint32Array.from({ length: Math.min(most, indices.length - start) }, (_, i) => start + i));
      }
    },
  };
}

/** The training part as the network sees it: samples are augmented differently in every epoch. `pieces` returns them without augmentation. */
export function augmentedFeed(dataset: Dataset, indices: Uint32Array, augmenter: Augmenter): Feed {
  return {
    ...streamedFeed(dataset, indices),
    most: Math.floor(CALL_BYTES / bytesPerSample({ ...dataset.facts, elementType: "float32" })),
    rows: async (positions, epoch) => {
      const numbers = positions.map((position) => at(indices, position));
      const { samples, targets } = await dataset.fetch(numbers);
      const data = { samples: await augmenter.run(samples, numbers, epoch), targets, rows: positions.length };
      return { data, rows: Int32Array.from(positions.keys()) };
    },
  };
}

/** The order of an epoch (from 1): a permutation of 0 … length − 1 that depends only on the seed and the epoch. */
export function epochOrder(seed: number, epoch: number, length: number): Uint32Array {
  return new RandomStream(seed, `shuffle/epoch ${epoch}`).permutation(length);
}
