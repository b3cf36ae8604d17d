/** Helpers for building problems: wording and the limit on listed items. */
import type { DataProblem, ProblemItem } from "../../../shared/contract/inspection.ts";
import { type SampleKind, sampleKind } from "../../../shared/recipe/facts.ts";
import { countText, digitsText } from "../../../shared/text/numbers.ts";
import type { Dataset } from "../dataset.ts";

/** A problem lists at most this many items; the rest is only counted. */
export const MAX_ITEMS = 1000;

export interface Finding extends Omit<DataProblem, "total" | "items"> {
  readonly items: readonly ProblemItem[];
  /** Total number, if `items` lists only some. */
  readonly total?: number;
}

/** Returns the problem in a list, or an empty list if it has no items. */
export function problemOf({ items, total = items.length, ...rest }: Finding): readonly DataProblem[] {
  return total === 0 ? [] : [{ ...rest, total, items: items.slice(0, MAX_ITEMS) }];
}

/** Collects items of samples; a problem lists the first of them. */
export class ItemList {
  readonly #dataset: Dataset;
  readonly #items: ProblemItem[] = [];
  #total = 0;

  constructor(dataset: Dataset) {
    this.#dataset = dataset;
  }

  get items(): readonly ProblemItem[] {
    return this.#items;
  }

  get total(): number {
    return this.#total;
  }

  /** @param detail called only for items that are listed */
  add(sample: number, detail: () => string): void {
    if (this.#total++ < MAX_ITEMS) this.#items.push({ sample, place: placeOf(this.#dataset, sample), detail: detail() });
  }
}

const NOUNS: Readonly<Record<SampleKind, string>> = { tabular: "row", signal: "signal", image: "image", volume: "volume" };

/** The noun for a sample in messages. */
export function nounOf({ sampleShape }: Dataset): string {
  return NOUNS[sampleKind(sampleShape)];
}

/** A sample's place for messages: its file or row, or else its number. */
export function placeOf(dataset: Dataset, sample: number): string {
  return dataset.place(sample) ?? `sample ${sample}`;
}

/** "sample 17 (cats/a.png)", or "sample 17" if it has no place. */
export function sampleText(dataset: Dataset, sample: number): string {
  const place = dataset.place(sample);
  return place === null ? `sample ${sample}` : `sample ${sample} (${place})`;
}

/** A count with its noun: "1 sample", "2,000 samples". */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${countText(count, "en")} ${count === 1 ? noun : plural}`;
}

/** "3 of 2,000 samples" */
export function share(count: number, total: number, noun: string): string {
  return `${countText(count, "en")} of ${counted(total, noun)}`;
}

/** A value as a file has it: without thousands separators, and fractions with four significant digits. */
export function plainNumber(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? String(value) : digitsText(value, 4);
}

/** A sample's target for messages. */
export function targetText(dataset: Dataset, targets: Int32Array | Float32Array, sample: number): string {
  const { target } = dataset;
  if (target.kind === "classification") return target.classes[targets[sample] ?? -1] ?? `class ${targets[sample]}`;
  const width = target.names.length;
  return target.names.map((_, k) => plainNumber(targets[sample * width + k] ?? Number.NaN)).join(", ");
}
