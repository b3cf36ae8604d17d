/** Table `checkpoint`: the newest and the best state of each run. A row is written only for a file that is durable. */
import type { CheckpointInfo } from "../../shared/contract/types.ts";
import type { Connection, Statement } from "./connection.ts";

interface CheckpointRow {
  readonly kind: CheckpointInfo["kind"];
  readonly file: string;
  readonly step: number;
  readonly epoch: number;
  readonly hash: string;
  readonly metrics: string;
}

export class Checkpoints {
  readonly #put: Statement<[number, string, string, number, number, string, string]>;
  readonly #list: Statement<[number], CheckpointRow>;

  constructor(connection: Connection) {
    this.#put = connection.prepare(
      `INSERT INTO checkpoint (run, kind, file, step, epoch, hash, metrics) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET file = excluded.file, step = excluded.step, epoch = excluded.epoch, hash = excluded.hash, metrics = excluded.metrics`,
    );
    this.#list = connection.prepare("SELECT kind, file, step, epoch, hash, metrics FROM checkpoint WHERE run = ? ORDER BY kind DESC");
  }

  /**
   * Replaces the run's checkpoints of the same kinds.
   * @returns files that no row of the run names any more
   */
  put(run: number, records: readonly CheckpointInfo[]): readonly string[] {
    const before = this.list(run);
    for (const { kind, file, step, epoch, hash, metrics } of records) this.#put.run(run, kind, file, step, epoch, hash, JSON.stringify(metrics));
    const kept = new Set(this.list(run).map(({ file }) => file));
    return [...new Set(before.map(({ file }) => file))].filter((file) => !kept.has(file));
  }

  /** `last` before `best`. */
  list(run: number): readonly CheckpointInfo[] {
    return this.#list.all(run).map((row) => ({ ...row, metrics: JSON.parse(row.metrics) }));
  }

  find(run: number, kind: CheckpointInfo["kind"]): CheckpointInfo | null {
    return this.list(run).find((checkpoint) => checkpoint.kind === kind) ?? null;
  }
}
