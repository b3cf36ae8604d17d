/** The comparison that the browser stores across reloads. Invalid data or another version gives null. */
import { z } from "zod";
import { parseRecipe } from "../../../shared/recipe/validate.ts";
import type { Comparison } from "./judgement.ts";

const count = z.int().min(0);
const schema = z.object({
  comparison: z.object({
    recipe: z.unknown(),
    validation: count,
    training: count,
    pairs: z.array(z.object({ seed: z.int(), with: z.string(), without: z.string() })),
  }),
});

export function readComparison(stored: unknown): Comparison | null {
  const read = schema.safeParse(stored);
  const recipe = read.success ? parseRecipe(read.data.comparison.recipe).recipe : null;
  return read.success && recipe !== null ? { ...read.data.comparison, recipe } : null;
}
