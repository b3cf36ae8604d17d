/** A smaller recipe that still fails: what it fails without is taken away, piece by piece, until nothing more can go. */
import { isRecord } from "../../../src/shared/kit/record.ts";
import type { Recipe } from "../../../src/shared/recipe/recipe.ts";
import { parseRecipe } from "../../../src/shared/recipe/validate.ts";

/** Parts that must stay, whatever they are. */
const NEEDED = ["format", "name", "type", "source", "model", "loss", "optimizer", "seed", "device"];

/** @param fails whether a recipe still does; false for one that is not valid */
export async function shrunk(recipe: Recipe, fails: (recipe: Recipe) => Promise<boolean>): Promise<Recipe> {
  for (const smaller of simpler(recipe)) {
    const { recipe: parsed } = parseRecipe(smaller);
    if (parsed === null || JSON.stringify(parsed) === JSON.stringify(recipe)) continue;
    if (await fails(parsed)) return shrunk(parsed, fails);
  }
  return recipe;
}

/** Every value with one field at its default or one item of a list less, the largest pieces first. */
function* simpler(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) yield value.toSpliced(i, 1);
    for (let i = 0; i < value.length; i++) for (const smaller of simpler(value[i])) yield value.toSpliced(i, 1, smaller);
  } else if (isRecord(value)) {
    for (const field of Object.keys(value).filter((each) => !NEEDED.includes(each))) {
      const { [field]: _, ...rest } = value;
      yield rest;
    }
    for (const [field, inner] of Object.entries(value)) for (const smaller of simpler(inner)) yield { ...value, [field]: smaller };
  }
}
