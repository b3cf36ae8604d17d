/** Recipes before they are started. */
import { eventIterator, oc, type } from "@orpc/contract";
import { z } from "zod";
import type { RangeTestEvent, RecipeCheck, StarterRecipe } from "../recipes.ts";

export const recipes = {
  list: oc.output(type<readonly StarterRecipe[]>()),
  /** Every preset as a recipe on data that comes with Descent. */
  presets: oc.output(type<readonly StarterRecipe[]>()),
  /** Validates a recipe as typed so far and works out its shapes. Never throws for a bad recipe. */
  check: oc.input(z.strictObject({ recipe: z.unknown() })).output(type<RecipeCheck>()),
  /** Trains a fresh network while the learning rate grows geometrically; leaves nothing behind, and ends when the listener leaves. */
  rangeTest: oc
    .input(
      z
        .strictObject({
          recipe: z.unknown(),
          from: z.number().positive().default(1e-6),
          to: z.number().positive().max(1000).default(10),
          steps: z.int().min(10).max(10_000).default(200),
        })
        .refine(({ from, to }) => from < to, { path: ["to"], message: "must be greater than from" }),
    )
    .output(eventIterator(type<RangeTestEvent>())),
};
