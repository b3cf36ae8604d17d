/** Recipes before they are started. Plain JSON values: they cross processes. */
import type { Problem } from "../kit/fault.ts";
import type { Words } from "../kit/words.ts";
import type { RangeTestResult } from "../math/rangeTest.ts";
import type { DatasetFacts } from "../recipe/facts.ts";
import type { MemoryEstimate } from "../recipe/memory.ts";
import type { ModelPlan } from "../recipe/plan.ts";
import type { Recipe } from "../recipe/recipe.ts";

export interface StarterRecipe {
  readonly name: string;
  readonly title: Words;
  readonly summary: Words;
  readonly recipe: Recipe;
}

export interface RecipeCheck {
  /** Empty where the recipe can be started. */
  readonly problems: readonly Problem[];
  /** What the recipe may do and its author should know; absent where there is nothing. */
  readonly warnings?: readonly Problem[];
  /** The recipe with defaults, where its fields are valid. */
  readonly recipe: Recipe | null;
  /** Shapes and counts as far as they could be worked out; layers after a misfit have none. */
  readonly plan: ModelPlan | null;
  /** Of the data, encoded; absent while it cannot be read. */
  readonly facts?: DatasetFacts;
  /** What a training would take; absent while something else is wrong. */
  readonly memory?: MemoryEstimate;
  /** Steps of the whole run; absent while something is wrong. */
  readonly totalSteps?: number;
}

/** A learning-rate range test as it goes on, its reading at the end. */
export type RangeTestEvent =
  | { readonly type: "points"; readonly points: readonly { readonly rate: number; readonly loss: number }[]; readonly total: number }
  | { readonly type: "result"; readonly result: RangeTestResult };
