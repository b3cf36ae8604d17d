/** The progress of a run for display. All figures are from the same moment. */
import type { RunProgress, RunSummary } from "../../shared/contract/runs.ts";

type Shown = Omit<RunProgress, "run" | "status">;

/**
 * While a run trains, its newest progress event; otherwise its row. The two are never mixed, because the row is updated less often
 * and its epoch may be behind the event's step.
 * @param told the newest event; one from an earlier start of the same run has the phase "ended"
 */
export function shownProgress(run: RunSummary, told: RunProgress | undefined): Shown {
  const active = run.status === "queued" || run.status === "running";
  if (active && told !== undefined && told.phase !== "ended") return told;
  const { step, totalSteps, epoch, totalEpochs, status } = run;
  const phase = status === "queued" ? "queued" : status === "running" ? "preparing" : "ended";
  return { phase, step, totalSteps, epoch, totalEpochs, stepsPerSecond: null, samplesPerSecond: null, remainingMs: null };
}
