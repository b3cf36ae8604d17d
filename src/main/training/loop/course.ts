/** Updates the schedule and early stopping after validations, and derives the settings of the next steps. Pure functions. */
import { learningRateFactor, observeValidation, startOfSchedule } from "../../../shared/catalog/schedules/factor.ts";
import { averagingWeight } from "../../../shared/recipe/averaging.ts";
import { bestRule } from "../../../shared/recipe/best.ts";
import { observeEpoch, type StoppingState, startOfStopping, stopsEarly } from "../../../shared/recipe/earlyStopping.ts";
import type { Recipe } from "../../../shared/recipe/recipe.ts";
import { digitsText } from "../../../shared/text/numbers.ts";
import type { StepControls } from "../../engine/programs/train.ts";
import type { Course, Restored } from "../checkpoints.ts";

export function courseAtStart(start: Restored, recipe: Recipe): Course {
  return start.course ?? { schedule: startOfSchedule(recipe.schedule), stopping: stoppingAfter(start, recipe) };
}

/** For a checkpoint of an earlier version, which stored no course. */
function stoppingAfter({ best, position }: Restored, recipe: Recipe): StoppingState {
  if (best === null) return startOfStopping();
  return { best: best.metrics[bestRule(recipe).series] ?? null, bestEpoch: best.epoch, waited: position.epoch - 1 - best.epoch };
}

/** Learning rates, and weights of the parameter average if there is one, for the steps after `step`. */
export function controlsOf(recipe: Recipe, course: Course, step: number, steps: number, stepsPerEpoch: number): StepControls {
  const { schedule, warmup, optimizer, averaging, budget } = recipe;
  const plan = { schedule, warmup, state: course.schedule };
  const position = (i: number) => ({ step: step + i, totalSteps: stepsPerEpoch * budget.epochs, stepsPerEpoch });
  return {
    rates: Float32Array.from({ length: steps }, (_, i) => optimizer.lr * learningRateFactor(plan, position(i))),
    ...(averaging.type === "none" ? {} : { averaging: Float32Array.from({ length: steps }, (_, i) => averagingWeight(averaging, step + i, stepsPerEpoch)) }),
  };
}

/**
 * The course after a validation.
 * @param metrics the finite metrics, including the loss
 * @returns `improved` if the epoch is the best so far
 */
export function courseAfter(recipe: Recipe, before: Course, metrics: Readonly<Record<string, number>>, epoch: number): { course: Course; improved: boolean } {
  const watched = metrics[bestRule(recipe).series] ?? Number.NaN;
  const { state: stopping, improved } = observeEpoch(recipe.earlyStopping, before.stopping, watched, epoch);
  return { course: { schedule: observeValidation(recipe.schedule, before.schedule, metrics["validation.loss"] ?? Number.NaN), stopping }, improved };
}

/** Lines for the log after an epoch. @param bestEpoch null if there is none */
export function notesOn(recipe: Recipe, before: Course, after: Course, epoch: number, bestEpoch: number | null): readonly string[] {
  const notes: string[] = [];
  const [was, is] = [before.schedule?.factor, after.schedule?.factor];
  if (was !== undefined && is !== undefined && is < was)
    notes.push(`After epoch ${epoch} the learning rate is reduced to ${digitsText(recipe.optimizer.lr * is, 6)}: the validation loss was on a plateau.`);
  if (stopsEarly(recipe.earlyStopping, after.stopping)) {
    const since = bestEpoch === null ? "was never a finite number" : `has not improved since epoch ${bestEpoch}`;
    notes.push(`Stopped early after epoch ${epoch}: ${bestRule(recipe).series} ${since}.`);
  }
  return notes;
}
