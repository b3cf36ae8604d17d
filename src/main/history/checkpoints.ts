/** Table `checkpoint`: the newest two states of each kind of each run. A row is only written for a durable file. */
import { z } from "zod";
import type { CheckpointInfo } from "../../shared/contract/runs.ts";
import type { Connection, Statement } from "./connection.ts";
import { json } from "./jsonColumn.ts";

/** Number of checkpoints kept of each kind. A `last` file refers to the `best` file that was newest then, which is now the newest or second newest. */
const KEPT = 2;

/** Empty if the JSON is damaged: a checkpoint needs only its file and hash, and its metrics are also in the history. Earlier versions wrote null for undefined metrics. */
const metricsColumn = json(
  z
    .record(z.string(), z.number().nullable())
    .transform((all) => Object.fromEntries(Object.entries(all).filter((entry): entry is [string, number] => entry[1] !== null))),
).catch({});

interface CheckpointRow {
  readonly kind: CheckpointInfo["kind"];
  readonly file: string;
  readonly step: number;
  readonly epoch: number;
  readonly hash: string;
  readonly metrics: string;
}

export class Checkpoints {
  readonly #insert: Statement<[number, string, string, number, number, string, string]>;
  readonly #delete: Statement<[number, string, string]>;
  readonly #discard: Statement<[number, string]>;
  readonly #list: Statement<[number], CheckpointRow>;

  constructor(connection: Connection) {
    this.#insert = connection.prepare("INSERT INTO checkpoint (run, kind, file, step, epoch, hash, metrics) VALUES (?, ?, ?, ?, ?, ?, ?)");
    this.#delete = connection.prepare("DELETE FROM checkpoint WHERE run = ? AND kind = ? AND file = ?");
    this.#discard = connection.prepare("DELETE FROM checkpoint WHERE run = ? AND file = ?");
    this.#list = connection.prepare("SELECT kind, file, step, epoch, hash, metrics FROM checkpoint WHERE run = ? ORDER BY kind DESC, key DESC");
  }

  /**
   * Adds checkpoints as the newest of their kinds, and deletes the oldest rows.
   * @returns files that no row of the run names any more
   */
  put(run: number, records: readonly CheckpointInfo[]): readonly string[] {
    const before = this.list(run);
    for (const { kind, file, step, epoch, hash, metrics } of records) {
      this.#delete.run(run, kind, file);
      this.#insert.run(run, kind, file, step, epoch, hash, JSON.stringify(metrics));
    }
    const now = this.list(run);
    for (const kind of ["last", "best"]) for (const { file } of now.filter((each) => each.kind === kind).slice(KEPT)) this.#delete.run(run, kind, file);
    const kept = new Set(this.list(run).map(({ file }) => file));
    return [...new Set(before.map(({ file }) => file))].filter((file) => !kept.has(file));
  }

  /** Deletes the row of a file that is damaged or missing. */
  discard(run: number, file: string): void {
    this.#discard.run(run, file);
  }

  /** `last` before `best`, newest first within each. */
  list(run: number): readonly CheckpointInfo[] {
    return this.#list.all(run).map((row) => ({ ...row, metrics: metricsColumn.parse(row.metrics) }));
  }

  /** The newest of a kind. */
  find(run: number, kind: CheckpointInfo["kind"]): CheckpointInfo | null {
    return this.list(run).find((checkpoint) => checkpoint.kind === kind) ?? null;
  }
}
