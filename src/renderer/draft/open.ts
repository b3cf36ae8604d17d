/** The ways into the workbench: a run with its recipe, a recipe to edit, a recipe to train at once. */
import { startRun } from "../api/actions.tsx";
import { go } from "../app/route.ts";
import { replaceDraft, showRecipe } from "./draft.ts";

export function openRun(id: string): void {
  showRecipe("run");
  go({ screen: "workbench", run: id });
}

export function editRecipe(recipe: unknown): void {
  replaceDraft(recipe);
  go({ screen: "workbench", run: null });
}

export function trainRecipe(recipe: unknown): Promise<void> {
  replaceDraft(recipe);
  return startRun(recipe);
}
