/** Samples that are in two parts of a split under different numbers, recognized by their values. Checking the numbers would not find them. */
import type { DataProblem } from "../../../shared/contract/inspection.ts";
import type { Dataset } from "../dataset.ts";
import { eachChunk, sampleSize } from "./chunks.ts";
import { partsOf, repeatsAcross, type SplitParts } from "./duplicates.ts";
import { ByteHasher, firstEqual, Hashes } from "./groups.ts";
import { Pace } from "./pace.ts";
import { nounOf } from "./problems.ts";

/** Reads every sample once. */
export async function splitLeaks(dataset: Dataset, split: SplitParts): Promise<readonly DataProblem[]> {
  const bytes = sampleSize(dataset) * (dataset.elementType === "uint8" ? 1 : 4);
  const hasher = new ByteHasher(bytes);
  const hashes = new Hashes(dataset.length);
  await eachChunk(dataset, null, { pace: new Pace(dataset.length, () => {}, undefined), doing: "comparing samples" }, ({ samples, indices }) => {
    const all = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
    for (const [row, index] of indices.entries()) hasher.hash(all.subarray(row * bytes, (row + 1) * bytes), hashes, index);
  });
  return repeatsAcross({ dataset, parts: partsOf(dataset, split), noun: nounOf(dataset) }, firstEqual(hashes));
}
