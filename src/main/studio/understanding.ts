/** Why a trial, and which parameters matter: what samplers and forests say about a study's record. */

import { inSpace } from "../../shared/catalog/samplers/space.ts";
import type { Belief, Importance } from "../../shared/contract/studies.ts";
import { fail } from "../../shared/kit/fault.ts";
import { type CheckedStudy, requireStored, requireStudy, type StoredStudy } from "../../shared/tuning/checkStudy.ts";
import { studyAt } from "../../shared/tuning/edit.ts";
import { objectiveFacts, signed } from "../../shared/tuning/objectives.ts";
import { observations } from "../../shared/tuning/observe.ts";
import { dimensionOf } from "../../shared/tuning/space.ts";
import type { StudyContext } from "./confirmations.ts";

/** What the sampler believed before it proposed a trial: computed again from what was recorded then. */
export async function beliefOf({ context, studies }: StudyContext, text: string, number: number): Promise<Belief | null> {
  const { history } = context;
  const { key, id, startedAs } = studies.row(text);
  const trial = studies.trial(key, id, number);
  if (trial.origin !== "sampler") return null;
  if (requireStored(startedAs).recipe === null) return null;
  const study = studyAt(requireStudy(startedAs), history.studies.changes(key), number);
  const task = samplerTask(study, observations(study.space.map(dimensionOf), factsOf(study), history.trials.list(key), history.trials.rejections(key), trial));
  return studies.thread.ask({ type: "believe", task, config: study.sampler, point: trial.point });
}

export async function importanceIn({ context, studies }: StudyContext, text: string, objective: number): Promise<Importance> {
  const { key, id, json } = studies.row(text);
  const study = requireStored(json);
  const facts = factsOf(study);
  if (objective >= facts.length)
    fail("input", "objective", `must be one of the study's ${facts.length}, counted from 0`, String(objective), `Look at study ${id} for its objectives.`);
  const space = study.space.map(dimensionOf);
  const known = context.history.trials
    .list(key)
    .filter(({ state, values, origin, point }) => state === "completed" && values !== null && origin !== "confirmation" && inSpace(space, point));
  const values = known.map((trial) => signed(facts, trial.values ?? [])[objective] ?? Number.NaN);
  return studies.thread.ask({ type: "importance", space, points: known.map(({ point }) => point), values, seed: study.seed });
}

function samplerTask(study: CheckedStudy, seen: ReturnType<typeof observations>) {
  return { space: study.space.map(dimensionOf), objectives: study.objectives.length, observations: seen, trials: study.trials, seed: study.seed };
}

const factsOf = (study: StoredStudy) => study.objectives.map(objectiveFacts);
