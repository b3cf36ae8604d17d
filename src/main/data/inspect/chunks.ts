/** Iterates over all samples in chunks. */
import { countText } from "../../../shared/text/numbers.ts";
import type { Dataset } from "../dataset.ts";
import type { Pace } from "./pace.ts";

const CHUNK_VALUES = 1_000_000;

export interface Chunk {
  readonly samples: Uint8Array | Float32Array;
  /** Sample numbers in the data set. */
  readonly indices: Uint32Array;
}

/** Number of values in one sample. */
export function sampleSize({ sampleShape }: Dataset): number {
  return sampleShape.reduce((product, dim) => product * dim, 1);
}

/** @param indices the samples to visit, in order; all if null */
export async function eachChunk(
  dataset: Dataset,
  indices: Uint32Array | null,
  { pace, doing }: { readonly pace: Pace; readonly doing: string },
  work: (chunk: Chunk) => void,
): Promise<void> {
  const length = indices?.length ?? dataset.length;
  const step = Math.max(1, Math.floor(CHUNK_VALUES / sampleSize(dataset)));
  for (let start = 0; start < length; start += step) {
    const count = Math.min(step, length - start);
    const wanted = indices === null ? Uint32Array.from({ length: count }, (_, i) => start + i) : indices.slice(start, start + count);
    work({ samples: (await dataset.fetch(wanted)).samples, indices: wanted });
    await pace.step(count, `${doing} ${countText(start + count, "en")} of ${countText(length, "en")}`);
  }
}
