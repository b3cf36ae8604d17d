/**
 * A study as the lines of Optuna's journal file (optuna.storages.JournalStorage, as Optuna 3.1 and later read it): one operation a line, which Optuna and
 * optuna-dashboard replay. Trials of a confirmation are left out; the origin of the others is an attribute.
 */
import type { Point, Value } from "../catalog/samplers/space.ts";
import { isRecord } from "../kit/record.ts";
import type { ObjectiveFacts } from "./objectives.ts";
import type { Parameter } from "./space.ts";
import type { TrialOrigin, TrialState, Values } from "./trial.ts";

/** Numbers of the operations, optuna/storages/_journal/storage.py. */
export const OPERATION = {
  createStudy: 0,
  deleteStudy: 1,
  studyAttribute: 2,
  createTrial: 4,
  parameter: 5,
  state: 6,
  intermediate: 7,
  trialAttribute: 8,
} as const;
const MINIMIZE = 1;
const MAXIMIZE = 2;
/** optuna.trial.TrialState */
export const STATES = { running: 0, complete: 1, pruned: 2, fail: 3 } as const;

const WORKER = "descent";
/** The attribute that holds the study itself. */
const STUDY_ATTRIBUTE = "descent:study";

export interface OptunaTrial {
  readonly state: TrialState;
  readonly origin: TrialOrigin;
  readonly point: Point;
  readonly values: Values | null;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** The first objective by epoch. */
  readonly curve: readonly { readonly epoch: number; readonly value: number }[];
}

export interface OptunaStudy {
  readonly name: string;
  readonly objectives: readonly Pick<ObjectiveFacts, "metric" | "largerIsBetter">[];
  readonly space: readonly Parameter[];
  readonly trials: readonly OptunaTrial[];
  /** The study as Descent writes it. */
  readonly study: unknown;
}

export function optunaJournal({ name, objectives, space, trials, study }: OptunaStudy): string {
  const lines: object[] = [
    {
      op_code: OPERATION.createStudy,
      worker_id: WORKER,
      study_name: name,
      directions: objectives.map(({ largerIsBetter }) => (largerIsBetter ? MAXIMIZE : MINIMIZE)),
    },
    { op_code: OPERATION.studyAttribute, worker_id: WORKER, study_id: 0, user_attr: { [STUDY_ATTRIBUTE]: study } },
  ];
  const written = trials.filter(({ origin }) => origin !== "confirmation");
  const distributions = new Map(space.map((parameter) => [parameter.name, distributionOf(parameter, valuesOf(written, parameter.name))]));
  for (const [id, trial] of written.entries()) lines.push(...operations(id, trial, distributions, objectives.length));
  return `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`;
}

interface Distribution {
  readonly json: string;
  /** The number that Optuna stores for a value. */
  internal(value: Value): number;
}

/** Ranges are wide enough for every point, also for those from before the space was narrowed: Optuna allows one distribution a name. */
function distributionOf(parameter: Parameter, known: readonly Value[]): Distribution {
  if (parameter.type === "choice") {
    const choices = [...new Set([...parameter.values, ...known])];
    return {
      json: JSON.stringify({ name: "CategoricalDistribution", attributes: { choices } }),
      internal: (value) => choices.indexOf(value),
    };
  }
  const numbers = known.map(Number);
  const low = Math.min(parameter.min, ...numbers);
  const high = Math.max(parameter.max, ...numbers);
  const float = parameter.type === "float";
  const attributes = { step: parameter.step ?? (float ? null : 1), low, high, log: parameter.log };
  return { json: JSON.stringify({ name: float ? "FloatDistribution" : "IntDistribution", attributes }), internal: Number };
}

function valuesOf(trials: readonly OptunaTrial[], name: string): readonly Value[] {
  return trials.flatMap(({ point }) => (Object.hasOwn(point, name) ? [point[name] ?? Number.NaN] : []));
}

function operations(id: number, trial: OptunaTrial, distributions: ReadonlyMap<string, Distribution>, objectives: number): readonly object[] {
  const { origin, point, curve, createdAt, startedAt, endedAt } = trial;
  const own = { worker_id: WORKER, trial_id: id };
  const lines: object[] = [
    { op_code: OPERATION.createTrial, worker_id: WORKER, study_id: 0, datetime_start: isoTime(startedAt ?? createdAt) },
    { op_code: OPERATION.trialAttribute, ...own, user_attr: { "descent:origin": origin } },
  ];
  for (const [name, value] of Object.entries(point)) {
    const distribution = distributions.get(name);
    if (distribution !== undefined)
      lines.push({
        op_code: OPERATION.parameter,
        ...own,
        param_name: name,
        param_value_internal: distribution.internal(value),
        distribution: distribution.json,
      });
  }
  for (const { epoch, value } of curve) lines.push({ op_code: OPERATION.intermediate, ...own, step: epoch, intermediate_value: value });
  const end = endOf(trial, objectives);
  if (end !== null) lines.push({ op_code: OPERATION.state, ...own, ...end, datetime_complete: isoTime(endedAt ?? createdAt) });
  return lines;
}

/** Null for a trial that has not ended: Optuna shows it as running. */
function endOf({ state, values }: OptunaTrial, objectives: number): { readonly state: number; readonly values: Values | null } | null {
  if (state === "waiting" || state === "running") return null;
  const known = values?.every((value) => value !== null) === true ? values : null;
  if (state === "completed" && known !== null) return { state: STATES.complete, values: known };
  // Optuna keeps no values of pruned trials with several objectives.
  if (state === "pruned" || (state === "stopped" && known !== null)) return { state: STATES.pruned, values: objectives === 1 ? known : null };
  return { state: STATES.fail, values: null };
}

/** As Python's datetime.isoformat writes it, without a time zone. */
function isoTime(ms: number): string {
  return new Date(ms).toISOString().replace("Z", "");
}

/** The study that a journal written by Descent holds; undefined for one of another program. */
export function studyInJournal(lines: readonly unknown[]): unknown {
  for (const line of lines)
    if (isRecord(line) && line.op_code === OPERATION.studyAttribute && isRecord(line.user_attr) && STUDY_ATTRIBUTE in line.user_attr)
      return line.user_attr[STUDY_ATTRIBUTE];
  return undefined;
}
