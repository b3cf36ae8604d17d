/** Writes a run as a folder that trains in plain PyTorch. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import packageJson from "../../../package.json" with { type: "json" };
import type { Reproduction } from "../../shared/contract/types.ts";
import { fail } from "../../shared/kit/fault.ts";
import { planModel } from "../../shared/recipe/plan.ts";
import { drawsOf } from "../../shared/recipe/torchScript.ts";
import { requireRecipe } from "../../shared/recipe/validate.ts";
import { describeSource } from "../data/sources.ts";
import type { StudioContext } from "./context.ts";
import { performJob } from "./job.ts";

/** @param steps how many of the recorded steps; null for all */
export async function reproduceRun(
  { history, spawnTrainer }: StudioContext,
  key: number,
  id: string,
  folder: string,
  steps: number | null,
  signal: AbortSignal,
): Promise<Reproduction> {
  const target = path.resolve(folder);
  await requireEmpty(target);
  const recipe = requireRecipe(history.recipes.read(history.runs.internals(key).recipe));
  const losses = history.metrics.values(key, "train.loss", steps);
  if (losses.length === 0)
    return fail("missing", `run ${id}`, "must have recorded steps to reproduce", "none yet", "Let it train for a while, then try again.");
  const rates = history.metrics.values(key, "train.learningRate", steps);
  await performJob(spawnTrainer, {
    place: `run ${id}`,
    work: "the writing",
    job: { type: "reproduce", request: { recipe, folder: target, losses, rates, origin: `run ${id} of Descent ${packageJson.version}` } },
    signal,
    checkpoint: null,
  });
  const { plan } = planModel(recipe, await describeSource(recipe.data.source));
  return { folder: target, steps: losses.length, files: (await readdir(target)).sort(), draws: drawsOf(recipe, plan) };
}

/** Nothing that is there already is written over. */
async function requireEmpty(folder: string): Promise<void> {
  let found: readonly string[];
  try {
    found = await readdir(folder);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return;
    fail(
      "input",
      folder,
      "must be a folder that can be written",
      error instanceof Error && "code" in error ? String(error.code) : String(error),
      "Choose another folder.",
    );
  }
  if (found.length > 0)
    fail(
      "conflict",
      folder,
      "must be empty or not there yet",
      `a folder with ${found.length} ${found.length === 1 ? "entry" : "entries"}`,
      "Choose another folder, or empty this one.",
    );
}
