/** Updates the list of runs with changed rows. */
import type { RunSummary } from "../../shared/contract/runs.ts";

/** @returns null if a new row belongs among older ones, because only the whole list shows its position */
export function withRows(rows: readonly RunSummary[], changed: readonly RunSummary[]): readonly RunSummary[] | null {
  const byId = new Map(changed.map((row) => [row.id, row]));
  const next = rows.map((row) => byId.get(row.id) ?? row);
  const known = new Set(rows.map(({ id }) => id));
  const added = changed.filter(({ id }) => !known.has(id));
  const newest = rows[0]?.createdAt ?? Number.NEGATIVE_INFINITY;
  return added.some(({ createdAt }) => createdAt < newest) ? null : [...added, ...next];
}
