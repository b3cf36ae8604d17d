/** How far a run is, for the eye: all figures are of one moment. */
import type { RunProgress, RunSummary } from "../../shared/contract/runs.ts";

type Shown = Omit<RunProgress, "run" | "status">;

/**
 * While a run trains, its newest progress event, whole; otherwise its row. The two are never mixed: the row is read again only now and then, so that
 * its epoch may be behind the event's step.
 * @param told the newest event; of an earlier start of the same run it says "ended"
 */
export function shownProgress(run: RunSummary, told: RunProgress | undefined): Shown {
  const active = run.status === "queued" || run.status === "running";
  if (active && told !== undefined && told.phase !== "ended") return told;
  const { step, totalSteps, epoch, totalEpochs, status } = run;
  const phase = status === "queued" ? "queued" : status === "running" ? "preparing" : "ended";
  return { phase, step, totalSteps, epoch, totalEpochs, stepsPerSecond: null, samplesPerSecond: null, remainingMs: null };
}
