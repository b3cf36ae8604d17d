/** How many samples each part of a split gets. The split itself is made where the targets are. */
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
