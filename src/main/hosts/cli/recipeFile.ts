/** Loads the recipe that the user names on the command line: a file, or one of the starters. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fail, nearestName, quote } from "../../../shared/kit/fault.ts";
import { jsonErrorOffset, lineAndColumn } from "../../../shared/kit/jsonError.ts";
import { isRecord } from "../../../shared/kit/record.ts";
import { upgradeRecipe } from "../../../shared/recipe/migrations/migrations.ts";
import { presetRecipes } from "../../../shared/recipe/presetRecipes.ts";
import { recipeInFile } from "../../../shared/recipe/recipeFile.ts";
import { setField } from "../../../shared/recipe/set.ts";
import { mapRecipePaths } from "../../../shared/recipe/sources.ts";

interface Starter {
  readonly name: string;
  readonly recipe: unknown;
}

/**
 * The recipe as written, upgraded to the present version, with `--set` applied and file paths made absolute. Paths in a file are relative to its folder,
 * those in `--set` to the working folder.
 * @param starters called only if `text` is not a path
 * @throws Fault if there is no such recipe, the file is not JSON, or an assignment names no field
 */
export async function loadRecipe(text: string, assignments: readonly string[], starters: () => Promise<readonly Starter[]>): Promise<unknown> {
  let recipe = looksLikePath(text) ? await readRecipeFile(text) : await namedRecipe(text, starters);
  for (const assignment of assignments) recipe = setField(recipe, assignment);
  return withAbsolutePaths(recipe, process.cwd());
}

function looksLikePath(text: string): boolean {
  return /[\\/]|\.json$/i.test(text);
}

async function namedRecipe(name: string, starters: () => Promise<readonly Starter[]>): Promise<unknown> {
  const known = [...(await starters()), ...presetRecipes()];
  const starter = known.find((entry) => entry.name === name);
  if (starter !== undefined) return starter.recipe;
  const names = known.map((entry) => entry.name);
  const near = nearestName(name, names);
  return fail(
    "missing",
    "RECIPE",
    `must be a recipe file (ending in .json) or one of the recipes ${names.join(", ")}`,
    quote(name),
    near ? `Did you mean "${near}"?` : "Choose one of these, or give a file.",
  );
}

async function readRecipeFile(file: string): Promise<unknown> {
  const value = await readJsonFile(file, "a recipe file", "Check the path; `descent recipes` lists the starters that need no file.");
  const recipe = upgradeRecipe(recipeInFile(value));
  const named = isRecord(recipe) && !Array.isArray(recipe) && !("name" in recipe) ? { name: path.basename(file, path.extname(file)), ...recipe } : recipe;
  return withAbsolutePaths(named, path.dirname(path.resolve(file)));
}

/**
 * The JSON in a file.
 * @param what it must be, for a fault: "a recipe file"
 * @param remedy what to do if there is no such file
 */
export async function readJsonFile(file: string, what: string, remedy: string): Promise<unknown> {
  const text = await readText(file, what, remedy);
  const offset = jsonErrorOffset(text);
  if (offset !== null) {
    const { line, column } = lineAndColumn(text, offset);
    const found = offset < text.length ? quote(String.fromCodePoint(text.codePointAt(offset) ?? 0)) : "the end of the file";
    fail("input", `${file}:${line}:${column}`, "must be JSON", found, "Correct the file there: commas, quotes and brackets are the usual causes.");
  }
  return JSON.parse(text);
}

async function readText(file: string, what: string, remedy: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    if (code === "ENOENT") return fail("missing", file, `must be ${what} that exists`, "nothing", remedy);
    if (code === "EISDIR") return fail("input", file, "must be a file", "a folder", `Name ${what} inside it.`);
    return fail("environment", file, "must be readable", code, "Check the permissions of the file.");
  }
  try {
    // The decoder drops a byte order mark, which some editors write.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return fail("input", file, "must be UTF-8 text", "bytes that are not", "Save the file as UTF-8.");
  }
}

/** A copy with absolute paths of data files, so that the run can be resumed from any folder. */
export function withAbsolutePaths(recipe: unknown, folder: string): unknown {
  return mapRecipePaths(recipe, (file) => path.resolve(folder, file));
}
