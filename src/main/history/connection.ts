/**
 * One synchronous connection to the history's SQLite file.
 *
 * Synchronous on purpose: a transaction is one call, so "these metrics and this checkpoint row, or neither" needs no
 * care. Callers keep transactions short, so that the event loop is never held for long.
 *
 * Durability. The file is in WAL mode with `synchronous=NORMAL`: a commit is written to the log file but not synced. Ending
 * any process, however hard, loses nothing that was committed, because the written pages belong to the operating system.
 * A power cut may lose the last commits, never the file's soundness. Where more hangs on a commit (older checkpoint files
 * are deleted after it), {@link Connection.durably} syncs the log, and everything committed before with it.
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

/** A prepared statement whose errors are faults. */
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

  /** @throws Fault where the file cannot be opened as a writable database */
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

  /** All of `work` or, where it throws, nothing of it. Nested calls join the outer transaction. */
  transaction<T>(work: () => T): T {
    if (this.#database.inTransaction) return work();
    return this.#guarded(() => this.#database.transaction(work).immediate());
  }

  /** A transaction that is on the disk when this returns, with all commits before it. */
  durably<T>(work: () => T): T {
    this.pragma("synchronous = FULL");
    try {
      return this.transaction(work);
    } finally {
      this.pragma("synchronous = NORMAL");
    }
  }

  /** Changes whenever another connection has committed something. */
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
 * Changing the journal's mode answers "busy" at once where another process does the same to a new file: SQLite does not wait
 * where two could wait for each other. So this waits, and tries again.
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
