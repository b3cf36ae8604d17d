/** Trains a recipe with and without its augmentations, seed by seed, as runs of the studio. */
import { create } from "zustand";
import { persist } from "zustand/middleware";
import type { RunSummary } from "../../../shared/contract/runs.ts";
import { Fault } from "../../../shared/kit/fault.ts";
import { splitCounts } from "../../../shared/recipe/split.ts";
import { attempt, isActive, stopRun } from "../../api/actions.tsx";
import { client } from "../../api/client.ts";
import { placeRows } from "../../api/live.ts";
import type { Comparison } from "./judgement.ts";
import { readComparison } from "./storedComparison.ts";

/** The latest comparison, kept across reloads. */
export const useComparison = create<{ readonly comparison: Comparison | null }>()(
  persist((): { comparison: Comparison | null } => ({ comparison: null }), {
    name: "descent.comparison",
    version: 1,
    merge: (stored) => ({ comparison: readComparison(stored) }),
  }),
);

interface Names {
  readonly with: string;
  readonly without: string;
}

/** Starts both sides of a draft with its own seed. */
export function beginComparison(draft: unknown, names: Names): Promise<void> {
  return attempt(async () => {
    const { recipe, facts, problems } = await client.recipes.check({ recipe: draft });
    if (recipe === null || facts === undefined) throw new Fault("input", problems);
    const { validation, train } = splitCounts(facts, recipe.data.split);
    await startPair({ recipe, validation, training: train, pairs: [] }, recipe.seed, names);
  });
}

/** Starts both sides with the next seeds. */
export async function addSeeds(count: number, names: Names): Promise<void> {
  for (let added = 0; added < count; added++) {
    const { comparison } = useComparison.getState();
    if (comparison === null) return;
    const started = await startPair(comparison, Math.max(...comparison.pairs.map(({ seed }) => seed)) + 1, names);
    if (!started) return;
  }
}

/** Starts both runs of a pair. If the second cannot start, the first is removed. */
async function startPair(comparison: Comparison, seed: number, names: Names): Promise<boolean> {
  let started = false;
  await attempt(async () => {
    const recipe = { ...comparison.recipe, seed };
    const augmented = await client.runs.start({ recipe: { ...recipe, name: names.with } });
    placeRows([augmented]);
    try {
      const plain = await client.runs.start({ recipe: { ...recipe, augmentation: [], name: names.without } });
      placeRows([plain]);
      useComparison.setState({ comparison: { ...comparison, pairs: [...comparison.pairs, { seed, with: augmented.id, without: plain.id }] } });
    } catch (error) {
      await client.runs.remove({ ids: [augmented.id] });
      throw error;
    }
    started = true;
  });
  return started;
}

/** Stops every queued or running run of the comparison. */
export async function stopComparison(runs: readonly RunSummary[]): Promise<void> {
  // Queued runs first, so that none of them starts meanwhile.
  const active = runs.filter(({ status }) => isActive(status)).sort((a, b) => Number(a.status === "running") - Number(b.status === "running"));
  for (const { id } of active) await stopRun(id);
}
