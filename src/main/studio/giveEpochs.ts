/** Gives a run another budget: updates its recipe and row, and records its previous result in the log. */
import type { RunSummary } from "../../shared/contract/runs.ts";
import { extended, extensionNotes } from "../../shared/recipe/moreEpochs.ts";
import { digitsText } from "../../shared/text/numbers.ts";
import type { History } from "../history/history.ts";
import { recipeOf } from "./recipeOf.ts";

/** Number of hash digits shown to distinguish recipes. */
const HASH_DIGITS = 12;

/**
 * Part of the caller's transaction.
 * @param run its state before it was claimed
 * @throws Fault if the run has already trained more
 */
export function giveEpochs(history: History, key: number, run: RunSummary, epochs: number): void {
  const before = recipeOf(history, key, run.id);
  const extension = extended(before, run, epochs);
  if (epochs === run.totalEpochs && extension.patience === null) return;
  const { recipe, totalSteps, rate } = extension;
  const stored = history.recipes.ensure(recipe);
  history.runs.update(key, { recipe: stored.key, totalEpochs: epochs, totalSteps });
  const results = Object.entries(run.test).map(([name, value]) => `${name} ${digitsText(value, 6)}`);
  if (results.length > 0) history.events.add(key, "info", `Test result after epoch ${run.epoch}, before it got more epochs: ${results.join(", ")}.`);
  const hashes = `recipe ${run.recipeHash.slice(0, HASH_DIGITS)} becomes ${stored.hash.slice(0, HASH_DIGITS)}`;
  history.events.add(key, "info", `The budget changes from ${run.totalEpochs} to ${epochs} epochs: ${hashes}.`);
  for (const note of extensionNotes(extension, run)) history.events.add(key, rate === null ? "info" : "warning", note);
}
