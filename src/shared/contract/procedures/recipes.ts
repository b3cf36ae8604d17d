/** Recipes that are not started yet. */
import { eventIterator, oc, type } from "@orpc/contract";
import { z } from "zod";
import type { RangeTestEvent, RecipeCheck, StarterRecipe } from "../recipes.ts";

export const recipes = {
  list: oc.output(type<readonly StarterRecipe[]>()),
  /** Every preset as a recipe on a data set that comes with Descent. */
  presets: oc.output(type<readonly StarterRecipe[]>()),
  /** Validates a recipe that may be incomplete, and computes its shapes. Never throws for an invalid recipe. */
  check: oc.input(z.strictObject({ recipe: z.unknown() })).output(type<RecipeCheck>()),
  /** Trains a new network while the learning rate grows geometrically. Stores nothing, and ends when the listener disconnects. */
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
