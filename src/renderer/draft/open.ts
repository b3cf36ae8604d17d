/** The ways into the workbench: open a run with its recipe, open a recipe to edit, train a recipe at once. */
import { notifications } from "@mantine/notifications";
import { isRecord } from "../../shared/kit/record.ts";
import { upgradeRecipe } from "../../shared/recipe/migrations/migrations.ts";
import { recipeInFile } from "../../shared/recipe/recipeFile.ts";
import { startRun } from "../api/actions.tsx";
import { setPreferences } from "../app/preferences.ts";
import { go } from "../app/route.ts";
import { readJson } from "../forms/jsonPlace.ts";
import { i18n } from "../i18n/index.ts";
import { offerUndo } from "../ui/undo.tsx";
import { replaceDraft, restoreDraft, showRecipe, useDraft } from "./draft.ts";
import { contentOf } from "./kept.ts";

/** Starts from a whole recipe. If that replaces the user's edits, it offers an undo. */
export function openRecipe(recipe: unknown): void {
  const former = contentOf(useDraft.getState());
  replaceDraft(recipe);
  if (former.edited && former.recipe !== recipe) offerUndo(i18n.t("form.replaced"), i18n.t("form.replacedText"), () => restoreDraft(former));
}

/** Fields that only a recipe has, unlike other JSON. */
const TELLING = ["data", "model", "loss", "optimizer"];
/** No recipe is this long, so a larger text must be something else. */
const LARGEST_TEXT = 2_000_000;

/**
 * Opens the text of a recipe from outside: a file, the clipboard. Invalid JSON is shown as text with the position of the error. Valid JSON that
 * is not a recipe is refused.
 */
export function openText(name: string, text: string): void {
  const read = text.length > LARGEST_TEXT ? { value: null } : readJson(text);
  if ("error" in read) {
    const former = contentOf(useDraft.getState());
    restoreDraft({ recipe: former.recipe, text, syntaxError: read.error, edited: true });
    setPreferences({ recipeAsJson: true });
    offerUndo(i18n.t("form.droppedBad", { name }), i18n.t("form.droppedBadText"), () => restoreDraft(former));
    return;
  }
  const recipe = upgradeRecipe(recipeInFile(read.value));
  if (!isRecord(recipe) || !TELLING.some((field) => Object.hasOwn(recipe, field))) {
    notifications.show({
      color: "red",
      title: i18n.t("form.notRecipe", { name }),
      message: i18n.t("form.notRecipeText"),
      closeButtonProps: { "aria-label": i18n.t("app.close") },
    });
    return;
  }
  const former = contentOf(useDraft.getState());
  replaceDraft(recipe);
  offerUndo(i18n.t("form.dropped", { name }), i18n.t("form.droppedText"), () => restoreDraft(former));
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
