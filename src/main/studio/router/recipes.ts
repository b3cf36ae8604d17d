/** Recipes before they are started. */
import { presetRecipes } from "../../../shared/recipe/presetRecipes.ts";
import { checkRecipe } from "../check.ts";
import { describeIn } from "../data/source.ts";
import { testRange } from "../rangeTest.ts";
import { readStarters } from "../starters.ts";
import type { Root, RouterParts } from "./root.ts";

export function recipesProcedures(root: Root, { context, closing }: RouterParts) {
  const { hub } = context;
  return {
    list: root.recipes.list.handler(() => readStarters()),
    presets: root.recipes.presets.handler(() => presetRecipes()),
    check: root.recipes.check.handler(async ({ input }) => {
      const { startable: _, ...check } = await checkRecipe(input.recipe, (source) => describeIn(context, source));
      return check;
    }),
    rangeTest: root.recipes.rangeTest.handler(({ input, signal }) =>
      hub.stream(signal, (until) => testRange(context, input, AbortSignal.any([until, closing]))),
    ),
  };
}
