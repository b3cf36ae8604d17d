/** Tables `trial` and `rejection`: every proposal of a study, written before it is trained, and what became of it. */
import type { Point } from "../../shared/catalog/samplers/space.ts";
import { internal, type Problem } from "../../shared/kit/fault.ts";
import type { TrialOrigin, TrialState, Values } from "../../shared/tuning/trial.ts";
import type { Connection, SqlValue, Statement } from "./connection.ts";
import { type Confirms, type RawRow, type RejectionRow, readRejection, readTrial, type TrialRow } from "./studyRow.ts";

export interface NewTrial {
  readonly origin: TrialOrigin;
  readonly point: Point;
  readonly pending: readonly number[];
  readonly totalEpochs: number;
  readonly confirms?: Confirms;
}

/** The fields of a trial's row that can change. */
export interface TrialPatch {
  readonly state?: TrialState;
  readonly values?: Values | null;
  readonly repeats?: readonly Values[];
  readonly progress?: number;
  readonly epochs?: number;
  readonly totalEpochs?: number;
  readonly startedAt?: number | null;
  readonly endedAt?: number | null;
  readonly lane?: number | null;
  readonly problems?: readonly Problem[];
}

const columns: Readonly<Record<keyof TrialPatch, string>> = {
  state: "state",
  values: '"values"',
  repeats: "repeats",
  progress: "progress",
  epochs: "epochs",
  totalEpochs: "total_epochs",
  startedAt: "started_at",
  endedAt: "ended_at",
  lane: "lane",
  problems: "problems",
};

const ROW = `SELECT number, state, origin, point, pending, "values", repeats, progress, epochs, total_epochs AS totalEpochs, created_at AS createdAt,
  started_at AS startedAt, ended_at AS endedAt, lane, problems, confirms, revision FROM trial`;

export class Trials {
  readonly #connection: Connection;
  readonly #row: Statement<[number, number], RawRow>;
  readonly #since: Statement<[number, number], RawRow>;
  readonly #rejections: Statement<[number], RawRow>;
  readonly #count: Statement<[number], { count: number }>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#row = connection.prepare(`${ROW} WHERE study = ? AND number = ?`);
    this.#since = connection.prepare(`${ROW} WHERE study = ? AND revision > ? ORDER BY number`);
    this.#rejections = connection.prepare("SELECT after, baseline, point, problem FROM rejection WHERE study = ? ORDER BY key");
    this.#count = connection.prepare("SELECT COUNT(*) AS count FROM trial WHERE study = ?");
  }

  /** Adds a trial that waits, or one that is known already. @returns its number, the number of trials before it */
  insert(study: number, revision: number, { origin, point, pending, totalEpochs, confirms }: NewTrial): number {
    const number = this.count(study);
    this.#connection
      .prepare<SqlValue[]>(
        `INSERT INTO trial (study, number, state, origin, point, pending, total_epochs, created_at, confirms, revision)
         VALUES (?, ?, 'waiting', ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        study,
        number,
        origin,
        JSON.stringify(point),
        JSON.stringify(pending),
        totalEpochs,
        Date.now(),
        confirms === undefined ? null : JSON.stringify(confirms),
        revision,
      );
    return number;
  }

  update(study: number, number: number, revision: number, patch: TrialPatch): void {
    const changed = Object.entries(patch).filter(([, value]) => value !== undefined);
    const assignments = changed.map(([field]) => `${columns[field as keyof TrialPatch]} = ?`);
    this.#connection
      .prepare<SqlValue[]>(`UPDATE trial SET ${[...assignments, "revision = ?"].join(", ")} WHERE study = ? AND number = ?`)
      .run(...changed.map(([, value]) => columnValue(value)), revision, study, number);
  }

  count(study: number): number {
    return this.#count.get(study)?.count ?? 0;
  }

  /** @throws Fault if the row is damaged */
  get(study: number, number: number): TrialRow {
    const row = this.#row.get(study, number);
    if (row === undefined) throw internal(`no trial ${number} of study ${study}`);
    return readTrial(row, this.#connection.file);
  }

  /** Trials that changed after a revision of the study, by number; -1 for all of them. */
  list(study: number, since = -1): readonly TrialRow[] {
    return this.#since.all(study, since).map((row) => readTrial(row, this.#connection.file));
  }

  reject(study: number, { after, baseline, point, problem }: RejectionRow): void {
    this.#connection
      .prepare<[number, number, number, string, string]>("INSERT INTO rejection (study, after, baseline, point, problem) VALUES (?, ?, ?, ?, ?)")
      .run(study, after, baseline ? 1 : 0, JSON.stringify(point), JSON.stringify(problem));
  }

  rejections(study: number): readonly RejectionRow[] {
    return this.#rejections.all(study).map((row) => readRejection(row, this.#connection.file));
  }
}

function columnValue(value: TrialPatch[keyof TrialPatch]): SqlValue {
  if (value === null || value === undefined) return null;
  return typeof value === "object" ? JSON.stringify(value) : value;
}
