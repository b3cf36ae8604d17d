/** Table `checkpoint`: the newest two states of each kind of each run. A row is written only for a file that is durable. */
import { z } from "zod";
import type { CheckpointInfo } from "../../shared/contract/runs.ts";
import type { Connection, Statement } from "./connection.ts";
import { json } from "./jsonColumn.ts";

/** How many of each kind are kept. A `last` file names the newest `best` of its time, which is the newest now or the one before. */
const KEPT = 2;

/** Empty where the row is damaged: a checkpoint is used by its file and hash, and its metrics are in the history too. Earlier versions wrote null for what is not defined. */
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
   * Adds checkpoints as the newest of their kinds; the oldest go.
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

  /** Takes back what was said of a file: it is damaged or gone. */
  discard(run: number, file: string): void {
    this.#discard.run(run, file);
  }

  /** `last` before `best`, the newest of each first. */
  list(run: number): readonly CheckpointInfo[] {
    return this.#list.all(run).map((row) => ({ ...row, metrics: metricsColumn.parse(row.metrics) }));
  }

  /** The newest of a kind. */
  find(run: number, kind: CheckpointInfo["kind"]): CheckpointInfo | null {
    return this.list(run).find((checkpoint) => checkpoint.kind === kind) ?? null;
  }
}
