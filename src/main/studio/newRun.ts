/** Stores a new run, to be queued. */
import type { TrialPlace } from "../history/runs.ts";
import type { Startable } from "./check.ts";
import type { StudioContext } from "./context.ts";
import { freshId } from "./ids.ts";

/** @param of the trial that it belongs to; absent for a run of its own */
export function insertRun(
  { history, owner }: StudioContext,
  { recipe, facts, plan, totalSteps }: Startable,
  checkpointEvery: number | null,
  of?: TrialPlace,
): { readonly key: number; readonly id: string } {
  const { runs, recipes, experiments, connection } = history;
  return connection.transaction(() => {
    const id = freshId((wanted) => runs.withPrefix(wanted, true).length > 0);
    const key = runs.insert({
      id,
      experiment: experiments.ensure("default"),
      recipe: recipes.ensure(recipe).key,
      name: recipe.name,
      owner: owner.id,
      dataset: facts.name,
      seed: recipe.seed,
      device: recipe.device.type,
      optimizer: recipe.optimizer.type,
      parameterCount: plan.parameterCount,
      plan,
      checkpointEvery,
      totalSteps,
      totalEpochs: recipe.budget.epochs,
      ...(of === undefined ? {} : { of }),
    });
    return { key, id };
  });
}
