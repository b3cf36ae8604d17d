/** How long a whole trial of a study is. */
import type { DatasetFacts } from "../recipe/facts.ts";
import type { Recipe } from "../recipe/recipe.ts";
import { foldCount } from "../recipe/split.ts";
import { prunerDefinition } from "./definitions.ts";
import type { Study } from "./study.ts";

type Lengths = Pick<DatasetFacts, "length" | "givenTest" | "givenValidation">;
type WithRecipe = Study & { readonly recipe: Recipe };

/** For what does not depend on the number of samples: only leave-one-out does. */
export const UNKNOWN_LENGTHS: Lengths = { length: 0, givenTest: 0, givenValidation: 0 };

/** Number of repeats of a trial. */
export function repeatCount({ repeats, recipe }: WithRecipe, lengths: Lengths): number {
  if (repeats.type === "none") return 1;
  return repeats.type === "seeds" ? repeats.count : (foldCount(recipe.data.split, lengths) ?? 1);
}

/** Epochs of a whole trial, the most where they are searched; with a pruner over repeats, its repeats. */
export function trialLength(study: WithRecipe, lengths: Lengths): number {
  if (prunerDefinition(study.pruner).over === "repeats") return repeatCount(study, lengths);
  const searched = study.space.flatMap((parameter) => (parameter.type !== "choice" && parameter.paths.includes("budget.epochs") ? parameter.max : []));
  return Math.max(...(searched.length > 0 ? searched : [study.recipe.budget.epochs]));
}
