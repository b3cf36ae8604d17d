/** How problems are shown: in which order, and which samples belong to an item. */
import type { DataProblem, ProblemItem } from "../../../shared/contract/inspection.ts";

export const SEVERITIES = ["error", "warning", "info"] as const;

/** The gravest first, then those with the most samples. */
export function sortProblems(found: readonly DataProblem[]): readonly DataProblem[] {
  return found.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || b.total - a.total);
}

/** The samples of an item: its own, and the one that its detail says it repeats ("looks like sample 17"). */
export function samplesOf({ sample, detail }: Pick<ProblemItem, "sample" | "detail">): readonly number[] {
  if (sample === null) return [];
  const other = Number(/\bsample (\d+)/.exec(detail)?.[1] ?? Number.NaN);
  return Number.isNaN(other) || other === sample ? [sample] : [sample, other];
}
