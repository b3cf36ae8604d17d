/** Samples to predict: a part of the data that the network was trained on, or data that the user gives later. */
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import { countText } from "../../../shared/text/numbers.ts";
import type { Dataset } from "../dataset.ts";

/** Samples as in their source: categories by their training numbers, nothing imputed, nothing standardized. */
export interface GivenBatch {
  /** [count, …sampleShape], or [count, columns] of a table. */
  readonly samples: Uint8Array | Float32Array;
  /** Samples of the batch that could not be read, with the reason; their values are meaningless. */
  readonly broken: ReadonlyMap<number, string>;
}

/** A sample's known target: the name of its class (which may be unknown to the network), or its values. */
export type Truth = string | readonly number[];

export interface GivenSamples {
  readonly length: number;
  /** What was ignored or changed, for display. */
  readonly notes: readonly string[];
  /** @param positions from 0 to `length` − 1 */
  fetch(positions: Uint32Array): Promise<GivenBatch>;
  /** The sample's number in its source, from 0. */
  number(position: number): number;
  /** The sample's file or row; null if the source does not know it. */
  place(position: number): string | null;
  /** Null where it is not known. */
  truth(position: number): Truth | null;
  close(): Promise<void>;
}

const NOTHING_BROKEN: ReadonlyMap<number, string> = new Map();

/**
 * Samples of an open data set. Closing them closes the data set.
 * @param targets from `dataset.targets()`
 * @param indices the samples to use, in order; all if null
 */
export function samplesOfDataset(dataset: Dataset, targets: Int32Array | Float32Array, indices: Uint32Array | null): GivenSamples {
  const number = (position: number) => (indices === null ? position : (indices[position] ?? 0));
  return {
    length: indices?.length ?? dataset.length,
    notes: [],
    number,
    fetch: async (positions) => ({ samples: (await dataset.fetch(positions.map(number))).samples, broken: NOTHING_BROKEN }),
    place: (position) => dataset.place(number(position)),
    truth: (position) => truthOf(dataset.facts, targets, number(position)),
    close: () => dataset.close(),
  };
}

function truthOf({ target }: DatasetFacts, targets: Int32Array | Float32Array, index: number): Truth | null {
  if (target.kind === "classification") return target.classes[targets[index] ?? -1] ?? null;
  const width = target.names.length;
  const values = Array.from(targets.subarray(index * width, (index + 1) * width));
  return values.some(Number.isNaN) ? null : values;
}

/** "3 columns (a, b, c)": the first few by name. */
export function listed(names: readonly string[], noun: string, most = 5): string {
  const shown = names.slice(0, most).join(", ");
  return `${countText(names.length, "en")} ${noun}${names.length === 1 ? "" : "s"} (${shown}${names.length > most ? ", …" : ""})`;
}
