/** Checks that no split has a sample, or samples of one group, in two parts. */
import { at } from "../../../shared/kit/fault.ts";
import type { Split } from "./request.ts";

/**
 * One sentence for every kind of leak; empty for a correct split. Repeated samples in the training part are allowed, because the bootstrap draws with
 * replacement.
 * @param groups the group of every sample, if groups must stay together
 */
export function leaksOf(split: Split, groups: Uint32Array | null = null): readonly string[] {
  return [...overlaps(split, (index) => index, "sample"), ...(groups === null ? [] : overlaps(split, (index) => at(groups, index), "group"))];
}

function overlaps({ train, validation, test }: Split, numberOf: (index: number) => number, what: string): readonly string[] {
  const owner = new Map<number, string>();
  const found = new Map<string, string>();
  for (const [name, part] of [
    ["training", train],
    ["validation", validation],
    ["test", test],
  ] as const) {
    for (const index of part) {
      const number = numberOf(index);
      const before = owner.get(number);
      if (before === undefined) owner.set(number, name);
      else if (before !== name && !found.has(`${before}/${name}`))
        found.set(`${before}/${name}`, `${what} ${number} is in the ${before} part and in the ${name} part`);
    }
    if (what !== "sample" || name === "training") continue;
    if (new Set(part).size < part.length) found.set(name, `the ${name} part names a sample twice`);
  }
  return [...found.values()];
}
