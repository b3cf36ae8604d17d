/** "Is the winner real?" as the contract shows it. */
import type { Confirmation } from "../../shared/contract/studies.ts";
import type { CheckedStudy } from "../../shared/tuning/checkStudy.ts";
import { type Candidate, differencesToWinner, verdictOf } from "../../shared/tuning/confirmation.ts";
import { objectiveFacts } from "../../shared/tuning/objectives.ts";
import { hasEnded } from "../../shared/tuning/trial.ts";
import type { TrialRow } from "../history/studyRow.ts";
import type { StudioContext } from "./context.ts";
import type { StudyService } from "./studies.ts";

/** What operations on studies share. */
export interface StudyContext {
  readonly context: StudioContext;
  readonly studies: StudyService;
}

/** The newest confirmation; null if there is none. */
export function confirmationView(study: CheckedStudy, trials: readonly TrialRow[]): Confirmation | null {
  const round = Math.max(0, ...trials.map(({ confirms }) => confirms?.round ?? 0));
  const rows = trials.filter(({ confirms }) => confirms?.round === round && round > 0);
  const seeds = rows[0]?.confirms?.seeds.length;
  if (seeds === undefined) return null;
  const candidates = rows.map(
    ({ confirms, repeats }): Candidate => ({ number: confirms?.trial ?? null, values: repeats.map(([value]) => value ?? Number.NaN) }),
  );
  const largerIsBetter = study.objectives[0] !== undefined && objectiveFacts(study.objectives[0]).largerIsBetter;
  const state = rows.some((trial) => !hasEnded(trial)) ? "running" : rows.every((trial) => trial.state === "completed") ? "completed" : "stopped";
  return {
    seeds,
    state,
    candidates: candidates.map(({ number, values }) => ({
      number,
      values,
      mean: values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length,
    })),
    differences: differencesToWinner(candidates),
    verdict: state === "completed" ? verdictOf(candidates, largerIsBetter) : null,
  };
}
