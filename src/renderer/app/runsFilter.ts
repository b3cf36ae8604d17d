/** Which runs a filter text leaves: those that hold each of its words somewhere. */
import { create } from "zustand";
import type { RunStatus, RunSummary } from "../../shared/contract/runs.ts";

/** The text in the filter's field, kept while other screens are shown. */
export const useRunsFilter = create<{ readonly filter: string }>()(() => ({ filter: "" }));

/** What is searched of a run, kept because 10,000 are searched at every letter typed. Rows are replaced when they change, never altered. */
const texts = new WeakMap<RunSummary, string>();

/** @param statusWords each status in the language of the window; a run is found by them as well as by the status's own name */
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
