/** Recipes that are not started yet. Plain JSON values: they cross processes. */
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
  /** Empty if the recipe can be started. */
  readonly problems: readonly Problem[];
  /** Choices that are allowed but that the author should know about; absent where there are none. */
  readonly warnings?: readonly Problem[];
  /** The recipe with its defaults; null where a field is invalid. */
  readonly recipe: Recipe | null;
  /** Shapes and counts as far as they could be computed; layers after one that does not fit are missing. */
  readonly plan: ModelPlan | null;
  /** Facts about the encoded data; absent while the data cannot be read. */
  readonly facts?: DatasetFacts;
  /** Memory that training would need; absent while anything is invalid. */
  readonly memory?: MemoryEstimate;
  /** Steps of the whole run; absent while anything is invalid. */
  readonly totalSteps?: number;
}

/** Progress of a learning-rate range test, with its result at the end. */
export type RangeTestEvent =
  | { readonly type: "points"; readonly points: readonly { readonly rate: number; readonly loss: number }[]; readonly total: number }
  | { readonly type: "result"; readonly result: RangeTestResult };
