/**
 * One synchronous connection to the history's SQLite file.
 *
 * Deliberately synchronous: a transaction is one call, so "these metrics and this checkpoint row, or neither" is simple. Callers keep transactions short,
 * so that the event loop is not blocked for long.
 *
 * Durability: the file is in WAL mode with `synchronous=NORMAL`, so a commit is written to the log file but not synced. Killing any process loses nothing
 * that was committed, because the operating system has the written pages. A power cut may lose the last commits but does not damage the file. If more
 * depends on a commit (older checkpoint files are deleted after it), {@link Connection.durably} syncs the log and with it all earlier commits.
 */
import Database from "better-sqlite3";
import { storageFault } from "./faults.ts";

/** How long a statement waits for another process's commit. */
const BUSY_TIMEOUT_MS = 5000;
const BUSY_PAUSE_MS = 5;

export type SqlValue = string | number | null;

export interface RunResult {
  readonly changes: number;
  readonly lastInsertRowid: number | bigint;
}

/** A prepared statement that throws faults. */
export class Statement<P extends readonly SqlValue[], R = never> {
  readonly #statement: Database.Statement<SqlValue[], R>;
  readonly #file: string;

  constructor(statement: Database.Statement<SqlValue[], R>, file: string) {
    this.#statement = statement;
    this.#file = file;
  }

  run(...parameters: P): RunResult {
    try {
      return this.#statement.run(...parameters);
    } catch (error) {
      throw storageFault(error, this.#file);
    }
  }

  get(...parameters: P): R | undefined {
    try {
      return this.#statement.get(...parameters);
    } catch (error) {
      throw storageFault(error, this.#file);
    }
  }

  all(...parameters: P): R[] {
    try {
      return this.#statement.all(...parameters);
    } catch (error) {
      throw storageFault(error, this.#file);
    }
  }
}

export class Connection {
  readonly file: string;
  readonly #database: Database.Database;

  /** @throws Fault if the file cannot be opened as a writable database */
  constructor(file: string) {
    this.file = file;
    try {
      this.#database = new Database(file, { timeout: BUSY_TIMEOUT_MS });
      switchToWal(this.#database);
      this.#database.pragma("synchronous = NORMAL");
      this.#database.pragma("foreign_keys = ON");
      this.#database.pragma("journal_size_limit = 67108864");
    } catch (error) {
      throw storageFault(error, file);
    }
  }

  /** @typeParam R a row, as objects keyed by column */
  prepare<P extends readonly SqlValue[], R = never>(sql: string): Statement<P, R> {
    return new Statement(
      this.#guarded(() => this.#database.prepare<SqlValue[], R>(sql)),
      this.file,
    );
  }

  /** @typeParam R a row, as a tuple of its columns: faster where there are many rows */
  prepareRaw<P extends readonly SqlValue[], R>(sql: string): Statement<P, R> {
    return new Statement(
      this.#guarded(() => this.#database.prepare<SqlValue[], R>(sql).raw()),
      this.file,
    );
  }

  execute(sql: string): void {
    this.#guarded(() => this.#database.exec(sql));
  }

  pragma(name: string): unknown {
    return this.#guarded(() => this.#database.pragma(name, { simple: true }));
  }

  /** Commits all of `work`, or nothing if it throws. Nested calls join the outer transaction. */
  transaction<T>(work: () => T): T {
    if (this.#database.inTransaction) return work();
    return this.#guarded(() => this.#database.transaction(work).immediate());
  }

  /** A transaction that is on disk when this returns, together with all earlier commits. */
  durably<T>(work: () => T): T {
    this.pragma("synchronous = FULL");
    try {
      return this.transaction(work);
    } finally {
      this.pragma("synchronous = NORMAL");
    }
  }

  /** Changes whenever another connection has committed. */
  dataVersion(): number {
    return Number(this.pragma("data_version"));
  }

  get open(): boolean {
    return this.#database.open;
  }

  close(): void {
    this.#database.close();
  }

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw storageFault(error, this.file);
    }
  }
}

/**
 * If another process is also changing the journal mode of a new file, SQLite returns "busy" immediately, because two processes could wait for each
 * other. So this waits and retries.
 */
function switchToWal(database: Database.Database): void {
  const deadline = performance.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    try {
      database.pragma("journal_mode = WAL");
      return;
    } catch (error) {
      const busy = error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY");
      if (!busy || performance.now() > deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BUSY_PAUSE_MS);
    }
  }
}
