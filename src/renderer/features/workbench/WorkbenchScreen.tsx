/** The workbench: a recipe on the left, its run on the right, and their keyboard shortcuts. */
import { useHotkeys } from "@mantine/hooks";
import { lazy, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { startRun, toggleRun } from "../../api/actions.tsx";
import { useRun } from "../../api/client.ts";
import { setPreferences, usePreferences } from "../../app/preferences.ts";
import { useDraft } from "../../draft/draft.ts";
import { openRecipe } from "../../draft/open.ts";
import { Divided } from "./Divided.tsx";
import { RunPane } from "./RunPane.tsx";

/** The form is most of the screen's code and rendering. It loads lazily, so that the run and its controls appear first. */
const RecipePane = lazy(() => import("./RecipePane.tsx").then((module) => ({ default: module.RecipePane })));

/** Shortcuts by physical key, so that they work with a Korean keyboard layout. */
const BY_PLACE = { usePhysicalKeys: true };

export function WorkbenchScreen({ id }: { readonly id: string | null }) {
  const { t } = useTranslation();
  const { data, error } = useRun(id);
  const run = id === null ? null : (data ?? null);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.code !== "Space" || event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || ownsSpace(event.target)) return;
      event.preventDefault();
      if (run !== null && toggleRun(run)) return;
      const { recipe, syntaxError } = useDraft.getState();
      if (recipe !== null && syntaxError === null && (id === null || run !== null)) void startRun(recipe);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [id, run]);

  useHotkeys([
    ["j", () => setPreferences({ recipeAsJson: !usePreferences.getState().recipeAsJson }), BY_PLACE],
    ["e", () => run !== null && openRecipe(run.recipe), BY_PLACE],
  ]);

  return (
    <>
      <h1 className="visually-hidden">{t("app.workbench")}</h1>
      <Divided
        form={
          <Suspense fallback={<section />}>
            <RecipePane run={run} />
          </Suspense>
        }
        pane={<RunPane id={id} run={run} error={error} />}
      />
    </>
  );
}

/** Whether the focused element handles Space itself: text fields insert it, controls are activated. */
function ownsSpace(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest("input, textarea, select, button, a, summary, [contenteditable], [role=dialog], [role=menu], [role=slider], [role=separator]") !== null
  );
}
