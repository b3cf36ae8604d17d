/** The ways into the workbench: a run with its recipe, a recipe to edit, a recipe to train at once. */
import { startRun } from "../api/actions.tsx";
import { go } from "../app/route.ts";
import { i18n } from "../i18n/index.ts";
import { offerUndo } from "../ui/undo.tsx";
import { replaceDraft, restoreDraft, showRecipe, useDraft } from "./draft.ts";
import { contentOf } from "./kept.ts";

/** Begins from a whole recipe. Where that leaves what a person wrote, the way back is offered. */
export function openRecipe(recipe: unknown): void {
  const former = contentOf(useDraft.getState());
  replaceDraft(recipe);
  if (former.edited && former.recipe !== recipe) offerUndo(i18n.t("form.replaced"), i18n.t("form.replacedText"), () => restoreDraft(former));
}

export function openRun(id: string): void {
  showRecipe("run");
  go({ screen: "workbench", run: id });
}

export function editRecipe(recipe: unknown): void {
  openRecipe(recipe);
  go({ screen: "workbench", run: null });
}

export function trainRecipe(recipe: unknown): Promise<void> {
  openRecipe(recipe);
  return startRun(recipe);
}
