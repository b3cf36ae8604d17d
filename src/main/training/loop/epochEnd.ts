/** What is measured when an epoch ends, under the weights of its last step. */
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
  readonly evaluations: { readonly validation: EvaluationProgram; readonly test: EvaluationProgram };
  readonly halted: () => boolean;
  readonly note: (text: string) => void;
}

export interface EpochEnd {
  /** Decides the best epoch, the learning rate and when to stop; null where there is no validation part. */
  readonly validation: Metrics | null;
  /** Recorded, and looked at by nothing. */
  readonly watched: Metrics;
}

/** Null where it was halted in the middle: a resumed run begins with it again. */
export async function measureEpochEnd(parts: EpochEndParts, state: State): Promise<EpochEnd | null> {
  const { recipe, validation, test, evaluations, halted, note } = parts;
  const watched = recipe.evaluation.testEveryEpoch ? await evaluateFeed(evaluations.test, test, state, "test", halted) : {};
  if (watched === null) return null;
  if (validation.length === 0) return { validation: null, watched };
  const measured = await evaluateFeed(evaluations.validation, validation, state, "validation", halted, note);
  return measured && { validation: measured, watched };
}

/** Those that are defined. */
export function finite(metrics: Metrics): Metrics {
  return Object.fromEntries(Object.entries(metrics).filter(([, value]) => Number.isFinite(value)));
}
