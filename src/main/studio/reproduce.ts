/** Writes a run as a folder that trains in plain PyTorch. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import packageJson from "../../../package.json" with { type: "json" };
import type { CheckpointInfo, Reproduction } from "../../shared/contract/runs.ts";
import { fail } from "../../shared/kit/fault.ts";
import { TRAINING_SAMPLE } from "../../shared/recipe/evaluation.ts";
import { damageOf } from "../storage/seal.ts";
import type { Measured, ReproduceRequest } from "../training/reproduce.ts";
import type { StudioContext } from "./context.ts";
import { performJob } from "./job.ts";
import { recipeOf } from "./recipeOf.ts";

const MEASURED = ["validation", "test", TRAINING_SAMPLE] as const;

/** @param steps number of recorded steps to reproduce; null for all */
export async function reproduceRun(
  context: StudioContext,
  key: number,
  id: string,
  folder: string,
  steps: number | null,
  signal: AbortSignal,
): Promise<Reproduction> {
  const { history, layout, spawnTrainer } = context;
  const target = path.resolve(folder);
  await requireEmpty(target);
  const recipe = recipeOf(history, key, id);
  const losses = history.metrics.values(key, "train.loss", steps);
  if (losses.length === 0)
    return fail("missing", `run ${id}`, "must have recorded steps to reproduce", "none yet", "Let it train for a while, then try again.");
  const rates = history.metrics.values(key, "train.learningRate", steps);
  const checkpoint = await newestWithin(history.checkpoints.list(key), layout.runFolder(id), losses.length);
  await performJob(spawnTrainer, {
    place: `run ${id}`,
    work: "the writing",
    job: {
      type: "reproduce",
      request: {
        recipe,
        folder: target,
        losses,
        rates,
        measured: measuredWithin(context, key, losses.length),
        checkpoint,
        origin: `run ${id} of Descent ${packageJson.version}`,
      },
    },
    signal,
    checkpoint: null,
  });
  return { folder: target, steps: losses.length, files: (await readdir(target)).sort() };
}

/** The newest intact checkpoint within some steps. */
async function newestWithin(kept: readonly CheckpointInfo[], folder: string, steps: number): Promise<ReproduceRequest["checkpoint"]> {
  for (const { file, hash, step } of kept.filter((each) => each.step <= steps).sort((a, b) => b.step - a.step)) {
    const where = path.join(folder, file);
    if ((await damageOf(where, hash)) === null) return { file: where, step };
  }
  return null;
}

/** Evaluations of whole parts within a run's first steps: after epochs, and the test at the end. */
function measuredWithin({ history }: StudioContext, key: number, steps: number): readonly Measured[] {
  const measured = MEASURED.flatMap((part): readonly Measured[] => {
    const byStep = new Map<number, Record<string, number>>();
    for (const name of history.metrics.names(key).filter((each) => each.startsWith(`${part}.`)))
      for (const { step, value } of history.metrics.page(key, name, 0, steps, steps)) {
        const metrics = byStep.get(step) ?? {};
        metrics[name.slice(part.length + 1)] = value;
        byStep.set(step, metrics);
      }
    return [...byStep].map(([step, metrics]) => ({ part, step, metrics }));
  });
  const { test, best, step: last } = history.runs.summary(key);
  const tested = best?.tested === true ? best.step : last;
  if (Object.keys(test).length === 0 || tested > steps) return measured;
  const metrics = Object.fromEntries(Object.entries(test).map(([name, value]) => [name.replace(/^test\./, ""), value]));
  return [...measured.filter(({ part, step }) => part !== "test" || step !== tested), { part: "test", step: tested, metrics }];
}

/** Existing files are not overwritten. */
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
      "must be empty or not exist",
      `a folder with ${found.length} ${found.length === 1 ? "entry" : "entries"}`,
      "Choose another folder, or empty this one.",
    );
}
