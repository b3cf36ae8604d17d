/** What the list of runs says of their recipes: single values for columns, and what tells runs of one name apart. */
import { setImmediate as breathe } from "node:timers/promises";
import { type Difference, differencesAmong } from "../../shared/recipe/differences.ts";
import { shortValue, valueAt } from "../../shared/recipe/leaves.ts";
import { upgradeRecipe } from "../../shared/recipe/migrations/migrations.ts";
import type { History } from "../history/history.ts";

/** Recipes parsed between two turns of the event loop: some milliseconds. */
const READ_AT_ONCE = 200;
/** Recipes of one name that are compared; the newest, where there are more. */
const COMPARED = 300;
/** Differences told of one run. */
const TOLD = 8;

/** Values at paths, by the recipe's hash. A field that a recipe does not have is left out, and so is a recipe that is damaged. */
export async function recipeValues(
  { recipes }: History,
  hashes: readonly string[],
  paths: readonly string[],
): Promise<Readonly<Record<string, Readonly<Record<string, unknown>>>>> {
  const found: [string, Record<string, unknown>][] = [];
  for (let start = 0; start < hashes.length; start += READ_AT_ONCE) {
    if (start > 0) await breathe();
    for (const [hash, stored] of recipes.readAmong(hashes.slice(start, start + READ_AT_ONCE))) {
      const recipe = upgradeRecipe(stored);
      const values = paths.map((path) => [path, shortValue(valueAt(recipe, path))] as const).filter(([, value]) => value !== undefined);
      found.push([hash, Object.fromEntries(values)]);
    }
  }
  return Object.fromEntries(found);
}

/** What tells each run of a name from the others of that name, by the run's id. Runs of equal recipes have nothing to tell. */
export function namesakeDifferences({ runs, recipes }: History, name: string): Readonly<Record<string, readonly Difference[]>> {
  const named = runs.named(name);
  const hashes = [...new Set(named.map(({ recipeHash }) => recipeHash))].slice(0, COMPARED);
  const read = recipes.readAmong(hashes);
  const known = hashes.filter((hash) => read.has(hash));
  const differences = differencesAmong(known.map((hash) => upgradeRecipe(read.get(hash))));
  const byHash = new Map(known.map((hash, index) => [hash, (differences[index] ?? []).slice(0, TOLD).map(short)]));
  return Object.fromEntries(named.map(({ id, recipeHash }) => [id, byHash.get(recipeHash) ?? []]));
}

function short(difference: Difference): Difference {
  return { ...difference, value: shortValue(difference.value) };
}
