/** Recipes shipped with Descent, in `resources/recipes/*.json`. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { StarterRecipe } from "../../shared/contract/recipes.ts";
import { wordsSchema } from "../../shared/kit/schema.ts";
import { requireRecipe } from "../../shared/recipe/validate.ts";
import { resourcesFolder } from "../resources.ts";

const starter = z.strictObject({ title: wordsSchema, summary: wordsSchema, recipe: z.unknown() });

/** Sorted by name. */
export async function readStarters(folder = path.join(resourcesFolder(), "recipes")): Promise<readonly StarterRecipe[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".json")).sort();
  return Promise.all(
    files.map(async (file) => {
      const { title, summary, recipe } = starter.parse(JSON.parse(await readFile(path.join(folder, file), "utf8")));
      return { name: path.basename(file, ".json"), title, summary, recipe: requireRecipe(recipe) };
    }),
  );
}
