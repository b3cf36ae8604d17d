/**
 * More epochs for a run that has already trained. If its learning rates do not depend on the length of the run, the result is bit for bit that of a
 * run with the new budget from the start; otherwise, notes describe the difference. A run that ended by early stopping gets the patience that it
 * needs for all requested epochs.
 */
import { learningRateFactor, startOfSchedule } from "../catalog/schedules/factor.ts";
import { fail } from "../kit/fault.ts";
import { say } from "../kit/say.ts";
import { digitsText } from "../text/numbers.ts";
import type { Recipe } from "./recipe.ts";

/** The progress of a run. */
export interface Trained {
  readonly status: string;
  /** The last completed epoch, from 1. */
  readonly epoch: number;
  readonly totalEpochs: number;
  readonly step: number;
  readonly totalSteps: number;
}

export interface Extension {
  /** The recipe with the new budget. */
  readonly recipe: Recipe;
  readonly totalSteps: number;
  /** Learning rates of the last step and of the next one, if past rates differ from those of the new budget; otherwise null. */
  readonly rate: { readonly last: number; readonly next: number } | null;
  /** The old and the new patience, if it must grow; otherwise null. */
  readonly patience: { readonly before: number; readonly after: number } | null;
}

/** Number of steps at which two budgets are compared. */
const COMPARED = 1000;
export const MOST_EPOCHS = 1_000_000;

/** The new total: epochs added to those trained by a completed run, or to those planned for another. */
export function totalWithMore({ status, epoch, totalEpochs }: Trained, more: number): number {
  return (status === "completed" ? epoch : totalEpochs) + more;
}

/**
 * @param epochs the new total
 * @throws Fault if the run has already trained more
 */
export function extended(recipe: Recipe, run: Trained, epochs: number): Extension {
  const completed = run.status === "completed";
  const fewest = completed ? run.epoch + 1 : Math.max(1, run.epoch);
  if (!Number.isInteger(epochs) || epochs < fewest || epochs > MOST_EPOCHS)
    fail(
      "input",
      "epochs",
      completed
        ? say`must be a whole number from ${fewest} to ${MOST_EPOCHS}: all epochs of the run, of which it has trained ${run.epoch}`
        : say`must be a whole number from ${fewest} to ${MOST_EPOCHS}: all epochs of the run, of which it has begun ${run.epoch}`,
      String(epochs),
      say`Give it ${fewest} or more, or say how many more, as in +10.`,
    );
  const stepsPerEpoch = run.totalSteps / run.totalEpochs;
  const totalSteps = stepsPerEpoch * epochs;
  const { earlyStopping } = recipe;
  // At its end, a run has waited as long as its patience. Adding the requested epochs to it ensures that all of them are trained.
  const stopped = completed && run.epoch < run.totalEpochs && earlyStopping.type === "patience";
  const patience = stopped ? { before: earlyStopping.patience, after: earlyStopping.patience + epochs - run.epoch } : null;
  return {
    recipe: {
      ...recipe,
      budget: { ...recipe.budget, epochs },
      ...(patience === null || earlyStopping.type === "none" ? {} : { earlyStopping: { ...earlyStopping, patience: patience.after } }),
    },
    totalSteps,
    rate: rateJump(recipe, run, stepsPerEpoch, totalSteps),
    patience,
  };
}

function rateJump({ schedule, warmup, optimizer }: Recipe, run: Trained, stepsPerEpoch: number, totalSteps: number): Extension["rate"] {
  if (run.step === 0) return null;
  const plan = { schedule, warmup, state: startOfSchedule(schedule) };
  const rateAt = (step: number, total: number) => Math.fround(optimizer.lr * learningRateFactor(plan, { step, totalSteps: total, stepsPerEpoch }));
  const stride = Math.max(1, Math.floor(run.step / COMPARED));
  let differs = rateAt(run.step - 1, run.totalSteps) !== rateAt(run.step - 1, totalSteps);
  for (let step = 0; step < run.step && !differs; step += stride) differs = rateAt(step, run.totalSteps) !== rateAt(step, totalSteps);
  return differs ? { last: rateAt(run.step - 1, run.totalSteps), next: rateAt(run.step, totalSteps) } : null;
}

/** What the user must know before continuing a run, as sentences. */
export function extensionNotes({ recipe, rate, patience }: Extension, run: Trained): readonly string[] {
  const short = (value: number) => digitsText(value, 3);
  const { epochs } = recipe.budget;
  return [
    rate === null
      ? `The run goes on as one that had ${epochs} epochs from the start.`
      : `The learning rates of the schedule "${recipe.schedule.type}" depend on the length of the run: up to step ${run.step} they were those of ${run.totalEpochs} epochs, ending at ${short(rate.last)}; from there they are those of ${epochs} epochs, beginning at ${short(rate.next)}. A run that had ${epochs} epochs from the start would end otherwise.`,
    ...(patience === null
      ? []
      : [
          `Early stopping had ended it after epoch ${run.epoch}. Its patience goes from ${patience.before} to ${patience.after} epochs, so that all ${epochs} are trained.`,
        ]),
  ];
}
