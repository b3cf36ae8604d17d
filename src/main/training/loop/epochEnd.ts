/** The evaluations at the end of an epoch, with the weights of its last step. */
import { TRAINING_SAMPLE } from "../../../shared/recipe/evaluation.ts";
import type { Recipe } from "../../../shared/recipe/recipe.ts";
import type { EvaluationProgram } from "../../engine/programs/evaluate.ts";
import type { State } from "../../engine/state.ts";
import { evaluateFeed } from "../evaluation.ts";
import type { Feed } from "../feed.ts";

export type Metrics = Readonly<Record<string, number>>;

export interface EpochEndParts {
  readonly recipe: Recipe;
  readonly validation: Feed;
  readonly test: Feed;
  /** Of the training part, as they are in the data; null where none are measured. */
  readonly trainingSample: Feed | null;
  /** Compiled for the lengths of all of these. */
  readonly evaluation: EvaluationProgram;
  readonly halted: () => boolean;
  readonly note: (text: string) => void;
}

export interface EpochEnd {
  /** Decides the best epoch, the learning rate and early stopping; null without a validation part. */
  readonly validation: Metrics | null;
  /** Only recorded; no decision uses them. */
  readonly watched: Metrics;
}

/** Null if it was halted: a resumed run repeats it. */
export async function measureEpochEnd(parts: EpochEndParts, state: State): Promise<EpochEnd | null> {
  const { recipe, validation, test, trainingSample, evaluation, halted, note } = parts;
  const measured = validation.length === 0 ? {} : await evaluateFeed(evaluation, validation, state, "validation", halted, note);
  if (measured === null) return null;
  const tested = recipe.evaluation.testEveryEpoch ? await evaluateFeed(evaluation, test, state, "test", halted) : {};
  if (tested === null) return null;
  const ofTraining = trainingSample === null ? {} : await evaluateFeed(evaluation, trainingSample, state, TRAINING_SAMPLE, halted);
  if (ofTraining === null) return null;
  return { validation: validation.length === 0 ? null : measured, watched: { ...tested, ...ofTraining } };
}

/** The metrics that are defined. */
export function finite(metrics: Metrics): Metrics {
  return Object.fromEntries(Object.entries(metrics).filter(([, value]) => Number.isFinite(value)));
}
