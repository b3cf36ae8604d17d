/** Starts every fold of the draft's split: counts the runs, starts them one after the other, and then shows them. */
import { create } from "zustand";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import { foldRecipes, foldRunsPrefix, ownRuns } from "../../../shared/recipe/foldRuns.ts";
import { splitSchema } from "../../../shared/recipe/splitSchema.ts";
import { requireRecipe } from "../../../shared/recipe/validate.ts";
import { tellError, useBusy } from "../../api/actions.tsx";
import { client } from "../../api/client.ts";
import { placeRows } from "../../api/live.ts";
import { go } from "../../app/route.ts";
import { useRunsFilter } from "../../app/runsFilter.ts";
import { getAt } from "../../forms/path.ts";

/** More runs than this need the user's confirmation. */
export const ASKED_ABOVE = 50;

export type SeveralRuns = { readonly kind: "folds"; readonly count: number } | { readonly kind: "rounds" };

/** The runs of the draft's split; null if it is a single run or the draft cannot be read. */
export function severalRuns(recipe: unknown, facts: DatasetFacts | null): SeveralRuns | null {
  const split = splitSchema.safeParse(getAt(recipe, ["data", "split"]));
  if (!split.success || facts === null) return null;
  if (split.data.method.type === "bootstrap") return { kind: "rounds" };
  const count = ownRuns(split.data, facts);
  return count === null || count < 2 ? null : { kind: "folds", count };
}

/** How many runs have been started; null while nothing is being started. */
export const useFoldStarts = create<{ readonly progress: { readonly started: number; readonly total: number } | null }>()(() => ({ progress: null }));

/**
 * Queues all runs and shows them on the Runs screen, unless the user went to another screen meanwhile. If one is rejected, the
 * reason is shown and the rest is not started.
 * @param rounds of the bootstrap; null for other methods
 */
export async function startFolds(draft: unknown, facts: DatasetFacts, rounds: number | null): Promise<void> {
  if (useBusy.getState().starting) return;
  useBusy.setState({ starting: true });
  const place = window.location.hash;
  let started = 0;
  let prefix = "";
  try {
    const recipe = requireRecipe(draft);
    const recipes = foldRecipes(recipe, facts, rounds);
    prefix = foldRunsPrefix(recipe);
    for (const each of recipes) {
      useFoldStarts.setState({ progress: { started, total: recipes.length } });
      placeRows([await client.runs.start({ recipe: each })]);
      started++;
    }
  } catch (error) {
    tellError(error);
  }
  useFoldStarts.setState({ progress: null });
  useBusy.setState({ starting: false });
  if (started === 0 || window.location.hash !== place) return;
  useRunsFilter.setState({ filter: prefix });
  go({ screen: "runs" });
}
