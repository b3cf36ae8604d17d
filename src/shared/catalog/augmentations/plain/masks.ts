/** SpecAugment's masks in plain numbers. */
import { at } from "../../../kit/fault.ts";
import type { SampleRandom } from "../sampleRandom.ts";
import type { Sample } from "./sample.ts";

interface Masks {
  readonly masks: number;
  readonly share: number;
  readonly fill: "zero" | "mean";
}

/** @param axis of the sample's shape */
export function hidden(sample: Sample, axis: number, { masks, share, fill }: Masks, random: SampleRandom): Sample {
  const size = at(sample.shape, axis);
  const gone = new Set<number>();
  for (let mask = 0; mask < (share === 0 ? 0 : masks); mask++) {
    const length = random.below(`length/${mask}`, 1 + Math.max(1, Math.round(share * size)));
    const begin = random.below(`begin/${mask}`, size - length + 1);
    for (let step = 0; step < length; step++) gone.add(begin + step);
  }
  const instead = fill === "mean" ? sample.mean : 0;
  return sample.map((value, place) => (gone.has(at(place, axis)) ? instead : value));
}
