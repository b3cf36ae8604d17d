/** Which runs a filter text leaves: those that hold each of its words somewhere. */
import type { RunSummary } from "../../../shared/contract/types.ts";

/** @param statusWord the status in the language of the window, which can be filtered by as well as its own name */
export function matches(run: RunSummary, filter: string, statusWord: (run: RunSummary) => string): boolean {
  const words = filter.toLowerCase().split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return true;
  const text = [run.name, run.dataset, run.status, statusWord(run), run.optimizer, run.device, run.id].join("\n").toLowerCase();
  return words.every((word) => text.includes(word));
}
