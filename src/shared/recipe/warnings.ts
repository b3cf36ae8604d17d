/** Valid choices that the author should know about. Warnings do not prevent a start; they are shown beside the form and in the run's log. */
import type { Problem } from "../kit/fault.ts";
import { say } from "../kit/say.ts";
import type { Recipe } from "./recipe.ts";

export function recipeWarnings({ evaluation }: Recipe): readonly Problem[] {
  if (!evaluation.testEveryEpoch) return [];
  return [
    {
      place: "evaluation.testEveryEpoch",
      expected: say`shows the test part after every epoch, and whatever is chosen by it makes the test figure optimistic`,
      received: "true",
      remedy: say`Choose epochs, learning rates and models by the validation part, and report the test figure of the end, not the best of its curve.`,
    },
  ];
}
