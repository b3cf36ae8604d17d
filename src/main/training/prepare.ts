/** Prepares everything that a trainer needs from a recipe: data, split, standardization, programs. */
import { at, Fault } from "../../shared/kit/fault.ts";
import { RandomStream } from "../../shared/math/random.ts";
import { encodedFeatures } from "../../shared/recipe/encoding.ts";
import { trainingSampleCount } from "../../shared/recipe/evaluation.ts";
import { type DatasetFacts, type Standardization, sampleKind } from "../../shared/recipe/facts.ts";
import type { Recipe } from "../../shared/recipe/recipe.ts";
import { checkAgainstData } from "../../shared/recipe/validate.ts";
import type { Dataset } from "../data/dataset.ts";
import { encodeDataset } from "../data/encode.ts";
import { openDataset } from "../data/sources.ts";
import { type Split, splitDataset } from "../data/split.ts";
import { learnRange, learnStandardization, learnTargetStandardization, type StandardizeMode } from "../data/standardize.ts";
import { Augmenter } from "../engine/augmenter.ts";
import { type AugmentationDomain, type AugmentationSource, domainOfDeviations, domainOfLight } from "../engine/programs/augment.ts";
import type { ProgramSource } from "../engine/programs/model.ts";
import { layoutOf } from "../engine/programs/train.ts";
import type { StateLayout } from "../engine/state.ts";
import { augmentedFeed, type Feed, openFeed } from "./feed.ts";
import type { SplitName } from "./records.ts";

/** The data of a recipe, independent of its model. */
export interface PreparedData {
  readonly dataset: Dataset;
  /** Facts of the data as in their source, before encoding. */
  readonly rawFacts: DatasetFacts;
  /** From `Dataset.targets()`. */
  readonly targets: Int32Array | Float32Array;
  readonly split: Split;
  readonly standardization: Standardization;
  /** Standardization of a regression's targets; null if they are not standardized. */
  readonly targetStandardization: Standardization | null;
  /** Standardization per feature or channel, whatever the network uses. Augmentation and display of rows and signals need it. */
  deviations(): Promise<Standardization>;
  close(): Promise<void>;
}

export interface ProgramSources {
  readonly source: ProgramSource;
  /** Like `source`, for programs that are fed the training part: augmented samples are float32. */
  readonly trainingSource: ProgramSource;
}

export interface Prepared extends PreparedData, ProgramSources {
  readonly layout: StateLayout;
  /** The training part is augmented. */
  open(part: SplitName): Promise<Feed>;
  /** The training samples of `evaluation.training`, not augmented; null if there are none. @param train the opened training part */
  openTrainingSample(train: Feed): Promise<Feed | null>;
}

/** @throws Fault if the data cannot be read or split */
export async function prepareData({ data, seed }: Pick<Recipe, "data" | "seed">): Promise<PreparedData> {
  const raw = await openDataset(data.source);
  const targets = await raw.targets();
  const split = await splitDataset(raw, data.split, seed, targets);
  const dataset = await encodeDataset(raw, split.train, data.encoding);
  const binary = encodedFeatures(raw.facts, data.encoding).binary;
  const learn = async (mode: StandardizeMode) => keepBinary(await learnStandardization(dataset, split.train, mode), binary);
  const standardization = await learn(data.standardize);
  const targetStandardization =
    targets instanceof Float32Array && data.standardizeTargets ? learnTargetStandardization(targets, raw.target, split.train) : null;
  let own: Promise<Standardization> | null = data.standardize === "feature" ? Promise.resolve(standardization) : null;
  const deviations = () => {
    own ??= learn("feature");
    return own;
  };
  return { dataset, rawFacts: raw.facts, targets, split, standardization, targetStandardization, deviations, close: () => dataset.close() };
}

/** Features that are 0 or 1 are not standardized. */
function keepBinary(learned: Standardization, binary: readonly boolean[]): Standardization {
  if (binary.length !== learned.mean.length || !binary.includes(true)) return learned;
  return { ...learned, mean: learned.mean.map((mean, i) => (binary[i] ? 0 : mean)), scale: learned.scale.map((scale, i) => (binary[i] ? 1 : scale)) };
}

/** @throws Fault if the data cannot be read or split, or do not fit the rest of the recipe */
export async function prepare(recipe: Recipe): Promise<Prepared> {
  const data = await prepareData(recipe);
  const { dataset, split } = data;
  const sources = programSources(recipe, data);
  const augmentation = recipe.augmentation.length === 0 ? null : await augmentationSource(recipe, data);
  let augmenter: Augmenter | null = null;
  return {
    ...data,
    ...sources,
    layout: layoutOf(sources.source),
    open: async (part) => {
      if (part !== "train" || augmentation === null) return openFeed(dataset, split[part], part);
      augmenter ??= new Augmenter(augmentation);
      return augmentedFeed(dataset, split.train, augmenter);
    },
    openTrainingSample: async (train) => {
      const count = trainingSampleCount(recipe.evaluation.training, split.train.length, split.validation.length);
      // Piece by piece the training part comes as it is, augmented or not.
      if (count === split.train.length) return train;
      return count === 0 ? null : openFeed(dataset, drawTrainingSample(split.train, count, recipe.seed), "validation");
    },
    close: async () => {
      await augmenter?.close();
      await data.close();
    },
  };
}

/** @throws Fault if the data do not fit the rest of the recipe */
export function programSources(recipe: Recipe, data: PreparedData): ProgramSources {
  const { targets, split, standardization, targetStandardization } = data;
  const { facts } = data.dataset;
  const { plan, problems } = checkAgainstData(recipe, facts, split.train.length);
  if (problems.length > 0) throw new Fault("input", problems);
  const source: ProgramSource = { recipe, plan, facts, standardization, targetStandardization, classCounts: countClasses(facts, targets, split.train) };
  return { source, trainingSource: recipe.augmentation.length === 0 ? source : { ...source, facts: { ...facts, elementType: "float32" } } };
}

/** A fixed random subset of the training part for the whole run, in the order of the part. */
function drawTrainingSample(train: Uint32Array, count: number, seed: number): Uint32Array {
  const places = new RandomStream(seed, "evaluation/training").permutation(train.length).subarray(0, count).toSorted();
  return places.map((place) => at(train, place));
}

/** The recipe's augmentations with the properties of the data that they need. */
export async function augmentationSource({ augmentation, seed }: Recipe, data: PreparedData): Promise<AugmentationSource> {
  return { augmentations: augmentation, facts: data.dataset.facts, domain: await domainOf(data), seed };
}

/** The range of bytes is known; that of other images and volumes is measured. */
async function domainOf({ dataset, split, deviations }: PreparedData): Promise<AugmentationDomain> {
  const { facts } = dataset;
  const kind = sampleKind(facts.sampleShape);
  if (kind === "tabular" || kind === "signal") return domainOfDeviations(await deviations());
  return domainOfLight(facts, facts.elementType === "uint8" ? [0, 255] : await learnRange(dataset, split.train));
}

/** Number of training samples in each class; empty for a regression. */
export function countClasses({ target }: DatasetFacts, targets: Int32Array | Float32Array, indices: Uint32Array): readonly number[] {
  if (target.kind !== "classification") return [];
  const counts = target.classes.map(() => 0);
  for (const index of indices) {
    const label = at(targets, index);
    counts[label] = at(counts, label) + 1;
  }
  return counts;
}
