/**
 * From a run's training part to what is learned of it, and back to the programs of its network. Predictions on other data use it as it is: nothing is
 * learned from what is predicted, and the data that the run was trained on need not be there any more.
 */
import { at, Fault, internal } from "../../shared/kit/fault.ts";
import { encodedFacts } from "../../shared/recipe/encoding.ts";
import type { ColumnFacts, DatasetFacts } from "../../shared/recipe/facts.ts";
import { planModel } from "../../shared/recipe/plan.ts";
import type { Recipe } from "../../shared/recipe/recipe.ts";
import { EncodedDataset, type Learned } from "../data/encode.ts";
import { requireKeptSplit } from "../data/splits/store.ts";
import type { ProgramSource } from "../engine/programs/model.ts";
import { countClasses, type PreparedData, prepareData } from "./prepare.ts";
import { PREPROCESSING_FILE, type Preprocessing, readPreprocessing, writePreprocessing } from "./preprocessingFile.ts";

/** What was learned, as it is kept. */
export async function preprocessingOf(recipe: Recipe, data: PreparedData): Promise<Preprocessing> {
  const { dataset, split, standardization, targetStandardization, targets } = data;
  const columns = dataset.featureColumns ?? null;
  const encoded = dataset instanceof EncodedDataset ? dataset : null;
  return {
    facts: data.rawFacts,
    columns,
    fills: columns === null ? new Map() : await everyFill(recipe, data, columns, encoded?.fills ?? new Map()),
    kept: encoded?.kept ?? new Map(),
    standardization,
    targetStandardization,
    classCounts: countClasses(dataset.facts, targets, split.train),
  };
}

/**
 * A value for every column of numbers. A column without gaps in the training data may have some in others: there the mean of the training rows stands
 * in, or zero where the recipe asks for zeros.
 */
async function everyFill(recipe: Recipe, data: PreparedData, columns: readonly ColumnFacts[], learned: Learned["fills"]): Promise<Learned["fills"]> {
  const { mean } = await data.deviations();
  const width = data.dataset.sampleShape.reduce((product, dim) => product * dim, 1);
  const numeric = columns.filter(({ kind }) => kind === "numeric");
  return new Map(
    numeric.map(({ name }, feature) => {
      // Features of one channel share a mean.
      const own = at(mean, Math.floor((feature * mean.length) / width));
      return [name, learned.get(name) ?? (recipe.data.encoding.missing === "zero" ? 0 : own)];
    }),
  );
}

/**
 * Writes what was learned where a run has no intact file of it: as it begins, and where an older version began it.
 * @throws Fault where the disk is full or the folder not writable
 */
export async function keepPreprocessing(folder: string, recipe: Recipe, data: PreparedData): Promise<void> {
  const kept = await readPreprocessing(folder).catch((error: unknown) => {
    if (error instanceof Fault) return null;
    throw error;
  });
  if (kept === null) await writePreprocessing(folder, await preprocessingOf(recipe, data));
}

export interface FoundPreprocessing {
  readonly preprocessing: Preprocessing;
  /** What a person should know: that the kept file could not be used. */
  readonly notes: readonly string[];
}

/**
 * What a run learned: from its folder, or learned again from the data it was trained on, where there is no intact file.
 * @throws Fault where neither is there
 */
export async function findPreprocessing(folder: string, recipe: Recipe): Promise<FoundPreprocessing> {
  let broken: Fault | null = null;
  try {
    const kept = await readPreprocessing(folder);
    if (kept !== null) return { preprocessing: kept, notes: [] };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    broken = error;
  }
  const data = await prepareData(recipe).catch((error: unknown) => {
    throw broken === null || !(error instanceof Fault) ? error : new Fault("input", [...broken.problems, ...error.problems], { cause: error });
  });
  try {
    await requireKeptSplit(folder, data.split, data.targets);
    const preprocessing = await preprocessingOf(recipe, data);
    return {
      preprocessing,
      notes: broken === null ? [] : [`${PREPROCESSING_FILE} of the run is damaged: what it held was learned again from the training data.`],
    };
  } finally {
    await data.close();
  }
}

/** The facts of the samples as the network gets them. */
export function networkFacts({ facts, columns }: Preprocessing, recipe: Recipe): DatasetFacts {
  return encodedFacts(columns === null ? facts : { ...facts, columns }, recipe.data.encoding);
}

/** What the programs of a trained network are made of, without its data. */
export function trainedSource(recipe: Recipe, preprocessing: Preprocessing): ProgramSource {
  const facts = networkFacts(preprocessing, recipe);
  const { plan, problems } = planModel(recipe, facts);
  if (problems.length > 0) throw internal(`a run whose recipe does not suit its own data: ${problems.map(({ place }) => place).join(", ")}`);
  const { standardization, targetStandardization, classCounts } = preprocessing;
  return { recipe, plan, facts, standardization, targetStandardization, classCounts };
}
