/** Studies and trials as the contract shows them. */
import type { StudyChange, StudyDetail, StudyEdit, StudySummary, Trial, TrialCurve, TrialState } from "../../shared/contract/studies.ts";
import { requireStored } from "../../shared/tuning/checkStudy.ts";
import { samplerReason } from "../../shared/tuning/definitions.ts";
import { isBetterTrial, objectiveFacts, seriesOf } from "../../shared/tuning/objectives.ts";
import type { Study } from "../../shared/tuning/study.ts";
import { hasEnded, isSearched, TRIAL_STATES } from "../../shared/tuning/trial.ts";
import type { History } from "../history/history.ts";
import type { TrialRun } from "../history/runs.ts";
import type { StudyRow, TrialRow } from "../history/studyRow.ts";
import { epochValues } from "../tuning/record.ts";

/** @throws Fault if the study, or one of its trials, is damaged */
export function studySummary(history: History, row: StudyRow): StudySummary {
  const study = requireStored(row.json);
  return summary(row, study, history.trials.list(row.key));
}

function summary({ id, name, status, createdAt, endedAt, dataset, activeMs }: StudyRow, study: Study, all: readonly TrialRow[]): StudySummary {
  const trials = all.filter(isSearched);
  const counts = Object.fromEntries(TRIAL_STATES.map((state) => [state, trials.filter((trial) => trial.state === state).length]));
  return {
    id,
    name,
    status,
    createdAt,
    endedAt,
    sampler: study.sampler.type,
    pruner: study.pruner.type,
    dataset,
    counts: counts as Record<TrialState, number>,
    trials: study.trials,
    best: bestTrial(study, trials),
    activeMs,
  };
}

/** The best completed trial of the search by the first objective, the earliest of equal ones. */
export function bestTrial({ objectives }: Study, trials: readonly TrialRow[]): StudySummary["best"] {
  const facts = objectives.map(objectiveFacts);
  let best: StudySummary["best"] = null;
  for (const { number, state, origin, values } of trials)
    if (state === "completed" && isSearched({ origin }) && values !== null && isBetterTrial(facts, values, best?.values ?? null)) best = { number, values };
  return best;
}

/** @throws Fault if the study, or one of its trials, is damaged */
export function studyDetail(history: History, row: StudyRow): StudyDetail {
  const study = requireStored(row.json);
  const trials = history.trials.list(row.key);
  const changes = history.studies.changes(row.key).map(({ at, afterTrials, change }): StudyChange => ({ at, afterTrials, change: change as StudyEdit }));
  return {
    ...summary(row, study, trials),
    study: { ...study, name: row.name },
    objectives: study.objectives.map(objectiveFacts),
    reason: samplerReason(study),
    changes,
    problems: row.problems,
    remainingMs: remainingMs(row, study, trials),
  };
}

/** From the time that a trial has taken so far, on all lanes together. */
function remainingMs({ activeMs, status }: StudyRow, study: Study, trials: readonly TrialRow[]): number | null {
  const counted = trials.filter((trial) => isSearched(trial) || trial.origin === "baseline");
  const ended = counted.filter(hasEnded).length;
  if (status === "completed") return 0;
  if (ended === 0) return null;
  const left = Math.max(0, study.trials + study.baseline - ended) * (activeMs / ended);
  return study.minutes === null ? left : Math.min(left, Math.max(0, study.minutes * 60_000 - activeMs));
}

export function trialsView(history: History, study: number, since: number | null): { readonly revision: number; readonly trials: readonly Trial[] } {
  const { revision } = history.studies.get(study);
  const rows = history.trials.list(study, since ?? -1);
  const runs = new Map<number, TrialRun[]>();
  for (const run of history.runs.ofStudy(study)) runs.set(run.trial, [...(runs.get(run.trial) ?? []), run]);
  return { revision, trials: rows.map((row) => trialView(row, runs.get(row.number) ?? [])) };
}

export function trialView(row: TrialRow, runs: readonly TrialRun[]): Trial {
  const { number, state, origin, point, values, repeats, epochs, totalEpochs, createdAt, startedAt, endedAt, lane, problems } = row;
  return { number, state, origin, point, values, repeats, runs: runs.map(({ id }) => id), epochs, totalEpochs, createdAt, startedAt, endedAt, lane, problems };
}

/** @param numbers of trials; null for all */
export function curvesView(history: History, key: number, study: Study, numbers: readonly number[] | null): readonly TrialCurve[] {
  const wanted = numbers === null ? null : new Set(numbers);
  const [series] = seriesOf(study.objectives);
  const first = new Map(history.runs.ofStudy(key).flatMap((run) => (run.place === 0 ? [[run.trial, run.key] as const] : [])));
  return history.trials.list(key).flatMap(({ number, state, progress }): readonly TrialCurve[] => {
    if (wanted !== null && !wanted.has(number)) return [];
    const run = first.get(number);
    const values = series === undefined || run === undefined ? [] : epochValues(history, run, series);
    const shown = state === "pruned" && progress > 0 ? values.slice(0, progress) : values;
    return [{ number, state, points: shown.flatMap((value, epoch) => (Number.isFinite(value) ? [{ epoch: epoch + 1, value }] : [])) }];
  });
}
