/** Keeps data sets, prepared data and compiled augmentation programs open between questions, as long as the sources do not change. */
import { Fault } from "../../../shared/kit/fault.ts";
import { augmentationProblems } from "../../../shared/recipe/augmentation.ts";
import type { Recipe } from "../../../shared/recipe/recipe.ts";
import type { SourceConfig } from "../../../shared/recipe/sources.ts";
import type { Dataset } from "../../data/dataset.ts";
import { fingerprintOf } from "../../data/fingerprint.ts";
import { openDataset } from "../../data/sources.ts";
import { AugmentationProgram, type AugmentationSource, structureOf } from "../../engine/programs/augment.ts";
import { augmentationSource, type PreparedData, prepareData } from "../prepare.ts";

/** At most this many of each kind are kept. */
const MAX_KEPT = 3;

/** A cache of the most recent values, by a key that contains everything they depend on. */
class Kept<T> {
  readonly #kept = new Map<string, Promise<T>>();
  readonly #end: (thing: T) => Promise<void>;

  constructor(end: (thing: T) => Promise<void>) {
    this.#end = end;
  }

  get(key: string, make: () => Promise<T>): Promise<T> {
    const made = this.#kept.get(key) ?? make();
    this.#kept.delete(key);
    this.#kept.set(key, made);
    // A failure is not cached.
    made.catch(() => this.#kept.delete(key));
    const [oldest] = this.#kept;
    if (this.#kept.size > MAX_KEPT && oldest !== undefined) {
      this.#kept.delete(oldest[0]);
      oldest[1].then(this.#end).catch(() => {});
    }
    return made;
  }
}

/** Checking whether a source has changed takes at most this fraction of the time, so that a folder of images is not scanned for every move of a slider. */
const LOOKING = 1 / 20;

let looked: { readonly source: string; readonly fingerprint: string; readonly until: number } | null = null;

async function lookedAt(source: SourceConfig): Promise<string> {
  const text = JSON.stringify(source);
  const startedAt = performance.now();
  if (looked?.source === text && startedAt < looked.until) return looked.fingerprint;
  const fingerprint = await fingerprintOf(source);
  const endedAt = performance.now();
  looked = { source: text, fingerprint, until: endedAt + (endedAt - startedAt) / LOOKING };
  return fingerprint;
}

const datasets = new Kept<Dataset>((dataset) => dataset.close());
const prepared = new Kept<PreparedData>((data) => data.close());
const sources = new Kept<AugmentationSource>(async () => {});
const programs = new Kept<AugmentationProgram>((program) => program.dispose());

/** The data set as in its source, not encoded. */
export async function openedDataset(source: SourceConfig): Promise<Dataset> {
  return datasets.get(await lookedAt(source), () => openDataset(source));
}

/** The prepared data of a recipe. */
export async function openedData(recipe: Recipe): Promise<{ readonly key: string; readonly data: PreparedData }> {
  const key = JSON.stringify([await lookedAt(recipe.data.source), recipe.data, recipe.seed]);
  return { key, data: await prepared.get(key, () => prepareData(recipe)) };
}

/**
 * The compiled program of a recipe's augmentations, and their present strengths. Moving a slider compiles nothing.
 * @throws Fault if the augmentations do not fit the data
 */
export async function openedProgram(
  recipe: Recipe,
): Promise<{ readonly program: AugmentationProgram; readonly source: AugmentationSource; readonly data: PreparedData }> {
  const { key, data } = await openedData(recipe);
  const problems = augmentationProblems(recipe, data.dataset.facts);
  if (problems.length > 0) throw new Fault("input", problems);
  const known = await sources.get(key, () => augmentationSource(recipe, data));
  const source = { ...known, augmentations: recipe.augmentation };
  const program = await programs.get(key + structureOf(recipe.augmentation), () => AugmentationProgram.compile(source));
  return { program, source, data };
}
