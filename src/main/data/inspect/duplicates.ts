/** Duplicate samples: with the same target, with different targets, and in different parts of the split. */
import type { DataProblem } from "../../../shared/contract/inspection.ts";
import { joined, plural, say } from "../../../shared/kit/say.ts";
import type { Words } from "../../../shared/kit/words.ts";
import { countText } from "../../../shared/text/numbers.ts";
import type { Dataset } from "../dataset.ts";
import { firstEqual, type Hashes } from "./groups.ts";
import { counted, ItemList, type NounName, nouns, problemOf, sampleText, share, targetText } from "./problems.ts";

/** Marks a sample that is in no part. */
const NO_PART = 255;

/** Sample numbers of each part, as returned by `makeSplit`. */
export interface SplitParts {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
  readonly test: Uint32Array;
}

/** The part of every sample: from the split if given, otherwise the source's own parts; null if it has none. */
export function partsOf(dataset: Dataset, split: SplitParts | undefined): Uint8Array | null {
  const { length, givenTest, givenValidation } = dataset;
  if (split === undefined) {
    if (givenTest + givenValidation === 0) return null;
    return new Uint8Array(length).fill(1, length - givenTest - givenValidation).fill(2, length - givenTest);
  }
  const parts = new Uint8Array(length).fill(NO_PART);
  for (const [part, indices] of [split.train, split.validation, split.test].entries()) for (const index of indices) parts[index] = part;
  return parts;
}

export function partText(part: number | undefined): Words {
  return [say`training part`, say`validation part`, say`test part`][part ?? 0] ?? say`no part`;
}

export interface Repeats {
  readonly dataset: Dataset;
  readonly targets: Int32Array | Float32Array;
  readonly parts: Uint8Array | null;
  /** Hashes of the features only. */
  readonly hashes: Hashes;
  /** Whether two samples with the same hash have the same features; assumed if absent. */
  readonly same?: (a: number, b: number) => boolean;
  /** "row", "image". */
  readonly noun: NounName;
}

/** Whether two samples have the same target. */
export function sameTarget(dataset: Dataset, targets: Int32Array | Float32Array): (a: number, b: number) => boolean {
  const width = dataset.target.kind === "classification" ? 1 : dataset.target.names.length;
  return (a, b) => {
    for (let k = 0; k < width; k++) if (targets[a * width + k] !== targets[b * width + k]) return false;
    return true;
  };
}

/** @returns the problems, and for every sample the first sample with the same features */
export function findRepeats(repeats: Repeats): { readonly problems: readonly DataProblem[]; readonly first: Uint32Array } {
  const { dataset, targets, hashes, same } = repeats;
  const first = firstEqual(hashes, same);
  const alike = sameTarget(dataset, targets);
  // Without repeated features there are no repeated samples.
  const twin = first.every((other, i) => other === i) ? first : firstWithTarget(repeats, alike);
  return { first, problems: [...repeatsAcross(repeats, first), ...conflicts(repeats, first, alike), ...duplicates(repeats, twin)] };
}

/** For every sample the first sample with the same features and target. */
function firstWithTarget({ dataset, targets, hashes, same }: Repeats, alike: (a: number, b: number) => boolean): Uint32Array {
  const full = hashes.copy();
  full.mixTargets(targets, dataset.target.kind === "classification" ? 1 : dataset.target.names.length);
  return firstEqual(full, same === undefined ? alike : (a, b) => alike(a, b) && same(a, b));
}

function duplicates({ dataset, noun }: Repeats, twin: Uint32Array): readonly DataProblem[] {
  const list = new ItemList(dataset);
  for (let i = 0; i < twin.length; i++) {
    const other = twin[i] ?? i;
    if (other !== i) list.add(i, () => say`the same as ${sampleText(dataset, other)}`);
  }
  return problemOf({
    kind: "duplicateSamples",
    severity: "warning",
    title: say`${share(list.total, dataset.length, noun)} ${plural(list.total, "repeats", "repeat")} an earlier one with the same target`,
    remedy: say`Remove the duplicates unless they are separate measurements: a random split puts the same ${nouns[noun].one} into training and test.`,
    items: list.items,
    total: list.total,
  });
}

function conflicts({ dataset, targets, noun }: Repeats, first: Uint32Array, alike: (a: number, b: number) => boolean): readonly DataProblem[] {
  const list = new ItemList(dataset);
  const groups = new Set<number>();
  for (let i = 0; i < first.length; i++) {
    const other = first[i] ?? i;
    if (other === i || alike(i, other)) continue;
    groups.add(other);
    list.add(
      i,
      () => say`${targetText(dataset, targets, i)}, but ${sampleText(dataset, other)} with the same features is ${targetText(dataset, targets, other)}`,
    );
  }
  const what = dataset.target.kind === "classification" ? say`label` : say`target`;
  return problemOf({
    kind: "conflictingLabels",
    severity: dataset.target.kind === "classification" ? "warning" : "info",
    title: say`${share(list.total, dataset.length, noun)} ${plural(list.total, "has", "have")} the features of an earlier one and another ${what}, in ${counted(groups.size, "group")}`,
    remedy: say`Correct the ${what} that is wrong, or add a feature that distinguishes these ${nouns[noun].several}: no network can get both right.`,
    items: list.items,
    total: list.total,
  });
}

/** @param first for every sample the first sample with the same features */
export function repeatsAcross({ dataset, parts, noun }: Pick<Repeats, "dataset" | "parts" | "noun">, first: Uint32Array): readonly DataProblem[] {
  if (parts === null) return [];
  const list = new ItemList(dataset);
  // The first sample per group and part, so that a held-out sample can name its duplicate in training.
  const holders = [0, 1].map(() => new Int32Array(first.length).fill(-1));
  for (let i = 0; i < first.length; i++) {
    const holder = holders[parts[i] ?? NO_PART];
    const group = first[i] ?? i;
    if (holder !== undefined && holder[group] === -1) holder[group] = i;
  }
  const counts = [0, 0, 0];
  for (let i = 0; i < first.length; i++) {
    const part = parts[i] ?? NO_PART;
    if (part === NO_PART) continue;
    const twin = holders.slice(0, part).find((holder) => (holder[first[i] ?? i] ?? -1) >= 0)?.[first[i] ?? i];
    if (twin === undefined) continue;
    counts[part] = (counts[part] ?? 0) + 1;
    list.add(i, () => say`in the ${partText(part)}, the same as ${sampleText(dataset, twin)} in the ${partText(parts[twin])}`);
  }
  const where = [1, 2].filter((part) => (counts[part] ?? 0) > 0).map((part) => say`${countText(counts[part] ?? 0, "en")} in the ${partText(part)}`);
  return problemOf({
    kind: "leak",
    severity: "warning",
    title: say`${counted(list.total, noun)} held out ${plural(list.total, "repeats", "repeat")} one of another part of the split: ${joined(where, ", ")}`,
    remedy: say`Remove them from one of the parts, or split by a group that keeps equal ${nouns[noun].several} together: on these, a network is only tested on what it has memorized.`,
    items: list.items,
    total: list.total,
  });
}
