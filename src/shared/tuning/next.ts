/**
 * What a study does next: a pure function of what is recorded, so that a study that was killed goes on as it would have gone on. With one trial at a
 * time this decides the whole course; with several, which of them ends first decides what the sampler has seen.
 */
import type { Curve, PrunerDefinition, PrunerTask } from "../catalog/pruners/pruner.ts";
import { prunerDefinition } from "./definitions.ts";
import type { Study } from "./study.ts";
import { isSearched, type TrialRecord } from "./trial.ts";

export type Step =
  /** Trains a recorded trial: one that waits, had begun when the study halted, or is taken up again. */
  | { readonly type: "train"; readonly number: number }
  | { readonly type: "propose"; readonly origin: "sampler" | "guess" | "baseline" }
  /** Nothing to start: the study ends once no trial trains. */
  | { readonly type: "none" };

export interface Course {
  readonly study: Study;
  readonly trials: readonly TrialRecord[];
  /** Numbers of trials that train at this moment. */
  readonly training: ReadonlySet<number>;
  /** Whether new trials may start: false while the study only repeats or confirms trials, and after its time limit. */
  readonly proposes: boolean;
  /** Whether the sampler has no point left. */
  readonly exhausted: boolean;
  /** What the pruner sees; called only if the pruner can continue trials. */
  readonly curves: () => readonly Curve[];
  /** Epochs or repeats of a whole trial ({@link PrunerTask}). */
  readonly length: number;
}

export function nextStep({ study, trials, training, proposes, exhausted, curves, length }: Course): Step {
  const begun = trials.find(({ number, state }) => state === "running" && !training.has(number));
  const unfinished = begun ?? trials.find(({ number, state }) => state === "waiting" && !training.has(number));
  if (unfinished !== undefined) return { type: "train", number: unfinished.number };
  if (!proposes) return { type: "none" };
  const pruner = prunerDefinition(study.pruner);
  const continued = pruner.continues?.({ curves: curves(), length, trials: study.trials, seed: study.seed }, study.pruner) ?? null;
  if (continued !== null && !training.has(continued)) return { type: "train", number: continued };
  const searched = trials.filter(isSearched).length;
  const baseline = trials.filter(({ origin }) => origin === "baseline").length;
  const searching = searched < study.trials && !exhausted;
  // The baseline keeps pace with the search, so that both are compared at any time.
  if (baseline < study.baseline && (!searching || baseline * study.trials < searched * study.baseline)) return { type: "propose", origin: "baseline" };
  if (!searching) return { type: "none" };
  return { type: "propose", origin: guessesMade(trials) < study.guesses.length ? "guess" : "sampler" };
}

/** Number of guesses that have become trials: the first ones of the study's list. */
export function guessesMade(trials: readonly TrialRecord[]): number {
  return trials.filter(({ origin }) => origin === "guess").length;
}

/** Whether a trial ends at the epoch (or repeat) that it has reported last. */
export function prunes(study: Study, task: Pick<PrunerTask, "curves" | "length">, trial: number): boolean {
  return prunerDefinition(study.pruner).prunes({ ...task, trials: study.trials, seed: study.seed }, study.pruner, trial);
}

/** Whether the pruner judges epochs, or the repeats of a trial. */
export function prunesOver(study: Study): PrunerDefinition["over"] {
  return prunerDefinition(study.pruner).over;
}
