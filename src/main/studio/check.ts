/** Looks a recipe through with its data: the same judgement for the form while it is typed and for a start. */
import path from "node:path";
import type { RecipeCheck } from "../../shared/contract/types.ts";
import { Fault } from "../../shared/kit/fault.ts";
import type { DatasetFacts } from "../../shared/recipe/facts.ts";
import type { Recipe, SourceConfig } from "../../shared/recipe/recipe.ts";
import { splitCounts } from "../../shared/recipe/split.ts";
import { checkAgainstData, parseRecipe } from "../../shared/recipe/validate.ts";
import { describeSource } from "../data/sources.ts";

/** A recipe that can be started, and what its run will be. */
export interface Startable {
  readonly recipe: Recipe;
  readonly facts: DatasetFacts;
  readonly plan: NonNullable<RecipeCheck["plan"]>;
  readonly totalSteps: number;
}

/** Every problem that can be seen without reading samples. Never throws for a recipe that is at fault. */
export async function checkRecipe(input: unknown): Promise<RecipeCheck & { readonly startable: Startable | null }> {
  const { recipe, problems } = parseRecipe(input);
  if (recipe === null) return { problems, recipe, plan: null, startable: null };
  let facts: DatasetFacts;
  try {
    facts = await describeSource(recipe.data.source);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { problems: error.problems, recipe, plan: null, startable: null };
  }
  const counts = splitCounts(facts, recipe.data.split);
  const { plan, problems: misfits } = checkAgainstData(recipe, facts, counts.train);
  if (misfits.length > 0) return { problems: misfits, recipe, plan, startable: null };
  const totalSteps = recipe.budget.epochs * Math.ceil(counts.train / recipe.batch.size);
  return { problems: [], recipe, plan, startable: { recipe, facts, plan, totalSteps } };
}

/** @throws Fault with every problem found */
export async function requireStartable(input: unknown): Promise<Startable> {
  const { startable, problems } = await checkRecipe(input);
  if (startable === null) throw new Fault("input", problems);
  const { recipe } = startable;
  return { ...startable, recipe: { ...recipe, data: { ...recipe.data, source: absolute(recipe.data.source) } } };
}

/** A run is resumed from any working folder, so its files are kept as absolute paths. */
function absolute(source: SourceConfig): SourceConfig {
  switch (source.type) {
    case "shipped":
      return source;
    case "csv":
      return { ...source, path: path.resolve(source.path) };
    case "idx": {
      const { testSamples, testLabels } = source;
      return {
        ...source,
        samples: path.resolve(source.samples),
        labels: path.resolve(source.labels),
        ...(testSamples === undefined ? {} : { testSamples: path.resolve(testSamples) }),
        ...(testLabels === undefined ? {} : { testLabels: path.resolve(testLabels) }),
      };
    }
  }
}
