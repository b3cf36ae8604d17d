/** Helpers for building problems: wording and the limit on listed items. */
import type { DataProblem, ProblemItem } from "../../../shared/contract/inspection.ts";
import { say } from "../../../shared/kit/say.ts";
import type { Text, Words } from "../../../shared/kit/words.ts";
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
  add(sample: number, detail: () => Text): void {
    if (this.#total++ < MAX_ITEMS) this.#items.push({ sample, place: placeOf(this.#dataset, sample), detail: detail() });
  }
}

interface Noun {
  readonly one: Words;
  readonly several: Words;
}

/** What is counted in messages. */
export const nouns = {
  row: { one: { en: "row", ko: "행" }, several: { en: "rows", ko: "행" } },
  signal: { one: { en: "signal", ko: "신호" }, several: { en: "signals", ko: "신호" } },
  image: { one: { en: "image", ko: "이미지" }, several: { en: "images", ko: "이미지" } },
  volume: { one: { en: "volume", ko: "부피 데이터" }, several: { en: "volumes", ko: "부피 데이터" } },
  sample: { one: { en: "sample", ko: "표본" }, several: { en: "samples", ko: "표본" } },
  class: { one: { en: "class", ko: "클래스" }, several: { en: "classes", ko: "클래스" } },
  group: { one: { en: "group", ko: "그룹" }, several: { en: "groups", ko: "그룹" } },
  column: { one: { en: "column", ko: "열" }, several: { en: "columns", ko: "열" } },
  feature: { one: { en: "feature column", ko: "특성 열" }, several: { en: "feature columns", ko: "특성 열" } },
  target: { one: { en: "target", ko: "목표" }, several: { en: "targets", ko: "목표" } },
  value: { one: { en: "value", ko: "값" }, several: { en: "values", ko: "값" } },
} as const satisfies Readonly<Record<string, Noun>>;

export type NounName = keyof typeof nouns;
const SAMPLES: Readonly<Record<SampleKind, NounName>> = { tabular: "row", signal: "signal", image: "image", volume: "volume" };

/** The noun for a sample in messages. */
export function nounOf({ sampleShape }: Dataset): NounName {
  return SAMPLES[sampleKind(sampleShape)];
}

/** A sample's place for messages: its file or row, or else its number. */
export function placeOf(dataset: Dataset, sample: number): Text {
  return dataset.place(sample) ?? say`sample ${sample}`;
}

/** "sample 17 (cats/a.png)", or "sample 17" if it has no place. */
export function sampleText(dataset: Dataset, sample: number): Words {
  const place = dataset.place(sample);
  return place === null ? say`sample ${sample}` : say`sample ${sample} (${place})`;
}

/** A count with its noun: "1 sample", "2,000 samples". */
export function counted(count: number, noun: NounName): Words {
  const number = countText(count, "en");
  const { one, several } = nouns[noun];
  return { en: `${number} ${count === 1 ? one.en : several.en}`, ko: `${one.ko} ${number}개` };
}

/** "3 of 2,000 samples" */
export function share(count: number, total: number, noun: NounName): Words {
  return say`${countText(count, "en")} of ${counted(total, noun)}`;
}

/** A value as a file has it: without thousands separators, and fractions with four significant digits. */
export function plainNumber(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? String(value) : digitsText(value, 4);
}

/** A sample's target for messages. */
export function targetText(dataset: Dataset, targets: Int32Array | Float32Array, sample: number): Text {
  const { target } = dataset;
  if (target.kind === "classification") return target.classes[targets[sample] ?? -1] ?? say`class ${String(targets[sample])}`;
  const width = target.names.length;
  return target.names.map((_, k) => plainNumber(targets[sample * width + k] ?? Number.NaN)).join(", ");
}
