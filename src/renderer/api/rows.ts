/** The list of runs after some of its rows have changed. */
import type { RunSummary } from "../../shared/contract/runs.ts";

/** @returns null where a row that is new belongs among the older ones, at a place that only the whole list tells */
export function withRows(rows: readonly RunSummary[], changed: readonly RunSummary[]): readonly RunSummary[] | null {
  const byId = new Map(changed.map((row) => [row.id, row]));
  const next = rows.map((row) => byId.get(row.id) ?? row);
  const known = new Set(rows.map(({ id }) => id));
  const added = changed.filter(({ id }) => !known.has(id));
  const newest = rows[0]?.createdAt ?? Number.NEGATIVE_INFINITY;
  return added.some(({ createdAt }) => createdAt < newest) ? null : [...added, ...next];
}
