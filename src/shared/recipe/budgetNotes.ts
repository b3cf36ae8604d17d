/** Parts of a recipe that its number of epochs never reaches. The recipe is valid, so these are notes and not errors. */
import type { Recipe } from "./recipe.ts";

/** One or two sentences each. */
export function budgetNotes({ budget, warmup, averaging, earlyStopping, schedule }: Recipe): readonly string[] {
  const { epochs } = budget;
  const run = `the run has ${epochs} ${epochs === 1 ? "epoch" : "epochs"}`;
  const notes: string[] = [];
  if (warmup.epochs >= epochs && warmup.from < 1)
    notes.push(`The warm-up takes ${warmup.epochs} epochs and ${run}: the full learning rate is never reached. Shorten warmup.epochs, or raise budget.epochs.`);
  if (averaging.type === "swa" && averaging.startEpoch >= epochs)
    notes.push(
      `The weight average begins at the end of epoch ${averaging.startEpoch} and ${run}: nothing is averaged, and the last weights are used. Lower averaging.startEpoch, or raise budget.epochs.`,
    );
  // The first epoch always improves, so stopping needs at least patience + 1 epochs.
  if (earlyStopping.type === "patience" && earlyStopping.patience >= epochs)
    notes.push(
      `Early stopping waits for ${earlyStopping.patience} epochs and ${run}: it cannot stop early. Lower earlyStopping.patience, or raise budget.epochs.`,
    );
  if (schedule.type === "multiStep") {
    const beyond = schedule.milestones.filter((milestone) => milestone >= epochs);
    if (beyond.length > 0)
      notes.push(
        `The learning rate would fall after epoch ${beyond.join(", ")} and ${run}: it does not fall there. Lower schedule.milestones, or raise budget.epochs.`,
      );
  }
  return notes;
}
