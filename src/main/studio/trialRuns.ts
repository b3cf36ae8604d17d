/** Trains the runs of a study's trials through the scheduler, as runs of their own are trained. */
import os from "node:os";
import { fail } from "../../shared/kit/fault.ts";
import type { DatasetFacts } from "../../shared/recipe/facts.ts";
import type { SourceConfig } from "../../shared/recipe/sources.ts";
import type { TrialPlace } from "../history/runs.ts";
import type { CheckedRecipe, TrialRuns } from "../tuning/trialRuns.ts";
import { checkRecipe, requireStartable } from "./check.ts";
import { recordEnd, type StudioContext, summaryOf } from "./context.ts";
import { describeIn } from "./data/source.ts";
import { insertRun } from "./newRun.ts";
import { recipeOf } from "./recipeOf.ts";
import type { Scheduler } from "./scheduler.ts";

const RESUMABLE = ["paused", "stopped", "interrupted"] as const;

/** A source is described once for a whole study. */
export function describeOnce(context: Pick<StudioContext, "room">): (source: SourceConfig) => Promise<DatasetFacts> {
  const known = new Map<string, Promise<DatasetFacts>>();
  return (source) => {
    const text = JSON.stringify(source);
    const facts = known.get(text) ?? describeIn(context, source);
    known.set(text, facts);
    facts.catch(() => known.delete(text));
    return facts;
  };
}

export async function checkTrial(recipe: unknown, describe: (source: SourceConfig) => Promise<DatasetFacts>): Promise<CheckedRecipe> {
  const { problems, recipe: parsed, facts, memory } = await checkRecipe(recipe, describe);
  return { problem: problems[0] ?? null, recipe: parsed, facts: facts ?? null, memory: memory?.total ?? null };
}

/** As many trials at once as cores, where each has one thread. */
export function usualTrials(threads: number): number {
  return Math.max(1, Math.floor(os.availableParallelism() / threads));
}

export function trialRuns(context: StudioContext, scheduler: Scheduler): TrialRuns {
  const { history, hub, owner } = context;
  const describe = describeOnce(context);
  const memory = new Map<number, number>();
  return {
    usualTrials,
    check: (recipe) => checkTrial(recipe, describe),
    start: async (recipe, of: TrialPlace) => {
      const startable = await requireStartable(recipe, describe);
      if (scheduler.closing) fail("conflict", "the studio", "must be open to train", "a studio that is closing", "Start it again.");
      const { key, id } = insertRun(context, startable, null, of);
      memory.set(key, startable.memory.total);
      scheduler.enqueue(key, id, { rank: "trial", memoryBytes: startable.memory.total });
      return { key, id, trial: of.trial, place: of.place };
    },
    resume: async ({ key, id }) => {
      // Its row may say how it ended before the scheduler has let go of it.
      await scheduler.settled(key);
      recordEnd(context, key, id);
      const memoryBytes = memory.get(key) ?? (await checkTrial(recipeOf(history, key, id), describe)).memory ?? 0;
      if (scheduler.closing || !history.runs.claim(key, owner.id, RESUMABLE)) return false;
      scheduler.enqueue(key, id, { rank: "trial", memoryBytes });
      return true;
    },
    halt: ({ key, id }, reason) => {
      if (!scheduler.dequeue(key)) return scheduler.halt(key, reason);
      history.runs.update(key, { status: reason === "pause" ? "paused" : "stopped", owner: null, endedAt: Date.now() });
      hub.runs(id);
    },
    summary: ({ key }) => summaryOf(context, key),
    get version() {
      return hub.version;
    },
    changed: (version, signal) => hub.changed(version, signal),
    tell: (study) => hub.studies(study),
  };
}
