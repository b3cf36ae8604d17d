/** From a recipe to everything a trainer needs: data, split, standardization, programs. */
import { at, Fault } from "../../shared/kit/fault.ts";
import type { DatasetFacts } from "../../shared/recipe/facts.ts";
import type { Recipe } from "../../shared/recipe/recipe.ts";
import { checkAgainstData } from "../../shared/recipe/validate.ts";
import { openDataset } from "../data/sources.ts";
import { makeSplit, type Split } from "../data/split.ts";
import { learnStandardization } from "../data/standardize.ts";
import type { ProgramSource } from "../engine/programs/model.ts";
import { layoutOf } from "../engine/programs/train.ts";
import type { StateLayout } from "../engine/state.ts";
import { type Feed, openFeed } from "./feed.ts";
import type { SplitName } from "./protocol.ts";

export interface Prepared {
  readonly source: ProgramSource;
  readonly layout: StateLayout;
  readonly split: Split;
  open(part: SplitName): Promise<Feed>;
}

export async function prepare(recipe: Recipe): Promise<Prepared> {
  const dataset = await openDataset(recipe.data.source);
  const { length, givenTest, target } = dataset;
  const targets = await dataset.targets();
  const split = makeSplit({ length, givenTest, target: target.kind, targets }, recipe.data.split, recipe.seed);
  const { plan, problems } = checkAgainstData(recipe, dataset.facts, split.train.length);
  if (problems.length > 0) throw new Fault("input", problems);
  const standardization = await learnStandardization(dataset, split.train, recipe.data.standardize);
  const source: ProgramSource = { recipe, plan, facts: dataset.facts, standardization, classCounts: countClasses(dataset.facts, targets, split.train) };
  return { source, layout: layoutOf(source), split, open: (part) => openFeed(dataset, split[part]) };
}

/** Training samples of each class; empty for a regression. */
function countClasses({ target }: DatasetFacts, targets: Int32Array | Float32Array, indices: Uint32Array): readonly number[] {
  if (target.kind !== "classification") return [];
  const counts = target.classes.map(() => 0);
  for (const index of indices) {
    const label = at(targets, index);
    counts[label] = at(counts, label) + 1;
  }
  return counts;
}
