/** Trials as samplers and pruners see them: smaller is better. */
import type { Curve } from "../catalog/pruners/pruner.ts";
import type { Observation } from "../catalog/samplers/sampler.ts";
import { inSpace, type Point, type Space } from "../catalog/samplers/space.ts";
import { type ObjectiveFacts, signed } from "./objectives.ts";
import { hasEnded, isSearched, type Rejection, type TrialRecord } from "./trial.ts";

/**
 * Every earlier trial of the search in the order of the proposals, with the rejected points among them. Trials of the baseline and of a confirmation are
 * left out: the comparison with the baseline would not be fair, and a confirmation is not part of the search.
 * @param space points outside of it, from before it was narrowed, are left out
 * @param trials by number
 * @param asSeenBy the trial whose proposal is computed again; null for the next proposal
 */
export function observations(
  space: Space,
  facts: readonly ObjectiveFacts[],
  trials: readonly TrialRecord[],
  rejections: readonly Rejection[],
  asSeenBy: TrialRecord | null = null,
): readonly Observation[] {
  const until = asSeenBy?.number ?? Number.POSITIVE_INFINITY;
  const pending = new Set(asSeenBy?.pending ?? []);
  const seen: { readonly order: number; readonly observation: Observation }[] = [];
  for (const trial of trials)
    if (trial.number < until && (isSearched(trial) || trial.origin === "earlier"))
      seen.push({ order: trial.number + 0.5, observation: pending.has(trial.number) ? unknown(trial) : observation(facts, trial) });
  for (const { after, point } of rejections) if (after <= until) seen.push({ order: after, observation: bad(point) });
  return seen
    .sort((a, b) => a.order - b.order)
    .map((each) => each.observation)
    .filter(({ point }) => inSpace(space, point));
}

/** What the baseline's sampler sees: its own trials and rejected points. It counts them, and looks at no value. */
export function baselineObservations(trials: readonly TrialRecord[], rejections: readonly Rejection[]): readonly Observation[] {
  return [
    ...trials.filter(({ origin }) => origin === "baseline").map(unknown),
    ...rejections.filter(({ baseline }) => baseline).map(({ point }) => bad(point)),
  ];
}

function observation(facts: readonly ObjectiveFacts[], trial: TrialRecord): Observation {
  const { point, state, values, progress } = trial;
  if (!hasEnded(trial)) return unknown(trial);
  if (state === "failed" || values === null) return bad(point);
  return { point, state: state === "completed" ? "completed" : "pruned", values: signed(facts, values), progress };
}

function unknown({ point }: TrialRecord): Observation {
  return { point, state: "running", values: null, progress: 0 };
}

function bad(point: Point): Observation {
  return { point, state: "failed", values: null, progress: 0 };
}

/**
 * What the pruner sees: the trials of the search, each up to the epoch at which it ended.
 * @param values of the first objective's metric by epoch (or repeat), in its own direction, by trial
 */
export function curves(facts: readonly ObjectiveFacts[], trials: readonly TrialRecord[], values: (number: number) => readonly number[]): readonly Curve[] {
  const sign = facts[0]?.largerIsBetter === true ? -1 : 1;
  return trials.filter(isSearched).map(({ number, state, progress }) => {
    const own = values(number);
    const shown = state === "pruned" ? own.slice(0, progress) : own;
    return {
      trial: number,
      state: state === "pruned" ? "pruned" : state === "waiting" || state === "running" ? "running" : "ended",
      values: shown.map((value) => sign * value),
    };
  });
}
