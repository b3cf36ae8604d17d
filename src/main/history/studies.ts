/** Tables `study` and `study_change`: what is searched, how it goes, and how it was changed. */
import type { StudyStatus } from "../../shared/contract/studies.ts";
import { internal, type Problem } from "../../shared/kit/fault.ts";
import type { Connection, SqlValue, Statement } from "./connection.ts";
import { type ChangeRow, type RawRow, readChange, readStudy, type StudyRow } from "./studyRow.ts";

export interface NewStudy {
  readonly id: string;
  readonly name: string;
  readonly status: StudyStatus;
  readonly owner: string | null;
  readonly dataset: string;
  readonly study: object;
}

/** The fields of a study's row that can change. */
export interface StudyPatch {
  readonly name?: string;
  readonly status?: StudyStatus;
  readonly owner?: string | null;
  readonly json?: object;
  readonly proposes?: boolean;
  readonly problems?: readonly Problem[];
  readonly endedAt?: number | null;
  readonly activeMs?: number;
  readonly hiddenAt?: number | null;
}

const columns: Readonly<Record<keyof StudyPatch, string>> = {
  name: "name",
  status: "status",
  owner: "owner",
  json: "json",
  proposes: "proposes",
  problems: "problems",
  endedAt: "ended_at",
  activeMs: "active_ms",
  hiddenAt: "hidden_at",
};

const ROW = `SELECT key, id, name, status, owner, dataset, json, started_as AS startedAs, proposes, problems, created_at AS createdAt, ended_at AS endedAt,
  active_ms AS activeMs, revision FROM study`;

export class Studies {
  readonly #connection: Connection;
  readonly #row: Statement<[number], RawRow>;
  readonly #visible: Statement<[], RawRow>;
  readonly #changes: Statement<[number], RawRow>;
  readonly #revision: Statement<[number], { revision: number }>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#row = connection.prepare(`${ROW} WHERE key = ?`);
    this.#visible = connection.prepare(`${ROW} WHERE hidden_at IS NULL ORDER BY key DESC`);
    this.#changes = connection.prepare("SELECT at, after_trials AS afterTrials, change FROM study_change WHERE study = ? ORDER BY key");
    this.#revision = connection.prepare("UPDATE study SET revision = revision + 1 WHERE key = ? RETURNING revision");
  }

  insert({ id, name, status, owner, dataset, study }: NewStudy): number {
    const json = JSON.stringify(study);
    const result = this.#connection
      .prepare<SqlValue[]>("INSERT INTO study (id, name, status, owner, dataset, json, started_as, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      .run(id, name, status, owner, dataset, json, json, Date.now());
    return Number(result.lastInsertRowid);
  }

  update(key: number, patch: StudyPatch): void {
    const changed = Object.entries(patch).filter(([, value]) => value !== undefined);
    const assignments = changed.map(([field]) => `${columns[field as keyof StudyPatch]} = ?`);
    this.#connection
      .prepare<SqlValue[]>(`UPDATE study SET ${[...assignments, "revision = revision + 1"].join(", ")} WHERE key = ?`)
      .run(...changed.map(([, value]) => columnValue(value)), key);
  }

  /** Takes a study that no host drives. @returns false if its status had changed */
  claim(key: number, owner: string, from: readonly StudyStatus[]): boolean {
    const marks = from.map(() => "?").join(", ");
    return (
      this.#connection
        .prepare<SqlValue[]>(
          `UPDATE study SET status = 'running', owner = ?, ended_at = NULL, problems = '[]', revision = revision + 1
           WHERE key = ? AND hidden_at IS NULL AND status IN (${marks})`,
        )
        .run(owner, key, ...from).changes === 1
    );
  }

  /** The next revision, for a change of one of the study's trials. */
  nextRevision(key: number): number {
    const row = this.#revision.get(key);
    if (row === undefined) throw internal(`no study ${key}`);
    return row.revision;
  }

  /** @throws Fault if the row is damaged */
  get(key: number): StudyRow {
    const row = this.#row.get(key);
    if (row === undefined) throw internal(`no study ${key}`);
    return readStudy(row, this.#connection.file);
  }

  /** Visible studies as stored, newest first; {@link readStudy} parses them one by one. */
  visible(): readonly RawRow[] {
    return this.#visible.all();
  }

  /** Keys and ids of studies whose id begins with a text. */
  withPrefix(prefix: string, includeHidden = false): readonly { readonly key: number; readonly id: string }[] {
    const shown = includeHidden ? "" : "AND hidden_at IS NULL";
    return this.#connection
      .prepare<[string, string], { key: number; id: string }>(`SELECT key, id FROM study WHERE id >= ? AND id < ? ${shown} ORDER BY id`)
      .all(prefix, `${prefix}{`);
  }

  /** Ids of visible studies, newest first. */
  ids(): readonly string[] {
    return this.#connection
      .prepareRaw<[], [string]>("SELECT id FROM study WHERE hidden_at IS NULL ORDER BY key DESC")
      .all()
      .map(([id]) => id);
  }

  /** The revision of every visible study, by id. */
  revisions(): ReadonlyMap<string, number> {
    return new Map(this.#connection.prepareRaw<[], readonly [string, number]>("SELECT id, revision FROM study WHERE hidden_at IS NULL").all());
  }

  /** Studies that a host drives, according to their rows. */
  active(): readonly { readonly key: number; readonly id: string; readonly owner: string | null }[] {
    return this.#connection.prepare<[], { key: number; id: string; owner: string | null }>("SELECT key, id, owner FROM study WHERE status = 'running'").all();
  }

  addChange(study: number, afterTrials: number, change: object): void {
    this.#connection
      .prepare<[number, number, number, string]>("INSERT INTO study_change (study, at, after_trials, change) VALUES (?, ?, ?, ?)")
      .run(study, Date.now(), afterTrials, JSON.stringify(change));
  }

  changes(study: number): readonly ChangeRow[] {
    return this.#changes.all(study).map((row) => readChange(row, this.#connection.file));
  }

  /** Keys of removed studies. */
  hidden(): readonly number[] {
    return this.#connection
      .prepareRaw<[], [number]>("SELECT key FROM study WHERE hidden_at IS NOT NULL AND status != 'running'")
      .all()
      .map(([key]) => key);
  }

  /** Deletes a study, unless it has runs that are still to be deleted. */
  purge(key: number): void {
    this.#connection.transaction(() => {
      const runs = this.#connection.prepare<[number], { found: number }>("SELECT EXISTS (SELECT 1 FROM run WHERE study = ?) AS found").get(key);
      if (runs?.found === 1) return;
      for (const table of ["trial", "rejection", "study_change"]) this.#connection.prepare<[number]>(`DELETE FROM ${table} WHERE study = ?`).run(key);
      this.#connection.prepare<[number]>("DELETE FROM study WHERE key = ?").run(key);
    });
  }
}

function columnValue(value: StudyPatch[keyof StudyPatch]): SqlValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "object" ? JSON.stringify(value) : value;
}
