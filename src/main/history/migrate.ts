/** Brings a history file to the version this code knows. The file's version is SQLite's `user_version`. */
import { fail } from "../../shared/kit/fault.ts";
import type { Connection } from "./connection.ts";
import { migrations } from "./migrations/index.ts";

/**
 * Each migration is one transaction, and the version is read inside it: two processes that open an old file at the
 * same time migrate it once.
 * @throws Fault where a newer Descent has written the file
 */
export function migrate(connection: Connection, steps: readonly string[] = migrations): void {
  const newest = steps.length;
  const found = versionOf(connection);
  if (found > newest)
    fail(
      "environment",
      connection.file,
      `must be of version ${newest} or older`,
      `version ${found}, written by a newer Descent`,
      "Update Descent, or choose another home with --home.",
    );
  if (found === 0 && hasTables(connection))
    fail(
      "environment",
      connection.file,
      "must be a history of Descent",
      "a database of another program",
      "Move it away to begin an empty history, or choose another home with --home.",
    );
  for (const [index, sql] of steps.entries()) {
    if (versionOf(connection) > index) continue;
    connection.transaction(() => {
      if (versionOf(connection) > index) return;
      connection.execute(sql);
      connection.pragma(`user_version = ${index + 1}`);
    });
  }
}

/** Asked in a transaction: another process may be making the tables of a new file just now, and the version with them. */
function hasTables(connection: Connection): boolean {
  return connection.transaction(
    () => versionOf(connection) === 0 && (connection.prepareRaw<[], [number]>("SELECT COUNT(*) FROM sqlite_schema").get()?.[0] ?? 0) > 0,
  );
}

function versionOf(connection: Connection): number {
  return Number(connection.pragma("user_version"));
}
