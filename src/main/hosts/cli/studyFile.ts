/** Loads the study that the user names on the command line: a file, or one of the starters. */
import path from "node:path";
import { fail, nearestName, quote } from "../../../shared/kit/fault.ts";
import { isRecord } from "../../../shared/kit/record.ts";
import { loadRecipe, readJsonFile, withAbsolutePaths } from "./recipeFile.ts";
import type { Client } from "./session.ts";

/**
 * The study as written. Its recipe may be written there, or be the name of a starter recipe or of a recipe file; paths in the file are relative to its
 * folder.
 * @throws Fault if there is no such study, or a file is not JSON
 */
export async function loadStudy(text: string, client: Client): Promise<unknown> {
  if (!/[\\/]|\.json$/i.test(text)) return namedStudy(text, client);
  const study = await readJsonFile(text, "a study file", "Check the path; `descent study` explains its fields.");
  if (!isRecord(study) || Array.isArray(study)) return study;
  const folder = path.dirname(path.resolve(text));
  const named = "name" in study ? study : { name: path.basename(text, path.extname(text)), ...study };
  return { ...named, recipe: await recipeOf(study.recipe, folder, client) };
}

async function recipeOf(recipe: unknown, folder: string, client: Client): Promise<unknown> {
  if (typeof recipe !== "string") return withAbsolutePaths(recipe, folder);
  const place = /[\\/]|\.json$/i.test(recipe) ? path.resolve(folder, recipe) : recipe;
  return loadRecipe(place, [], () => client.recipes.list());
}

async function namedStudy(name: string, client: Client): Promise<unknown> {
  const starters = await client.studies.starters();
  const starter = starters.find((each) => each.name === name);
  if (starter !== undefined) return starter.study;
  const names = starters.map((each) => each.name);
  const near = nearestName(name, names);
  return fail(
    "missing",
    "STUDY",
    `must be a study file (ending in .json) or one of the studies ${names.join(", ")}`,
    quote(name),
    near === undefined ? "Choose one of these, or give a file." : `Did you mean "${near}"?`,
  );
}
