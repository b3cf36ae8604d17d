/**
 * Trials of a study: how many train in a minute with one trainer on all cores against one per core, and what a trial costs beside its training.
 * `npm run bench -- --only trials`. A study of small networks trains its trials one per core by default, because of the first figure.
 */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createRouterClient } from "@orpc/server";
import { createStudio } from "../src/main/studio.ts";
import { forkTrainer } from "../src/main/training/spawn.ts";
import type { RecipeInput } from "../src/shared/recipe/recipe.ts";
import type { StudyInput } from "../src/shared/tuning/study.ts";
import { busyShare } from "./load.ts";

/** Trials of one measured study, after those that start the trainers. */
const TRIALS = 24;
/** The cost beside training is the difference of trials of this many epochs. */
const EPOCHS = [1, 11] as const;

export interface TrialFigures {
  readonly cores: number;
  readonly busyBefore: number;
  /** Trials per minute: medians over the rounds, which alternate. */
  readonly onAllCores: number;
  readonly onePerCore: number;
  readonly ratio: number;
  /** Milliseconds of a trial of a small table that are not training, one trial at a time. */
  readonly besideTrainingMs: number;
}

const digits: RecipeInput = {
  name: "trials-digits",
  data: { source: { type: "shipped", name: "digits" } },
  model: { layers: [{ type: "flatten" }, { type: "dense", units: 64 }, { type: "relu" }, { type: "dense", units: 10 }] },
  loss: { type: "softmaxCrossEntropy" },
  optimizer: { type: "adam" },
  batch: { size: 32 },
  budget: { epochs: 5 },
};

const iris = (epochs: number): RecipeInput => ({
  name: `trials-iris-${epochs}`,
  data: { source: { type: "shipped", name: "iris" } },
  model: { layers: [{ type: "dense", units: 16 }, { type: "relu" }, { type: "dense", units: 3 }] },
  loss: { type: "softmaxCrossEntropy" },
  optimizer: { type: "adam" },
  batch: { size: 16 },
  budget: { epochs },
});

export async function measureTrials(rounds: number): Promise<TrialFigures> {
  const cores = os.availableParallelism();
  const busyBefore = await busyShare();
  const home = mkdtempSync(path.join(os.tmpdir(), "descent-bench-"));
  const studio = await createStudio({ home, host: "cli", spawnTrainer: forkTrainer });
  const client = createRouterClient(studio.router);
  /** Milliseconds of a study from its start to the end of its last trial. */
  const study = async (recipe: RecipeInput, parallel: StudyInput["parallel"], trials: number): Promise<number> => {
    const startedAt = performance.now();
    const space: StudyInput["space"] = [{ type: "float", name: "lr", paths: ["optimizer.lr"], min: 1e-4, max: 1e-2, log: true }];
    const { id } = await client.studies.start({ study: { recipe, space, parallel, trials, sampler: { type: "random" } } });
    for (;;) {
      const { status, counts } = await client.studies.get({ id });
      if (status === "completed") {
        if (counts.completed !== trials) throw new Error(`${counts.completed} of ${trials} trials completed`);
        return performance.now() - startedAt;
      }
      if (status !== "running") throw new Error(`the study is ${status}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  try {
    const perMinute: { all: number[]; each: number[] } = { all: [], each: [] };
    const beside: number[] = [];
    for (let round = -1; round < rounds; round++) {
      const all = await study(digits, { trials: 1, threads: cores }, TRIALS);
      const each = await study(digits, { trials: cores, threads: 1 }, TRIALS);
      const [short, long] = [await study(iris(EPOCHS[0]), { trials: 1, threads: 1 }, TRIALS), await study(iris(EPOCHS[1]), { trials: 1, threads: 1 }, TRIALS)];
      // The first round starts the trainers.
      if (round < 0) continue;
      perMinute.all.push((60_000 * TRIALS) / all);
      perMinute.each.push((60_000 * TRIALS) / each);
      const epochMs = (long - short) / TRIALS / (EPOCHS[1] - EPOCHS[0]);
      beside.push(short / TRIALS - EPOCHS[0] * epochMs);
    }
    const [onAllCores, onePerCore] = [medianOf(perMinute.all), medianOf(perMinute.each)];
    return { cores, busyBefore, onAllCores, onePerCore, ratio: onePerCore / onAllCores, besideTrainingMs: medianOf(beside) };
  } finally {
    await studio.close();
    rmSync(home, { recursive: true, force: true });
  }
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}

export function printTrials({ cores, busyBefore, onAllCores, onePerCore, ratio, besideTrainingMs }: TrialFigures): void {
  console.log(`\nTrials of a small network on the digits, ${cores} cores; others used ${(busyBefore * 100).toFixed(0)} % before`);
  console.log(`one trainer on all cores: ${onAllCores.toFixed(0)} a minute; one per core: ${onePerCore.toFixed(0)} a minute; ratio ${ratio.toFixed(2)}`);
  console.log(`a trial of iris costs ${besideTrainingMs.toFixed(0)} ms beside its training`);
}
