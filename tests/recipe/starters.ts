/** The starter recipes as their files say, and the facts of shipped data sets. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { shippedDatasets } from "../../src/main/data/shipped.ts";
import type { DatasetFacts } from "../../src/shared/recipe/facts.ts";
import { type Recipe, recipeSchema } from "../../src/shared/recipe/recipe.ts";

const folder = fileURLToPath(new URL("../../resources/recipes", import.meta.url));

export interface StarterFile {
  readonly title: string;
  readonly summary: string;
  readonly recipe: Record<string, unknown>;
}

export const starterNames: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.replace(/\.json$/, ""))
  .sort();

export function starterFile(name: string): StarterFile {
  return JSON.parse(readFileSync(`${folder}/${name}.json`, "utf8"));
}

export function starterRecipe(name: string): Recipe {
  return recipeSchema.parse(starterFile(name).recipe);
}

export function factsOf(dataset: string): DatasetFacts {
  const entry = shippedDatasets().find(({ name }) => name === dataset);
  if (entry === undefined) throw new Error(`no shipped data set ${dataset}`);
  return entry.facts;
}
