/** Which runs match a filter text: those that contain each of its words. */
import { create } from "zustand";
import type { RunStatus, RunSummary } from "../../shared/contract/runs.ts";

/** The text in the filter's field. It is kept while other screens are shown. */
export const useRunsFilter = create<{ readonly filter: string }>()(() => ({ filter: "" }));

/** The searchable text of each run, cached because each typed letter searches 10,000 runs. Rows are replaced when they change, never mutated. */
const texts = new WeakMap<RunSummary, string>();

/** @param statusWords each status in the language of the window; runs can be found by these and by the status identifiers */
export function filterRuns(runs: readonly RunSummary[], filter: string, statusWords: Readonly<Record<RunStatus, string>>): readonly RunSummary[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return runs;
  return runs.filter((run) => {
    const text = textOf(run);
    const status = statusWords[run.status].toLowerCase();
    return words.every((word) => text.includes(word) || status.includes(word));
  });
}

function textOf(run: RunSummary): string {
  const known = texts.get(run);
  if (known !== undefined) return known;
  const text = [run.name, run.dataset, run.status, run.optimizer, run.device, run.id].join("\n").toLowerCase();
  texts.set(run, text);
  return text;
}
