/** Images that look like an earlier one, told with what that means: another label, another part of the split. */
import type { DataProblem } from "../../../shared/contract/inspection.ts";
import { at } from "../../../shared/kit/fault.ts";
import { sampleSize } from "./chunks.ts";
import { partsOf, partText, sameTarget } from "./duplicates.ts";
import type { Inspected } from "./findings.ts";
import { type Alike, alikePairs, type ImageHashes } from "./perceptual.ts";
import { counted, ItemList, problemOf, sampleText, share, targetText } from "./problems.ts";

/** Pearson's correlation of all values of two images that count as one. Two images of a kind stay well below it. */
const MIN_CORRELATION = 0.99;
/** Pairs that are looked at value by value, and how many of them at once. */
const MAX_PAIRS = 200_000;
const PAIR_VALUES = 2_000_000;

/** @param wanted the samples to compare: neither exact repeats nor of one value only */
export async function nearDuplicates(inspected: Inspected, hashes: ImageHashes, wanted: Uint32Array): Promise<readonly DataProblem[]> {
  const { dataset, targets, split, pace } = inspected;
  const candidates = await alikePairs(hashes, wanted, pace);
  const pairs = await confirmed(inspected, candidates.slice(0, MAX_PAIRS));
  const [near, conflicts, leaks] = [new ItemList(dataset), new ItemList(dataset), new ItemList(dataset)];
  const alike = sameTarget(dataset, targets);
  const parts = partsOf(dataset, split);
  const areApart = ({ earlier, later }: Alike) => parts !== null && parts[earlier] !== parts[later] && Math.max(at(parts, earlier), at(parts, later)) <= 2;
  for (const { earlier, later, correlation } of nearest(pairs))
    near.add(later, () => `looks like ${sampleText(dataset, earlier)}, correlation ${correlation.toFixed(4)}`);
  // The nearest may have the same label and be in the same part where another has not and is not.
  for (const { earlier, later } of nearest(pairs.filter((pair) => !alike(pair.earlier, pair.later))))
    conflicts.add(later, () => {
      const other = `${sampleText(dataset, earlier)}, which looks the same,`;
      return `${targetText(dataset, targets, later)}, but ${other} is ${targetText(dataset, targets, earlier)}`;
    });
  for (const { earlier, later } of nearest(pairs.filter(areApart)))
    leaks.add(later, () => `in the ${partText(parts?.[later])}, looks like ${sampleText(dataset, earlier)} in the ${partText(parts?.[earlier])}`);
  const is = (list: ItemList, one: string, many: string) => (list.total === 1 ? one : many);
  return [
    ...problemOf({
      kind: "leak",
      severity: "warning",
      title: `${counted(leaks.total, "image")} ${is(leaks, "looks", "look")} like one in another part of the split`,
      remedy: "Remove them from one of the parts, or split by a group that keeps images of one origin together.",
      items: leaks.items,
      total: leaks.total,
    }),
    ...problemOf({
      kind: "conflictingLabels",
      severity: dataset.target.kind === "classification" ? "warning" : "info",
      title: `${counted(conflicts.total, "image")} ${is(conflicts, "looks", "look")} like an earlier one with another ${dataset.target.kind === "classification" ? "label" : "target"}`,
      remedy: "Look at both and correct the one that is wrong.",
      items: conflicts.items,
      total: conflicts.total,
    }),
    ...problemOf({
      kind: "nearDuplicates",
      severity: "warning",
      title: `${share(near.total, dataset.length, "image")} ${is(near, "looks", "look")} like an earlier one`,
      remedy: "Keep one of each where they are copies: a split at random puts them into training and test.",
      items: near.items,
      total: near.total,
    }),
  ];
}

interface Confirmed extends Alike {
  readonly correlation: number;
}

/** Of every later image the pair with the earlier one that it resembles most. */
function nearest(pairs: readonly Confirmed[]): Iterable<Confirmed> {
  const best = new Map<number, Confirmed>();
  for (const pair of pairs) if (pair.correlation > (best.get(pair.later)?.correlation ?? 0)) best.set(pair.later, pair);
  return best.values();
}

/** The pairs that are near enough, value by value. */
async function confirmed({ dataset, pace }: Inspected, candidates: readonly Alike[]): Promise<readonly Confirmed[]> {
  const near: Confirmed[] = [];
  const size = sampleSize(dataset);
  const step = Math.max(1, Math.floor(PAIR_VALUES / (2 * size)));
  for (let start = 0; start < candidates.length; start += step) {
    const pairs = candidates.slice(start, start + step);
    const { samples } = await dataset.fetch(Uint32Array.from(pairs.flatMap(({ earlier, later }) => [earlier, later])));
    for (const [k, pair] of pairs.entries()) {
      const correlation = correlate(samples.subarray(2 * k * size, (2 * k + 1) * size), samples.subarray((2 * k + 1) * size, (2 * k + 2) * size));
      if (correlation >= MIN_CORRELATION) near.push({ ...pair, correlation });
    }
    await pace.step(0, "comparing images");
  }
  return near;
}

function correlate(a: Uint8Array | Float32Array, b: Uint8Array | Float32Array): number {
  const count = a.length;
  let [sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0];
  const [ca, cb] = [a[0] ?? 0, b[0] ?? 0];
  for (let i = 0; i < count; i++) {
    const [x, y] = [(a[i] ?? 0) - ca, (b[i] ?? 0) - cb];
    sa += x;
    sb += y;
    saa += x * x;
    sbb += y * y;
    sab += x * y;
  }
  const variances = (saa - (sa * sa) / count) * (sbb - (sb * sb) / count);
  return variances > 0 ? (sab - (sa * sb) / count) / Math.sqrt(variances) : 0;
}
