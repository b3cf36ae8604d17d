/** Table `run`: one row per run, including what a listing shows. */
import type { RunStatus, RunSummary } from "../../shared/contract/runs.ts";
import { internal } from "../../shared/kit/fault.ts";
import type { ModelPlan } from "../../shared/recipe/plan.ts";
import type { Connection, SqlValue, Statement } from "./connection.ts";
import { planColumn } from "./planColumn.ts";
import { ReachedValues } from "./reached.ts";
import { type RunRow, summaryOf } from "./summaryRow.ts";

export interface NewRun {
  readonly id: string;
  readonly experiment: number;
  readonly recipe: number;
  readonly name: string;
  readonly owner: string;
  readonly dataset: string;
  readonly seed: number;
  readonly device: string;
  readonly optimizer: string;
  readonly parameterCount: number;
  readonly plan: ModelPlan;
  readonly checkpointEvery: number | null;
  readonly totalSteps: number;
  readonly totalEpochs: number;
  /** The trial that it belongs to; absent for a run of its own. */
  readonly of?: TrialPlace;
}

/** Place of a run in its study. */
export interface TrialPlace {
  /** Key of the study. */
  readonly study: number;
  /** Number of the trial. */
  readonly trial: number;
  /** Which repeat of the trial, from 0. */
  readonly place: number;
}

/** The fields of a run's row that can change. */
export interface RunPatch {
  readonly name?: string;
  readonly status?: RunStatus;
  readonly owner?: string | null;
  readonly trainerPid?: number | null;
  readonly checkpointEvery?: number | null;
  readonly startedAt?: number;
  readonly endedAt?: number | null;
  readonly activeMs?: number;
  /** For a run that gets another budget. */
  readonly recipe?: number;
  readonly totalEpochs?: number;
  /** Only known exactly when the data have been split. */
  readonly totalSteps?: number;
  readonly step?: number;
  readonly epoch?: number;
  readonly best?: RunSummary["best"];
  readonly latest?: RunSummary["latest"];
  readonly test?: RunSummary["test"];
  readonly problems?: RunSummary["problems"];
  readonly sparkline?: RunSummary["sparkline"];
  readonly hiddenAt?: number | null;
}

/** Each field of a patch, its column, and whether it is stored as JSON. */
const patchColumns: readonly (readonly [field: keyof RunPatch, column: string, json: boolean])[] = [
  ["name", "name", false],
  ["status", "status", false],
  ["owner", "owner", false],
  ["trainerPid", "trainer_pid", false],
  ["checkpointEvery", "checkpoint_every", false],
  ["startedAt", "started_at", false],
  ["endedAt", "ended_at", false],
  ["activeMs", "active_ms", false],
  ["recipe", "recipe", false],
  ["totalEpochs", "total_epochs", false],
  ["totalSteps", "total_steps", false],
  ["step", "step", false],
  ["epoch", "epoch", false],
  ["best", "best", true],
  ["latest", "latest", true],
  ["test", "test", true],
  ["problems", "problems", true],
  ["sparkline", "sparkline", true],
  ["hiddenAt", "hidden_at", false],
];

/** What the host needs besides a run's summary. */
export interface RunInternals {
  readonly key: number;
  readonly recipe: number;
  readonly owner: string | null;
  readonly trainerPid: number | null;
  readonly checkpointEvery: number | null;
}

/** A run of a trial. */
export interface TrialRun {
  readonly key: number;
  readonly id: string;
  readonly trial: number;
  readonly place: number;
}

/** A run's key and the revision of its row. */
export type RunVersion = readonly [key: number, revision: number];

const SUMMARY = `SELECT run.key, id, name, status, dataset, hash AS recipeHash, seed, device, optimizer, parameter_count AS parameterCount,
  created_at AS createdAt, started_at AS startedAt, ended_at AS endedAt, active_ms AS activeMs, step, total_steps AS totalSteps,
  epoch, total_epochs AS totalEpochs, best, latest, test, problems, sparkline, (SELECT study.id FROM study WHERE study.key = run.study) AS study, trial, place
  FROM run LEFT JOIN recipe ON recipe.key = run.recipe`;

/** Runs that a listing shows: those of a trial are shown with their study. */
const LISTED = "hidden_at IS NULL AND study IS NULL";

export class Runs {
  readonly #connection: Connection;
  readonly #summary: Statement<[number], RunRow>;
  readonly #internals: Statement<[number], RunInternals>;
  readonly #plan: Statement<[number], { plan: unknown }>;
  readonly #summaries: Statement<[string], RunRow>;
  readonly #reached: ReachedValues;
  readonly #revisions: Statement<[], RunVersion>;
  readonly #allRevisions: Statement<[], RunVersion>;
  readonly #ofStudy: Statement<[number, number | null, number | null], TrialRun>;
  readonly #revisionsAmong: Statement<[string], RunVersion>;
  readonly #revisionsById: Statement<[], readonly [id: string, revision: number]>;
  readonly #cache = new Map<number, { readonly revision: number; readonly summary: RunSummary }>();
  readonly #patches = new Map<string, Statement<SqlValue[], never>>();

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#summary = connection.prepare(`${SUMMARY} WHERE run.key = ?`);
    this.#summaries = connection.prepare(`${SUMMARY} WHERE run.key IN (SELECT value FROM json_each(?))`);
    this.#internals = connection.prepare("SELECT key, recipe, owner, trainer_pid AS trainerPid, checkpoint_every AS checkpointEvery FROM run WHERE key = ?");
    this.#plan = connection.prepare("SELECT plan FROM run WHERE key = ?");
    this.#reached = new ReachedValues(connection);
    // By key, because the clock may have been set back between two runs.
    this.#revisions = connection.prepareRaw(`SELECT key, revision FROM run WHERE ${LISTED} ORDER BY key DESC`);
    this.#allRevisions = connection.prepareRaw("SELECT key, revision FROM run WHERE hidden_at IS NULL ORDER BY key DESC");
    this.#ofStudy = connection.prepare(
      "SELECT key, id, trial, place FROM run WHERE study = ? AND (? IS NULL OR trial = ?) AND hidden_at IS NULL ORDER BY trial, place, key",
    );
    this.#revisionsAmong = connection.prepareRaw(`SELECT key, revision FROM run WHERE ${LISTED} AND id IN (SELECT value FROM json_each(?)) ORDER BY key DESC`);
    this.#revisionsById = connection.prepareRaw("SELECT id, revision FROM run WHERE hidden_at IS NULL");
  }

  /** Adds a run with status `queued`. */
  insert(run: NewRun): number {
    const result = this.#connection
      .prepare<SqlValue[]>(
        `INSERT INTO run (id, experiment, recipe, name, status, owner, dataset, seed, device, optimizer, parameter_count, plan, checkpoint_every, created_at, total_steps, total_epochs, study, trial, place)
         VALUES (?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        run.id,
        run.experiment,
        run.recipe,
        run.name,
        run.owner,
        run.dataset,
        run.seed,
        run.device,
        run.optimizer,
        run.parameterCount,
        JSON.stringify(run.plan),
        run.checkpointEvery,
        Date.now(),
        run.totalSteps,
        run.totalEpochs,
        run.of?.study ?? null,
        run.of?.trial ?? null,
        run.of?.place ?? null,
      );
    return Number(result.lastInsertRowid);
  }

  update(key: number, patch: RunPatch): void {
    const changed = patchColumns.filter(([field]) => patch[field] !== undefined);
    const signature = changed.map(([field]) => field).join();
    let statement = this.#patches.get(signature);
    if (statement === undefined) {
      const assignments = changed.map(([, column]) => `${column} = ?`);
      statement = this.#connection.prepare(`UPDATE run SET ${[...assignments, "revision = revision + 1"].join(", ")} WHERE key = ?`);
      this.#patches.set(signature, statement);
    }
    statement.run(...changed.map(([field, , json]) => columnValue(patch[field], json)), key);
  }

  /**
   * Claims a run that no host works on for this host's queue.
   * @returns false if its status had changed
   */
  claim(key: number, owner: string, from: readonly RunStatus[]): boolean {
    const marks = from.map(() => "?").join(", ");
    return (
      this.#connection
        .prepare<SqlValue[]>(
          `UPDATE run SET status = 'queued', owner = ?, revision = revision + 1 WHERE key = ? AND hidden_at IS NULL AND status IN (${marks})`,
        )
        .run(owner, key, ...from).changes === 1
    );
  }

  summary(key: number): RunSummary {
    const row = this.#summary.get(key);
    if (row === undefined) throw internal(`no run ${key}`);
    return { ...summaryOf(row, this.#connection.file), reached: this.#reached.of([key]).get(key) ?? {} };
  }

  internals(key: number): RunInternals {
    const row = this.#internals.get(key);
    if (row === undefined) throw internal(`no run ${key}`);
    return row;
  }

  /** The layers of the run's model, for display; empty if the row is damaged. */
  plan(key: number): ModelPlan {
    const plan = planColumn.safeParse(this.#plan.get(key)?.plan);
    // Only for display; elsewhere it is computed from the recipe.
    return plan.success ? plan.data : { inputShape: [], layers: [], outputShape: [], parameterCount: 0 };
  }

  /** Keys and revisions of visible runs, newest first. @param withTrials whether those of trials are among them */
  visible(withTrials = false): readonly RunVersion[] {
    return (withTrials ? this.#allRevisions : this.#revisions).all();
  }

  /** Hides the runs of a study that are shown, or shows those that were hidden with it. @param hiddenAt null shows them */
  hideStudy(study: number, hiddenAt: number | null): void {
    const { hidden } = this.#connection.prepare<[number], { hidden: number | null }>("SELECT MAX(hidden_at) AS hidden FROM run WHERE study = ?").get(study) ?? {
      hidden: null,
    };
    if (hiddenAt === null)
      this.#connection.prepare<SqlValue[]>("UPDATE run SET hidden_at = NULL, revision = revision + 1 WHERE study = ? AND hidden_at = ?").run(study, hidden);
    else
      this.#connection.prepare<SqlValue[]>("UPDATE run SET hidden_at = ?, revision = revision + 1 WHERE study = ? AND hidden_at IS NULL").run(hiddenAt, study);
  }

  /** Keys and ids of a study's visible runs; `trial` null for all of them. Ordered by trial and repeat, the newest start of a repeat last. */
  ofStudy(study: number, trial: number | null = null): readonly TrialRun[] {
    return this.#ofStudy.all(study, trial, trial);
  }

  /** The visible runs among those with these ids, newest first. */
  visibleAmong(ids: readonly string[]): readonly RunVersion[] {
    return this.#revisionsAmong.all(JSON.stringify(ids));
  }

  /** The revision of every visible run, by id. */
  revisions(): ReadonlyMap<string, number> {
    return new Map(this.#revisionsById.all());
  }

  /** Visible runs with a name, newest first. */
  named(name: string): readonly { readonly id: string; readonly recipeHash: string }[] {
    return this.#connection
      .prepare<[string], { id: string; recipeHash: string }>(
        `SELECT id, hash AS recipeHash FROM run JOIN recipe ON recipe.key = run.recipe WHERE ${LISTED} AND name = ? ORDER BY run.key DESC`,
      )
      .all(name);
  }

  /** Summaries in the given order. Unchanged rows are not parsed again; deleted runs are left out. */
  listed(versions: readonly RunVersion[]): readonly RunSummary[] {
    const stale = versions.filter(([key, revision]) => this.#cache.get(key)?.revision !== revision);
    const revisions = new Map(stale);
    const keys = [...revisions.keys()];
    const reached = this.#reached.of(keys);
    for (const row of this.#summaries.all(JSON.stringify(keys))) {
      const key = Number(row.key);
      const summary = { ...summaryOf(row, this.#connection.file), reached: reached.get(key) ?? {} };
      this.#cache.set(key, { revision: revisions.get(key) ?? 0, summary });
    }
    return versions.flatMap(([key]) => this.#cache.get(key)?.summary ?? []);
  }

  /** Keys of runs whose id begins with a text. */
  withPrefix(prefix: string, includeHidden = false): readonly { readonly key: number; readonly id: string }[] {
    const shown = includeHidden ? "" : "AND hidden_at IS NULL";
    return this.#connection
      .prepare<[string, string], { key: number; id: string }>(`SELECT key, id FROM run WHERE id >= ? AND id < ? ${shown} ORDER BY id`)
      .all(prefix, `${prefix}{`);
  }

  /** Ids of visible runs, newest first. */
  ids(limit = 10_000): readonly string[] {
    return this.#connection
      .prepareRaw<[number], [string]>(`SELECT id FROM run WHERE ${LISTED} ORDER BY key DESC LIMIT ?`)
      .all(limit)
      .map(([id]) => id);
  }

  /** Keys and ids of visible runs that have taken a step, newest first. */
  begun(limit: number): readonly { readonly key: number; readonly id: string }[] {
    return this.#connection
      .prepare<[number], { key: number; id: string }>("SELECT key, id FROM run WHERE hidden_at IS NULL AND step > 0 ORDER BY key DESC LIMIT ?")
      .all(limit);
  }

  /** Runs that a host is working on, according to their rows. */
  active(): readonly { readonly key: number; readonly id: string; readonly owner: string | null }[] {
    return this.#connection
      .prepare<[], { key: number; id: string; owner: string | null }>("SELECT key, id, owner FROM run WHERE status IN ('queued', 'running')")
      .all();
  }

  hidden(): readonly { readonly key: number; readonly id: string }[] {
    return this.#connection
      .prepare<[], { key: number; id: string }>("SELECT key, id FROM run WHERE hidden_at IS NOT NULL AND status NOT IN ('queued', 'running')")
      .all();
  }

  /** Deletes up to `limit` metric rows of a run and, when none are left, the rest of it. @returns whether it is deleted completely */
  purge(key: number, limit: number): boolean {
    return this.#connection.transaction(() => {
      const { changes } = this.#connection
        .prepare<[number, number, number]>("DELETE FROM metric WHERE run = ? AND (name, step) IN (SELECT name, step FROM metric WHERE run = ? LIMIT ?)")
        .run(key, key, limit);
      if (changes === limit) return false;
      for (const table of ["metric_pyramid", "event", "checkpoint"]) this.#connection.prepare<[number]>(`DELETE FROM ${table} WHERE run = ?`).run(key);
      this.#connection.prepare<[number]>("DELETE FROM run WHERE key = ?").run(key);
      this.#connection.execute("DELETE FROM recipe WHERE key NOT IN (SELECT recipe FROM run)");
      this.#cache.delete(key);
      return true;
    });
  }
}

function columnValue(value: RunPatch[keyof RunPatch], json: boolean): SqlValue {
  if (value === null || value === undefined) return null;
  return json || typeof value === "object" ? JSON.stringify(value) : value;
}
