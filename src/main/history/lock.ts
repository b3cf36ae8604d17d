/**
 * A lock between processes that cannot become stale: an open exclusive transaction on an empty SQLite file. The operating system holds it and releases
 * it when the process ends for any reason.
 *
 * Nothing else in this process may open the file, because POSIX locks are lost when any descriptor of the file is closed.
 */
import { existsSync, rmSync } from "node:fs";
import Database from "better-sqlite3";
import { storageFault } from "./faults.ts";

export interface Lock {
  readonly file: string;
  /** Releases the lock. The file is kept, because a waiting process may have it open; with `remove` it is deleted. */
  release(options?: { readonly remove?: boolean }): void;
}

/**
 * The lock, or null if another process (or another holder in this one) has it.
 * @throws Fault if the file cannot be created
 */
export function acquireLock(file: string): Lock | null {
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { timeout: 0 });
    // Without a journal file, because nothing is ever written.
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
      // Deleted while locked, so that no other process can lock a file that is about to be deleted.
      if (remove && process.platform !== "win32") rmSync(file, { force: true });
      held.close();
      if (remove && process.platform === "win32") rmSync(file, { force: true });
    },
  };
}

/** Whether a process holds the lock. A missing file is not locked; a free file is deleted if requested. */
export function isLocked(file: string, options: { readonly removeFree?: boolean } = {}): boolean {
  if (!existsSync(file)) return false;
  const lock = acquireLock(file);
  if (lock === null) return true;
  lock.release({ remove: options.removeFree ?? false });
  return false;
}
