/** Studies shipped with Descent, in `resources/studies/*.json`. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { StarterStudy } from "../../shared/contract/studies.ts";
import { wordsSchema } from "../../shared/kit/schema.ts";
import { requireRecipe } from "../../shared/recipe/validate.ts";
import { studySchema } from "../../shared/tuning/study.ts";
import { resourcesFolder } from "../resources.ts";

const starter = z.strictObject({ title: wordsSchema, summary: wordsSchema, study: studySchema });

/** Sorted by name. */
export async function readStarterStudies(folder = path.join(resourcesFolder(), "studies")): Promise<readonly StarterStudy[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".json")).sort();
  return Promise.all(
    files.map(async (file) => {
      const { title, summary, study } = starter.parse(JSON.parse(await readFile(path.join(folder, file), "utf8")));
      return { name: path.basename(file, ".json"), title, summary, study: { ...study, recipe: requireRecipe(study.recipe) } };
    }),
  );
}
