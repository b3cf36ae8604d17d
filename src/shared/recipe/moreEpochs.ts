/**
 * More epochs for a run that has trained already. The run goes on bit for bit as one that had the new budget from the start, as long as its learning
 * rates do not depend on the length of the run; where they do, this says what happens. A run that ended by early stopping gets the patience that it
 * needs to train what is asked for.
 */
import { learningRateFactor, startOfSchedule } from "../catalog/schedules/factor.ts";
import { fail } from "../kit/fault.ts";
import type { Recipe } from "./recipe.ts";

/** Where a run stands. */
export interface Trained {
  readonly status: string;
  /** The last epoch that was trained, from 1. */
  readonly epoch: number;
  readonly totalEpochs: number;
  readonly step: number;
  readonly totalSteps: number;
}

export interface Extension {
  /** With the new budget. */
  readonly recipe: Recipe;
  readonly totalSteps: number;
  /** Learning rates of the last step and of the next, where the old budget has given other rates than the new one would have; else null. */
  readonly rate: { readonly last: number; readonly next: number } | null;
  /** Epochs without improvement that end the run, where it takes more than the recipe had; else null. */
  readonly patience: { readonly before: number; readonly after: number } | null;
}

/** Steps at which two budgets are compared. */
const COMPARED = 1000;
export const MOST_EPOCHS = 1_000_000;

/** The epochs that the run has in all once more are added: on top of what a completed run has trained, or of what another was going to. */
export function totalWithMore({ status, epoch, totalEpochs }: Trained, more: number): number {
  return (status === "completed" ? epoch : totalEpochs) + more;
}

/**
 * @param epochs in all
 * @throws Fault where the run has trained more already
 */
export function extended(recipe: Recipe, run: Trained, epochs: number): Extension {
  const completed = run.status === "completed";
  const fewest = completed ? run.epoch + 1 : Math.max(1, run.epoch);
  if (!Number.isInteger(epochs) || epochs < fewest || epochs > MOST_EPOCHS)
    fail(
      "input",
      "epochs",
      `must be a whole number from ${fewest} to ${MOST_EPOCHS}: all epochs of the run, of which ${completed ? "it has trained" : "it has begun"} ${run.epoch}`,
      String(epochs),
      `Give it ${fewest} or more, or say how many more, as in +10.`,
    );
  const stepsPerEpoch = run.totalSteps / run.totalEpochs;
  const totalSteps = stepsPerEpoch * epochs;
  const { earlyStopping } = recipe;
  // At its end a run has waited as long as its patience; so much more and it trains every epoch that is asked for.
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

/** What people must know before a run goes on so, in sentences. */
export function extensionNotes({ recipe, rate, patience }: Extension, run: Trained): readonly string[] {
  const short = (value: number) => String(Number(value.toPrecision(3)));
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
