/** Evaluates a run's tested weights on one part of its data. */
import path from "node:path";
import type { SplitName } from "../training/records.ts";
import type { StudioContext } from "./context.ts";
import { performJob } from "./job.ts";
import { recipeOf } from "./recipeOf.ts";
import { intactCheckpoint } from "./startPoint.ts";

/** @param signal ends the trainer when the caller leaves */
export async function evaluateRun(
  context: StudioContext,
  key: number,
  id: string,
  split: SplitName,
  signal: AbortSignal,
): Promise<Readonly<Record<string, number>>> {
  const { history, layout, spawnTrainer } = context;
  const recipe = recipeOf(history, key, id);
  const checkpoint = await intactCheckpoint(context, key, id, "to evaluate");
  const { metrics } = await performJob(spawnTrainer, {
    place: `run ${id}`,
    work: "the evaluation",
    job: { type: "evaluate", run: id, recipe, checkpoint: path.join(layout.runFolder(id), checkpoint.file), split },
    signal,
    checkpoint,
  });
  return metrics;
}
