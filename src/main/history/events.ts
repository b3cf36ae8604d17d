/** Table `event`: the log lines of runs. */
import type { RunEvent } from "../../shared/contract/runs.ts";
import type { Connection, Statement } from "./connection.ts";

export interface StoredEvent extends RunEvent {
  readonly key: number;
}

export class Events {
  readonly #insert: Statement<[number, number, string, string]>;
  readonly #list: Statement<[number, number], StoredEvent>;
  readonly #latest: Statement<[number, number], RunEvent>;
  readonly #same: Statement<[number, string], { found: number }>;
  readonly #last: Statement<[number], { key: number | null }>;

  constructor(connection: Connection) {
    this.#insert = connection.prepare("INSERT INTO event (run, at, level, text) VALUES (?, ?, ?, ?)");
    this.#list = connection.prepare("SELECT key, at, level, text FROM event WHERE run = ? AND key > ? ORDER BY key");
    this.#latest = connection.prepare("SELECT at, level, text FROM event WHERE run = ? ORDER BY key DESC LIMIT ?");
    this.#same = connection.prepare("SELECT EXISTS (SELECT 1 FROM event WHERE run = ? AND text = ?) AS found");
    this.#last = connection.prepare("SELECT MAX(key) AS key FROM event WHERE run = ?");
  }

  add(run: number, level: RunEvent["level"], text: string): void {
    this.#insert.run(run, Date.now(), level, text);
  }

  /** Whether the run has logged this line before. */
  has(run: number, text: string): boolean {
    return this.#same.get(run, text)?.found === 1;
  }

  /** Events after a key, oldest first. */
  after(run: number, key: number): readonly StoredEvent[] {
    return this.#list.all(run, key);
  }

  /** The newest events, oldest first. */
  latest(run: number, limit: number): readonly RunEvent[] {
    return this.#latest.all(run, limit).reverse();
  }

  /** The key of the newest event; 0 before the first. */
  lastKey(run: number): number {
    return this.#last.get(run)?.key ?? 0;
  }
}
