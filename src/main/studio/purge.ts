/** Deletes for good what was removed in an earlier session: files first, so that an interrupted purge is found and finished. */
import { rm } from "node:fs/promises";
import { setImmediate as breathe } from "node:timers/promises";
import type { StudioContext } from "./context.ts";

const ROWS_AT_ONCE = 4000;

export async function purgeHidden({ history, layout, purging }: StudioContext, signal: AbortSignal): Promise<void> {
  for (const { key, id } of history.runs.hidden()) {
    if (!purging.has(key)) continue;
    await rm(layout.runFolder(id), { recursive: true, force: true });
    while (!signal.aborted && !history.runs.purge(key, ROWS_AT_ONCE)) await breathe();
    if (signal.aborted) return;
  }
}
