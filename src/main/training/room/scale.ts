/** The units and the range in which samples are displayed. */
import type { SampleUnit } from "../../../shared/contract/inspection.ts";
import { at } from "../../../shared/kit/fault.ts";
import { sampleKind } from "../../../shared/recipe/facts.ts";
import type { AugmentationDomain } from "../../engine/programs/augment.ts";
import type { PreparedData } from "../prepare.ts";
import type { Range } from "./views.ts";

type Samples = Uint8Array | Float32Array;

export interface Scale {
  readonly unit: SampleUnit;
  /** Range of the displayed values. */
  readonly range: Range;
  /** @param samples [count, ...sampleShape] in the data's own units */
  show(samples: Samples): Samples;
}

/** Rows are displayed over at least this many standard deviations on either side of the mean. */
const DEVIATIONS = 3;

/**
 * Images and volumes are displayed from black to white; signals unchanged, over the range of all displayed values; rows in standard deviations from the
 * mean of the training rows, because features have different units.
 * @param shown all samples that are displayed together
 */
export async function scaleOf(data: PreparedData, domain: AugmentationDomain, shown: readonly Samples[]): Promise<Scale> {
  const kind = sampleKind(data.dataset.sampleShape);
  if (kind === "tabular") {
    const { mean, scale } = await data.deviations();
    const show = (samples: Samples) => Float32Array.from(samples, (value, i) => (value - at(mean, i % mean.length)) * at(scale, i % mean.length));
    const [low, high] = extremes(shown.map(show));
    const most = Math.max(DEVIATIONS, -low, high);
    return { unit: "deviations", range: [-most, most], show };
  }
  const own = { unit: "own", show: (samples: Samples) => samples } as const;
  return { ...own, range: kind === "signal" ? extremes(shown) : blackAndWhite(domain) };
}

/** The values that augmentation treats as 0 and 1. */
function blackAndWhite({ offset, factor }: AugmentationDomain): Range {
  const low = at(offset, 0);
  return [low, low + 1 / at(factor, 0)];
}

function extremes(batches: readonly Samples[]): Range {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const samples of batches)
    for (const value of samples) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  return high >= low ? [low, high] : [0, 1];
}
