/** Problems found by readers of many files, in the form of the inspection's problems. */
import type { DataProblem, ProblemItem, ProblemKind } from "../../../shared/contract/inspection.ts";
import { countText } from "../../../shared/text/numbers.ts";

/** A problem lists at most this many items; the rest is only counted. */
const MAX_ITEMS = 1000;

/** A file that is left out, with the reason. */
export interface LeftOut {
  /** Path relative to the root. */
  readonly place: string;
  readonly reason: string;
}

export interface Findings {
  readonly kind: ProblemKind;
  readonly severity: DataProblem["severity"];
  readonly title: string;
  readonly remedy: string;
  readonly items: readonly ProblemItem[];
}

/** Returns the problem in a list, or an empty list if it has no items. */
export function problemOf({ items, ...rest }: Findings): readonly DataProblem[] {
  return items.length === 0 ? [] : [{ ...rest, total: items.length, items: items.slice(0, MAX_ITEMS) }];
}

/** Items for files that are not samples. */
export function itemsOf(files: readonly LeftOut[]): readonly ProblemItem[] {
  return files.map(({ place, reason }) => ({ sample: null, place, detail: reason }));
}

/** "3 of 2,000 images": with thousands separators, and the singular for one. */
export function countOf(count: number, total: number, noun: string): string {
  return `${countText(count, "en")} of ${countText(total, "en")} ${total === 1 ? noun : `${noun}s`}`;
}
