/** From a recipe to everything a trainer needs: data, split, standardization, programs. */
import { Fault } from "../../shared/kit/fault.ts";
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
  const split = makeSplit({ length, givenTest, target: target.kind, targets: await dataset.targets() }, recipe.data.split, recipe.seed);
  const { plan, problems } = checkAgainstData(recipe, dataset.facts, split.train.length);
  if (problems.length > 0) throw new Fault("input", problems);
  const standardization = await learnStandardization(dataset, split.train, recipe.data.standardize);
  const source: ProgramSource = { recipe, plan, facts: dataset.facts, standardization };
  return { source, layout: layoutOf(source), split, open: (part) => openFeed(dataset, split[part]) };
}
