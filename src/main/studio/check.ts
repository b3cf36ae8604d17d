/** Checks a recipe together with its data, both while it is edited and before a start. */
import os from "node:os";
import path from "node:path";
import type { RecipeCheck } from "../../shared/contract/recipes.ts";
import { Fault, type Problem } from "../../shared/kit/fault.ts";
import { stepsPerEpoch } from "../../shared/recipe/batch.ts";
import { encodedFacts } from "../../shared/recipe/encoding.ts";
import type { DatasetFacts } from "../../shared/recipe/facts.ts";
import { estimateMemory, type MemoryEstimate } from "../../shared/recipe/memory.ts";
import type { Recipe } from "../../shared/recipe/recipe.ts";
import { mapPaths, type SourceConfig } from "../../shared/recipe/sources.ts";
import { splitCounts } from "../../shared/recipe/split.ts";
import { checkAgainstData, parseRecipe } from "../../shared/recipe/validate.ts";
import { recipeWarnings } from "../../shared/recipe/warnings.ts";
import { sizeText } from "../../shared/text/sizes.ts";
import { describeSource } from "../data/sources.ts";

/** A recipe that can be started, and the expected run. */
export interface Startable {
  readonly recipe: Recipe;
  readonly facts: DatasetFacts;
  readonly plan: NonNullable<RecipeCheck["plan"]>;
  readonly totalSteps: number;
  readonly memory: MemoryEstimate;
}

/** Every problem that can be found without reading samples. Never throws for an invalid recipe. */
export async function checkRecipe(
  input: unknown,
  describe: (source: SourceConfig) => Promise<DatasetFacts> = describeSource,
): Promise<RecipeCheck & { readonly startable: Startable | null }> {
  const { recipe, problems } = parseRecipe(input);
  if (recipe === null) return { problems, recipe, plan: null, startable: null };
  const known = recipeWarnings(recipe);
  return { ...(await checkOnData(recipe, describe)), ...(known.length > 0 ? { warnings: known } : {}) };
}

async function checkOnData(
  recipe: Recipe,
  describe: (source: SourceConfig) => Promise<DatasetFacts>,
): Promise<RecipeCheck & { readonly startable: Startable | null }> {
  let facts: DatasetFacts;
  try {
    facts = encodedFacts(await describe(recipe.data.source), recipe.data.encoding);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { problems: error.problems, recipe, plan: null, startable: null };
  }
  // For splits by groups or bootstrap these counts are estimates; the trainer reports the exact ones.
  const counts = splitCounts(facts, recipe.data.split);
  const { plan, problems: misfits } = checkAgainstData(recipe, facts, counts.train);
  if (misfits.length > 0) return { problems: misfits, recipe, plan, facts, startable: null };
  const memory = estimateMemory(recipe, plan, facts, counts.train);
  if (memory.total > os.totalmem()) return { problems: [tooLarge(recipe, memory)], recipe, plan, facts, memory, startable: null };
  const totalSteps = recipe.budget.epochs * stepsPerEpoch(recipe.batch, counts.train);
  return { problems: [], recipe, plan, facts, memory, totalSteps, startable: { recipe, facts, plan, totalSteps, memory } };
}

/** The problem of a training that needs more memory than this machine has. */
function tooLarge({ batch }: Recipe, { state, activations, total }: MemoryEstimate): Problem {
  const most = activations > state;
  return {
    place: most ? "batch.size" : "model.layers",
    expected: `must leave the training within this machine's memory of ${sizeText(os.totalmem())}`,
    received: `about ${sizeText(total)}: ${sizeText(activations)} for what the layers make of a batch of ${batch.size}, ${sizeText(state)} for weights and the optimizer`,
    remedy: most ? "Make the batch smaller and accumulate, or pool earlier in the model." : "Use fewer filters or units.",
  };
}

/** @throws Fault with every problem found */
export async function requireStartable(input: unknown, describe?: (source: SourceConfig) => Promise<DatasetFacts>): Promise<Startable> {
  const { startable, problems } = await checkRecipe(input, describe);
  if (startable === null) throw new Fault("input", problems);
  const { recipe } = startable;
  // Loaded when needed, so that the studio starts faster.
  if (recipe.device.type !== "cpu") await (await import("../engine/devices/report.ts")).requireDevice(recipe.device.type);
  // A run can be resumed from any working folder, so its files are stored as absolute paths.
  return { ...startable, recipe: { ...recipe, data: { ...recipe.data, source: mapPaths(recipe.data.source, (file) => path.resolve(file)) } } };
}
