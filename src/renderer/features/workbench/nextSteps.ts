/** Which next steps are offered for a run. */
import type { RunDetail } from "../../../shared/contract/runs.ts";

export type NextStep = "evaluate" | "predict" | "suspects" | "reproduce" | "export" | "fork" | "more" | "seen";

/**
 * None while it trains or waits. A run that never trained offers only its recipe.
 * @param hasPage whether the run's data set has a page, where its hardest samples are shown
 */
export function nextSteps({ status, step, checkpoints }: Pick<RunDetail, "status" | "step" | "checkpoints">, hasPage: boolean): readonly NextStep[] {
  if (status === "queued" || status === "running" || status === "paused") return [];
  const completed = status === "completed";
  return [
    ...(checkpoints.length > 0 ? (["evaluate", "predict"] as const) : []),
    ...(completed && hasPage ? (["suspects"] as const) : []),
    ...(step > 0 ? (["seen"] as const) : []),
    ...(completed ? (["more"] as const) : []),
    "fork",
    ...(checkpoints.length > 0 ? (["export"] as const) : []),
    ...(step > 0 ? (["reproduce"] as const) : []),
  ];
}
