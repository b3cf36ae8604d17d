/**
 * Reads the lines of Optuna's journal file as a study and its trials. A file that Descent wrote holds the whole study; one of another program has no
 * recipe, so it can be looked at and not continued.
 */
import type { Point, Value } from "../catalog/samplers/space.ts";
import { fail, internal, quote } from "../kit/fault.ts";
import { isRecord } from "../kit/record.ts";
import { OPERATION, STATES, studyInJournal } from "./optuna.ts";
import type { TrialState, Values } from "./trial.ts";

export interface ImportedTrial {
  readonly state: TrialState;
  readonly point: Point;
  readonly values: Values | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

export interface ImportedStudy {
  readonly name: string;
  /** To be checked by `requireStored`. */
  readonly study: unknown;
  readonly trials: readonly ImportedTrial[];
}

interface Reading {
  state: number;
  values: Values | null;
  readonly point: Record<string, Value>;
  startedAt: number | null;
  endedAt: number | null;
}

type Line = Readonly<Record<string, unknown>>;

/**
 * @param text the file's content: one JSON object a line
 * @throws Fault if it is not such a file, or holds no study or several
 */
export function importedStudy(text: string): ImportedStudy {
  const lines = text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map(parsedLine);
  const created = lines.filter(({ op_code }) => op_code === OPERATION.createStudy);
  const [first] = created;
  if (first === undefined || created.length > 1 || lines.some(({ op_code }) => op_code === OPERATION.deleteStudy))
    return fail("input", "the file", "must hold one study", `${created.length} studies`, "Export one study alone: optuna.copy_study into a new journal file.");
  const space = new Map<string, unknown>();
  const trials = readTrials(lines, space);
  const own = studyInJournal(lines);
  const name = typeof first.study_name === "string" ? first.study_name : "study";
  const directions = Array.isArray(first.directions) ? first.directions : [1];
  return {
    name,
    study: own ?? { name, recipe: null, space: [...space.values()], objectives: objectivesOf(directions), trials: Math.max(1, trials.length) },
    trials,
  };
}

function parsedLine(line: string, index: number): Line {
  try {
    const value: unknown = JSON.parse(line);
    if (isRecord(value) && typeof value.op_code === "number") return value;
  } catch {
    // Said below.
  }
  return fail("input", `line ${index + 1}`, "must be an operation of Optuna's journal", quote(line.slice(0, 60)), "Choose the file of a JournalStorage.");
}

function readTrials(lines: readonly Line[], space: Map<string, unknown>): readonly ImportedTrial[] {
  const trials: Reading[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.op_code === OPERATION.createTrial) {
      trials.push({ state: STATES.running, values: null, point: {}, startedAt: timeOf(line.datetime_start), endedAt: null });
      continue;
    }
    if (line.op_code !== OPERATION.parameter && line.op_code !== OPERATION.state) continue;
    const trial = trials[Number(line.trial_id)];
    if (trial === undefined)
      return fail("input", `line ${index + 1}`, "must name a trial that was created before", quote(line.trial_id), "The file is damaged.");
    if (line.op_code === OPERATION.parameter) readParameter(line, index, trial, space);
    else {
      trial.state = Number(line.state);
      trial.values = Array.isArray(line.values) ? line.values.map((value) => (typeof value === "number" ? value : null)) : null;
      trial.endedAt = timeOf(line.datetime_complete);
    }
  }
  return trials.map(({ state, ...trial }) => ({ ...trial, state: stateOf(state) }));
}

function readParameter(line: Line, index: number, trial: Reading, space: Map<string, unknown>): void {
  const name = String(line.param_name);
  const distribution: unknown = JSON.parse(String(line.distribution));
  const parameter = parameterOf(name, distribution);
  const number = Number(line.param_value_internal);
  if (parameter === null || !Number.isFinite(number))
    fail(
      "input",
      `line ${index + 1}`,
      "must be a float, an integer or a choice of numbers, texts and booleans",
      quote(line.distribution),
      "Leave this parameter out of the study.",
    );
  space.set(name, parameter);
  const value = parameter.type === "choice" ? parameter.values[number] : number;
  if (value === undefined) throw internal(`choice ${number} of ${name}`);
  trial.point[name] = value;
}

/** A parameter as in a study's JSON; it sets a field of its own name. */
function parameterOf(name: string, distribution: unknown) {
  if (!isRecord(distribution) || !isRecord(distribution.attributes)) return null;
  const { low: min, high: max, log = false, step, choices } = distribution.attributes;
  const stepped = typeof step === "number" && log !== true ? { step } : {};
  switch (distribution.name) {
    case "FloatDistribution":
      return { type: "float", name, paths: [name], min, max, log, ...stepped } as const;
    case "IntDistribution":
      return { type: "integer", name, paths: [name], min, max, log, ...stepped } as const;
    case "CategoricalDistribution": {
      const values = Array.isArray(choices) ? choices.map((value): Value => (value === null ? "None" : value)) : [];
      return { type: "choice", name, paths: [name], values } as const;
    }
    default:
      return null;
  }
}

function objectivesOf(directions: readonly unknown[]) {
  return directions.map((direction, i) => ({
    metric: directions.length === 1 ? "value" : `value ${i + 1}`,
    direction: direction === 2 ? "maximize" : "minimize",
    read: "last",
  }));
}

function stateOf(state: number): TrialState {
  if (state === STATES.complete) return "completed";
  if (state === STATES.pruned) return "pruned";
  // What did not end there will not end here.
  return state === STATES.fail ? "failed" : "stopped";
}

function timeOf(text: unknown): number | null {
  const ms = typeof text === "string" ? Date.parse(`${text.slice(0, 23)}Z`) : Number.NaN;
  return Number.isFinite(ms) ? ms : null;
}
