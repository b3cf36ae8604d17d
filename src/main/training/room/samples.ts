/** Some samples of a source, for display. */
import type { SampleView } from "../../../shared/contract/inspection.ts";
import type { SourceConfig } from "../../../shared/recipe/sources.ts";
import { learnRange } from "../../data/standardize.ts";
import { openedDataset } from "./opened.ts";
import { type Range, viewsOf } from "./views.ts";

/** Number of samples used to measure the range of values. */
const MEASURED = 512;

const ranges = new WeakMap<object, Promise<Range>>();

export async function samplesOf(source: SourceConfig, samples: readonly number[], side: number): Promise<readonly SampleView[]> {
  const dataset = await openedDataset(source);
  const numbers = Uint32Array.from(samples);
  const batch = await dataset.fetch(numbers);
  const measured = () => {
    const step = Math.max(1, Math.floor(dataset.length / MEASURED));
    return learnRange(
      dataset,
      Uint32Array.from({ length: Math.min(dataset.length, MEASURED) }, (_, i) => Math.min(dataset.length - 1, i * step)),
    );
  };
  const range = dataset.elementType === "uint8" ? ([0, 255] as const) : await (ranges.get(dataset) ?? remember(dataset, measured()));
  return viewsOf(dataset.facts, { ...batch, numbers }, range, side, (index) => dataset.place(index));
}

function remember(dataset: object, range: Promise<Range>): Promise<Range> {
  ranges.set(dataset, range);
  return range;
}
