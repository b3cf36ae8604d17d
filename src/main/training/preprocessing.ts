/**
 * Learns the preprocessing of a run from its training part, and builds the network's programs from it later. Predictions use it unchanged: nothing is
 * learned from the data to predict, and the training data may be gone.
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

/** What was learned, in the form that is stored. */
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
 * A replacement for missing values for every numeric column. A column without gaps in the training data may have some in other data; these get the mean
 * of the training rows, or zero if the recipe asks for zeros.
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
 * Stores the preprocessing if the run has no intact file: at its start, or for a run of an older version.
 * @throws Fault if the disk is full or the folder not writable
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
  /** Messages for the user: that the stored file could not be used. */
  readonly notes: readonly string[];
}

/**
 * The preprocessing of a run: from its folder, or learned again from the training data if there is no intact file.
 * @throws Fault if neither is available
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
      notes: broken === null ? [] : [`${PREPROCESSING_FILE} of the run is damaged: it was learned again from the training data.`],
    };
  } finally {
    await data.close();
  }
}

/** The facts of the samples as the network sees them. */
export function networkFacts({ facts, columns }: Preprocessing, recipe: Recipe): DatasetFacts {
  return encodedFacts(columns === null ? facts : { ...facts, columns }, recipe.data.encoding);
}

/** The source of a trained network's programs, without its data. */
export function trainedSource(recipe: Recipe, preprocessing: Preprocessing): ProgramSource {
  const facts = networkFacts(preprocessing, recipe);
  const { plan, problems } = planModel(recipe, facts);
  if (problems.length > 0) throw internal(`a run whose recipe does not suit its own data: ${problems.map(({ place }) => place).join(", ")}`);
  const { standardization, targetStandardization, classCounts } = preprocessing;
  return { recipe, plan, facts, standardization, targetStandardization, classCounts };
}
