/** Migrates a history file to the present version. The file's version is SQLite's `user_version`. */
import { fail } from "../../shared/kit/fault.ts";
import type { Connection } from "./connection.ts";
import { migrations } from "./migrations/index.ts";

/**
 * Each migration is one transaction that also reads the version, so that two processes that open an old file at the same time migrate it only once.
 * @throws Fault if a newer Descent has written the file
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
      "Move it away to start an empty history, or choose another home with --home.",
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

/** Read in a transaction, because another process may just be creating the tables of a new file together with its version. */
function hasTables(connection: Connection): boolean {
  return connection.transaction(
    () => versionOf(connection) === 0 && (connection.prepareRaw<[], [number]>("SELECT COUNT(*) FROM sqlite_schema").get()?.[0] ?? 0) > 0,
  );
}

function versionOf(connection: Connection): number {
  return Number(connection.pragma("user_version"));
}
