/** What a study needs of the studio: the runs of its trials, which the studio trains like any other run. */
import type { RunSummary } from "../../shared/contract/runs.ts";
import type { Problem } from "../../shared/kit/fault.ts";
import type { DatasetFacts } from "../../shared/recipe/facts.ts";
import type { Recipe } from "../../shared/recipe/recipe.ts";
import type { TrialPlace, TrialRun } from "../history/runs.ts";

export interface CheckedRecipe {
  /** The first problem; null for a recipe that can be trained. */
  readonly problem: Problem | null;
  readonly recipe: Recipe | null;
  readonly facts: DatasetFacts | null;
  /** Bytes that training needs, by estimate; null where that is unknown. */
  readonly memory: number | null;
}

export interface TrialRuns {
  /** What is wrong with a recipe. The data are described once. */
  check(recipe: unknown): Promise<CheckedRecipe>;
  /** Stores a run of a trial and queues it. @throws Fault if it cannot be started */
  start(recipe: unknown, of: TrialPlace): Promise<TrialRun>;
  /** Queues a run that has halted. @returns false if it cannot be resumed, because it was removed or the studio closes */
  resume(run: TrialRun): Promise<boolean>;
  /** Takes a run out of the queue, or lets its trainer write a checkpoint and end. */
  halt(run: TrialRun, reason: "pause" | "stop"): void;
  summary(run: TrialRun): RunSummary;
  /** Grows with every change of a run. */
  readonly version: number;
  /** Resolves when the version differs, or the signal is aborted. */
  changed(version: number, signal: AbortSignal): Promise<void>;
  /** How many trials of this many threads may train at once, where a study does not say. */
  usualTrials(threads: number): number;
  /** Tells listeners that a study changed. */
  tell(study: string): void;
}
