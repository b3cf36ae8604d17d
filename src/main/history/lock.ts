/**
 * A lock between processes that cannot go stale: an open exclusive transaction on an empty SQLite file. The operating system
 * holds it and lets go of it when the process ends, however it ends.
 *
 * Nothing else in this process may open the file: POSIX locks vanish when any descriptor of the file is closed.
 */
import { existsSync, rmSync } from "node:fs";
import Database from "better-sqlite3";
import { storageFault } from "./faults.ts";

export interface Lock {
  readonly file: string;
  /** Lets go. The file stays, since a process that waits for it may have it open; `remove` deletes it where nobody can. */
  release(options?: { readonly remove?: boolean }): void;
}

/**
 * The lock, or null where another process (or another holder in this one) has it.
 * @throws Fault where the file cannot be made
 */
export function acquireLock(file: string): Lock | null {
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { timeout: 0 });
    // Without a journal file beside it: nothing is ever written.
    database.pragma("journal_mode = MEMORY");
    database.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    database?.close();
    if (error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY")) return null;
    throw storageFault(error, file);
  }
  const held = database;
  return {
    file,
    release: ({ remove = false } = {}) => {
      if (!held.open) return;
      // Deleted while held, so that nobody can take a lock on a file that is about to vanish.
      if (remove && process.platform !== "win32") rmSync(file, { force: true });
      held.close();
      if (remove && process.platform === "win32") rmSync(file, { force: true });
    },
  };
}

/** Whether a process holds the lock. A file that is not there is not held; one that is free is deleted where asked. */
export function isLocked(file: string, options: { readonly removeFree?: boolean } = {}): boolean {
  if (!existsSync(file)) return false;
  const lock = acquireLock(file);
  if (lock === null) return true;
  lock.release({ remove: options.removeFree ?? false });
  return false;
}
