/** From a recipe to everything a trainer needs: data, split, standardization, programs. */
import { at, Fault } from "../../shared/kit/fault.ts";
import type { DatasetFacts, Standardization } from "../../shared/recipe/facts.ts";
import type { Recipe } from "../../shared/recipe/recipe.ts";
import { checkAgainstData } from "../../shared/recipe/validate.ts";
import type { Dataset } from "../data/dataset.ts";
import { openDataset } from "../data/sources.ts";
import { makeSplit, type Split } from "../data/split.ts";
import { learnRange, learnStandardization } from "../data/standardize.ts";
import { Augmenter } from "../engine/augmenter.ts";
import { type AugmentationSource, augmentationDomain } from "../engine/programs/augment.ts";
import type { ProgramSource } from "../engine/programs/model.ts";
import { layoutOf } from "../engine/programs/train.ts";
import type { StateLayout } from "../engine/state.ts";
import { augmentedFeed, type Feed, openFeed } from "./feed.ts";
import type { SplitName } from "./protocol.ts";

export interface Prepared {
  readonly source: ProgramSource;
  /** As `source`, for programs that are fed the training part: augmented samples are float32. */
  readonly trainingSource: ProgramSource;
  readonly layout: StateLayout;
  readonly split: Split;
  readonly dataset: Dataset;
  /** What augments the training part; null where nothing does. */
  readonly augmentation: AugmentationSource | null;
  /** The training part comes augmented. */
  open(part: SplitName): Promise<Feed>;
  close(): Promise<void>;
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
  const augmentation = await augmentationOf(recipe, dataset, split, standardization);
  let augmenter: Augmenter | null = null;
  return {
    source,
    trainingSource: augmentation === null ? source : { ...source, facts: { ...source.facts, elementType: "float32" } },
    layout: layoutOf(source),
    split,
    dataset,
    augmentation,
    open: async (part) => {
      if (part !== "train" || augmentation === null) return openFeed(dataset, split[part]);
      augmenter ??= new Augmenter(augmentation);
      return augmentedFeed(dataset, split.train, augmenter);
    },
    close: async () => {
      await augmenter?.close();
      await dataset.close();
    },
  };
}

async function augmentationOf(recipe: Recipe, dataset: Dataset, split: Split, standardization: Standardization): Promise<AugmentationSource | null> {
  if (recipe.augmentation.length === 0) return null;
  const range = dataset.elementType === "uint8" ? ([0, 255] as const) : await learnRange(dataset, split.train);
  return { augmentations: recipe.augmentation, facts: dataset.facts, domain: augmentationDomain(dataset.facts, standardization, range), seed: recipe.seed };
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
