/**
 * Distributes whole groups to parts: samples with equal values of a column stay together. Uses the rule of scikit-learn's GroupKFold and
 * StratifiedGroupKFold: largest groups first, each to where it is needed most. How close the parts get to the wanted sizes depends on the groups, but
 * no part is off by more than the largest group, unless a group had to be moved to a part that would be empty.
 */
import { at, Fault, internal } from "../../../shared/kit/fault.ts";
import type { RandomStream } from "../../../shared/math/random.ts";
import type { TableColumn } from "../table.ts";

/** The group of every sample, numbered from 0 in order of first appearance. Each missing value is a separate group. */
export function groupsOf(column: TableColumn): Uint32Array {
  const values = column.kind === "categorical" ? column.codes : column.values;
  const missing = column.kind === "categorical" ? -1 : Number.NaN;
  const numbers = new Map<number, number>();
  const groups = new Uint32Array(values.length);
  let count = 0;
  for (const [index, value] of values.entries()) {
    const known = Object.is(value, missing) ? undefined : numbers.get(value);
    groups[index] = known ?? count;
    if (known === undefined) numbers.set(value, count++);
  }
  return groups;
}

/** The samples of every group among the members, in order of first appearance. */
export function gather(members: Uint32Array, groups: Uint32Array): number[][] {
  const samples = new Map<number, number[]>();
  for (const index of members) {
    const group = at(groups, index);
    const known = samples.get(group);
    if (known === undefined) samples.set(group, [index]);
    else known.push(index);
  }
  return [...samples.values()];
}

export function requireGroups(count: number, wanted: number, what: string): void {
  if (count >= wanted) return;
  throw new Fault("input", [
    {
      place: "data.split.group",
      expected: `must have at least ${wanted} different values, so that ${what} get whole groups`,
      received: `${count} ${count === 1 ? "group" : "groups"}`,
      remedy: "Choose another column, fewer folds, or no group.",
    },
  ]);
}

/** A given part cannot change, so no group may be both inside and outside it. @param first its first sample; the part extends to the end */
export function requireGivenApart(groups: Uint32Array, first: number, part: "validation" | "test"): void {
  const outside = new Set(groups.subarray(0, first));
  const shared = new Set(groups.subarray(first).filter((group) => outside.has(group)));
  if (shared.size === 0) return;
  throw new Fault("input", [
    {
      place: `data.split.${part}`,
      expected: `must be a fraction, because the ${part} part that the source names is not made of whole groups`,
      received: `${shared.size} ${shared.size === 1 ? "group" : "groups"} with samples in the given ${part} part and outside it`,
      remedy: `Give the fraction of samples to keep for ${part === "test" ? "testing" : "validation"}, or use no group.`,
    },
  ]);
}

/**
 * Distributes whole groups of the members to parts. Groups are ordered by the power of two of their size, in random order within each, so that another
 * seed gives another split. Each group goes to the part where its classes are missing most, relative to the class size.
 *
 * @param columns wanted number of samples in each part; they add up to all members
 * @param what names the parts in the fault
 * @throws Fault if there are fewer groups than non-empty parts
 */
export function allot(
  members: Uint32Array,
  groups: Uint32Array,
  classOf: (index: number) => number,
  columns: readonly number[],
  stream: RandomStream,
  what: string,
): Uint32Array[] {
  const gathered = gather(members, groups);
  requireGroups(gathered.length, columns.filter((count) => count > 0).length, what);
  const sizes = classCounts(members, classOf);
  const needs = columns.map((count) => new Map([...sizes].map(([label, size]) => [label, (size * count) / members.length])));
  const parts: (readonly number[])[][] = columns.map(() => []);
  for (const samples of largestFirst(gathered, stream)) {
    const counts = [...classCounts(samples, classOf)];
    const need = needs.map((missing) => counts.reduce((sum, [label, count]) => sum + (count * (missing.get(label) ?? 0)) / (sizes.get(label) ?? 1), 0));
    const neediest = need.reduce((best, value, part) => (at(columns, part) > 0 && (best < 0 || value > at(need, best)) ? part : best), -1);
    at(parts, neediest).push(samples);
    const missing = at(needs, neediest);
    for (const [label, count] of counts) missing.set(label, (missing.get(label) ?? 0) - count);
  }
  fillEmpty(parts, columns);
  return parts.map((each) => Uint32Array.from(each.flat()).sort());
}

/** Shuffled, then stably sorted by the power of two below the size. */
export function largestFirst(gathered: readonly (readonly number[])[], stream: RandomStream): readonly (readonly number[])[] {
  const shuffled = Array.from(stream.permutation(gathered.length), (position) => at(gathered, position));
  return shuffled.sort((a, b) => Math.floor(Math.log2(b.length)) - Math.floor(Math.log2(a.length)));
}

/** A part that should have samples but got none takes the smallest group of the part with the largest surplus. */
function fillEmpty(parts: (readonly number[])[][], columns: readonly number[]): void {
  for (const [part, groups] of parts.entries()) {
    if (groups.length > 0 || at(columns, part) === 0) continue;
    const spare = parts.map((each, other) => (each.length > 1 ? samplesOf(each) - at(columns, other) : Number.NEGATIVE_INFINITY));
    const donor = at(parts, spare.indexOf(Math.max(...spare)));
    const smallest = donor.reduce((least, each) => (each.length < least.length ? each : least));
    if (donor.length < 2) throw internal("fewer groups than parts");
    donor.splice(donor.indexOf(smallest), 1);
    groups.push(smallest);
  }
}

function samplesOf(groups: readonly (readonly number[])[]): number {
  return groups.reduce((sum, { length }) => sum + length, 0);
}

function classCounts(samples: Iterable<number>, classOf: (index: number) => number): Map<number, number> {
  const counts = new Map<number, number>();
  for (const index of samples) counts.set(classOf(index), (counts.get(classOf(index)) ?? 0) + 1);
  return counts;
}
