/** Gives a run another budget: its recipe, its row and a few lines in its log, which keep the result that it had. */
import type { RunSummary } from "../../shared/contract/runs.ts";
import { extended, extensionNotes } from "../../shared/recipe/moreEpochs.ts";
import type { History } from "../history/history.ts";
import { recipeOf } from "./recipeOf.ts";

/** Digits of a hash that tell recipes apart. */
const HASH_DIGITS = 12;

/**
 * Part of the caller's transaction.
 * @param run as it was before it was claimed
 * @throws Fault where the run has trained more already
 */
export function giveEpochs(history: History, key: number, run: RunSummary, epochs: number): void {
  const before = recipeOf(history, key, run.id);
  const extension = extended(before, run, epochs);
  if (epochs === run.totalEpochs && extension.patience === null) return;
  const { recipe, totalSteps, rate } = extension;
  const stored = history.recipes.ensure(recipe);
  history.runs.update(key, { recipe: stored.key, totalEpochs: epochs, totalSteps });
  const results = Object.entries(run.test).map(([name, value]) => `${name} ${Number(value.toPrecision(6))}`);
  if (results.length > 0) history.events.add(key, "info", `Tested at its end after epoch ${run.epoch}, before it got more epochs: ${results.join(", ")}.`);
  const hashes = `recipe ${run.recipeHash.slice(0, HASH_DIGITS)} becomes ${stored.hash.slice(0, HASH_DIGITS)}`;
  history.events.add(key, "info", `The budget goes from ${run.totalEpochs} to ${epochs} epochs: ${hashes}.`);
  for (const note of extensionNotes(extension, run)) history.events.add(key, rate === null ? "info" : "warning", note);
}
