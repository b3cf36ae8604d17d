/**
 * The record of one study: its row, trials and rejected points, in memory and in the history. Every change is written before anything is done with it, so
 * that a killed study finds what it knew.
 */
import { at } from "../../shared/kit/fault.ts";
import { type CheckedStudy, requireStudy } from "../../shared/tuning/checkStudy.ts";
import { type ObjectiveFacts, objectiveFacts, seriesOf } from "../../shared/tuning/objectives.ts";
import type { History } from "../history/history.ts";
import type { RejectionRow, TrialRow } from "../history/studyRow.ts";
import type { NewTrial, TrialPatch } from "../history/trials.ts";

export class StudyRecord {
  readonly key: number;
  readonly id: string;
  readonly history: History;
  readonly #trials: TrialRow[];
  readonly #rejections: RejectionRow[];
  readonly #curves = new Map<number, readonly number[]>();
  readonly #tell: (study: string) => void;
  #study: CheckedStudy;
  #proposes: boolean;

  /** @throws Fault if a row is damaged */
  constructor(history: History, key: number, tell: (study: string) => void) {
    const { id, json, proposes } = history.studies.get(key);
    this.key = key;
    this.id = id;
    this.history = history;
    this.#tell = tell;
    this.#study = requireStudy(json);
    this.#proposes = proposes;
    this.#trials = [...history.trials.list(key)];
    this.#rejections = [...history.trials.rejections(key)];
  }

  get study(): CheckedStudy {
    return this.#study;
  }

  /** Whether new trials may start. */
  get proposes(): boolean {
    return this.#proposes;
  }

  get trials(): readonly TrialRow[] {
    return this.#trials;
  }

  get rejections(): readonly RejectionRow[] {
    return this.#rejections;
  }

  get objectives(): readonly ObjectiveFacts[] {
    return this.#study.objectives.map(objectiveFacts);
  }

  trial(number: number): TrialRow {
    return at(this.#trials, number);
  }

  /** Reads the study and its trials again after they were changed elsewhere in this host. */
  reload(): void {
    const { json, proposes } = this.history.studies.get(this.key);
    this.#study = requireStudy(json);
    this.#proposes = proposes;
    this.#trials.splice(0, this.#trials.length, ...this.history.trials.list(this.key));
    this.#curves.clear();
  }

  propose(trial: NewTrial): TrialRow {
    const { connection, studies, trials } = this.history;
    const number = connection.transaction(() => trials.insert(this.key, studies.nextRevision(this.key), trial));
    const row = trials.get(this.key, number);
    this.#trials[number] = row;
    this.#tell(this.id);
    return row;
  }

  change(number: number, patch: TrialPatch): void {
    const { connection, studies, trials } = this.history;
    connection.transaction(() => trials.update(this.key, number, studies.nextRevision(this.key), patch));
    this.#trials[number] = { ...at(this.#trials, number), ...patch };
    this.#tell(this.id);
  }

  reject(rejection: RejectionRow): void {
    this.history.trials.reject(this.key, rejection);
    this.#rejections.push(rejection);
  }

  /** The values of the leading metric by epoch in the first repeat of a trial, in its own direction; with a pruner over repeats, the value of each repeat. */
  curve(number: number, over: "epochs" | "repeats"): readonly number[] {
    if (over === "repeats") return this.trial(number).repeats.map(([value]) => value ?? Number.NaN);
    const known = this.#curves.get(number);
    if (known !== undefined) return known;
    const values = this.#read(number);
    this.#curves.set(number, values);
    return values;
  }

  /** Forgets what was read of a trial's curve, because its run goes on. */
  refresh(number: number): void {
    this.#curves.delete(number);
  }

  #read(number: number): readonly number[] {
    const [series] = seriesOf(this.#study.objectives);
    const run = this.history.runs.ofStudy(this.key, number).findLast(({ place }) => place === 0);
    return series === undefined || run === undefined ? [] : epochValues(this.history, run.key, series);
  }
}

/** The values of a series by epoch; `values[0]` is that of epoch 1. NaN where an epoch has none. */
export function epochValues(history: History, run: number, series: string): readonly number[] {
  const values: number[] = [];
  for (const { epoch, value } of history.metrics.all(run, series)) {
    while (values.length < epoch) values.push(Number.NaN);
    if (epoch > 0) values[epoch - 1] = value;
  }
  return values;
}
