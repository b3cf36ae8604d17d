/** The order of problems, and the samples that belong to an item. */
import type { DataProblem, ProblemItem } from "../../../shared/contract/inspection.ts";
import { inLanguage } from "../../../shared/kit/words.ts";

export const SEVERITIES = ["error", "warning", "info"] as const;

/** By severity, then by the number of samples, both descending. */
export function sortProblems(found: readonly DataProblem[]): readonly DataProblem[] {
  return found.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || b.total - a.total);
}

/** The samples of an item: its own, and the one that its detail names as similar ("looks like sample 17"). */
export function samplesOf({ sample, detail }: Pick<ProblemItem, "sample" | "detail">): readonly number[] {
  if (sample === null) return [];
  const other = Number(/\bsample (\d+)/.exec(inLanguage(detail, "en"))?.[1] ?? Number.NaN);
  return Number.isNaN(other) || other === sample ? [sample] : [sample, other];
}
