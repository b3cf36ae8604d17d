/** Permanently deletes what was removed in an earlier session. Files are deleted first, so that an interrupted purge can be completed. */
import { rm } from "node:fs/promises";
import path from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import type { StudioContext } from "./context.ts";
import { Uploads } from "./data/uploads.ts";

const ROWS_AT_ONCE = 4000;

export async function purgeHidden({ history, layout, purging }: StudioContext, signal: AbortSignal): Promise<void> {
  for (const { key, id } of history.runs.hidden()) {
    if (!purging.has(key)) continue;
    await rm(layout.runFolder(id), { recursive: true, force: true });
    while (!signal.aborted && !history.runs.purge(key, ROWS_AT_ONCE)) await breathe();
    if (signal.aborted) return;
  }
}

/** Deletes removed studies, whose runs have been deleted. */
export function purgeStudies({ history, purgingStudies }: StudioContext): void {
  for (const key of purgingStudies) history.studies.purge(key);
}

/** Unreferenced imports are deleted after this time. */
const IMPORT_GRACE_MS = 24 * 60 * 60 * 1000;

/** Deletes data sets that were removed in an earlier session, and copies of imported files that neither a data set nor a run names. */
export async function purgeDatasets({ history, layout }: StudioContext): Promise<void> {
  for (const id of history.datasets.hidden()) history.datasets.purge(id);
  for (const folder of await new Uploads(layout.home).olderThan(IMPORT_GRACE_MS))
    if (!history.datasets.names(folder + path.sep)) await rm(folder, { recursive: true, force: true });
}
