/** Images that look like an earlier one, and whether they have another label or are in another part of the split. */
import type { DataProblem } from "../../../shared/contract/inspection.ts";
import { at } from "../../../shared/kit/fault.ts";
import { plural, say } from "../../../shared/kit/say.ts";
import { sampleSize } from "./chunks.ts";
import { partsOf, partText, sameTarget } from "./duplicates.ts";
import type { Inspected } from "./findings.ts";
import { type Alike, alikePairs, type ImageHashes } from "./perceptual.ts";
import { counted, ItemList, problemOf, sampleText, share, targetText } from "./problems.ts";

/** Pearson correlation from which two images count as near duplicates. Different images of the same kind stay well below. */
const MIN_CORRELATION = 0.99;
/** Limits on the number of pairs compared value by value: in total, and at once. */
const MAX_PAIRS = 200_000;
const PAIR_VALUES = 2_000_000;

/** @param wanted the samples to compare: without exact duplicates and constant samples */
export async function nearDuplicates(inspected: Inspected, hashes: ImageHashes, wanted: Uint32Array): Promise<readonly DataProblem[]> {
  const { dataset, targets, split, pace } = inspected;
  const candidates = await alikePairs(hashes, wanted, pace);
  const pairs = await confirmed(inspected, candidates.slice(0, MAX_PAIRS));
  const [near, conflicts, leaks] = [new ItemList(dataset), new ItemList(dataset), new ItemList(dataset)];
  const alike = sameTarget(dataset, targets);
  const parts = partsOf(dataset, split);
  const areApart = ({ earlier, later }: Alike) => parts !== null && parts[earlier] !== parts[later] && Math.max(at(parts, earlier), at(parts, later)) <= 2;
  for (const { earlier, later, correlation } of nearest(pairs))
    near.add(later, () => say`looks like ${sampleText(dataset, earlier)}, correlation ${correlation.toFixed(4)}`);
  // Conflicts and leaks look at all pairs, because the nearest image may have the same label or part although another one has not.
  for (const { earlier, later } of nearest(pairs.filter((pair) => !alike(pair.earlier, pair.later))))
    conflicts.add(later, () => {
      const [own, other] = [targetText(dataset, targets, later), targetText(dataset, targets, earlier)];
      return say`${own}, but ${sampleText(dataset, earlier)}, which looks the same, is ${other}`;
    });
  for (const { earlier, later } of nearest(pairs.filter(areApart)))
    leaks.add(later, () => say`in the ${partText(parts?.[later])}, looks like ${sampleText(dataset, earlier)} in the ${partText(parts?.[earlier])}`);
  return [
    ...problemOf({
      kind: "leak",
      severity: "warning",
      title: say`${counted(leaks.total, "image")} ${plural(leaks.total, "looks", "look")} like one in another part of the split`,
      remedy: say`Remove them from one of the parts, or split by a group that keeps images of one origin together.`,
      items: leaks.items,
      total: leaks.total,
    }),
    ...problemOf({
      kind: "conflictingLabels",
      severity: dataset.target.kind === "classification" ? "warning" : "info",
      title: say`${counted(conflicts.total, "image")} ${plural(conflicts.total, "looks", "look")} like an earlier one with another ${dataset.target.kind === "classification" ? say`label` : say`target`}`,
      remedy: say`Look at both and correct the one that is wrong.`,
      items: conflicts.items,
      total: conflicts.total,
    }),
    ...problemOf({
      kind: "nearDuplicates",
      severity: "warning",
      title: say`${share(near.total, dataset.length, "image")} ${plural(near.total, "looks", "look")} like an earlier one`,
      remedy: say`Keep one of each where they are copies: a random split puts them into training and test.`,
      items: near.items,
      total: near.total,
    }),
  ];
}

interface Confirmed extends Alike {
  readonly correlation: number;
}

/** For every later image, the pair with the most similar earlier one. */
function nearest(pairs: readonly Confirmed[]): Iterable<Confirmed> {
  const best = new Map<number, Confirmed>();
  for (const pair of pairs) if (pair.correlation > (best.get(pair.later)?.correlation ?? 0)) best.set(pair.later, pair);
  return best.values();
}

/** The pairs that are similar enough value by value. */
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
