/** How many samples each part of a split gets. The split itself is made where the targets are. */
import type { Problem } from "../kit/fault.ts";
import type { DatasetFacts } from "./facts.ts";
import type { SplitConfig } from "./recipe.ts";

export interface SplitCounts {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** Shares are of all samples, rounded; a given test part is taken whole. What remains is for training. */
export function splitCounts(facts: Pick<DatasetFacts, "length" | "givenTest">, split: SplitConfig): SplitCounts {
  const test = split.test === "given" ? facts.givenTest : Math.round(facts.length * split.test);
  const validation = Math.round(facts.length * split.validation);
  return { train: facts.length - validation - test, validation, test };
}

/** What is wrong with a split of so many samples; known before any target is read. */
export function splitProblems(data: Pick<DatasetFacts, "length" | "givenTest">, split: SplitConfig): readonly Problem[] {
  if (split.test === "given" && data.givenTest === 0)
    return [
      {
        place: "data.split.test",
        expected: "must be a share such as 0.15, because this data set names no test part of its own",
        received: '"given"',
        remedy: "Give the share of samples to keep for testing.",
      },
    ];
  const counts = splitCounts(data, split);
  if (counts.train > 0 && (counts.validation > 0 || split.validation === 0) && counts.test > 0) return [];
  return [
    {
      place: "data.split",
      expected: `must leave at least one of the ${data.length} samples for training, one for validation and one for the test`,
      received: `${describeShares(split)}, which is ${describeCounts(counts)}`,
      remedy: counts.train > 0 ? "Use larger shares, or more data." : "Use smaller shares, so that something is left to train on.",
    },
  ];
}

function describeShares({ validation, test }: SplitConfig): string {
  return `a validation part of ${validation} and a test part of ${test === "given" ? "the given samples" : test}`;
}

function describeCounts({ train, validation, test }: SplitCounts): string {
  return `${train} for training, ${validation} for validation and ${test} for the test`;
}
