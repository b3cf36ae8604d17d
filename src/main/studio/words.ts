/** Sentences used in several places. */
import type { RunSummary } from "../../shared/contract/runs.ts";
import type { History } from "../history/history.ts";

/** Where a resumed run would continue. */
export function resumePoint(history: History, run: number): string {
  const last = history.checkpoints.find(run, "last");
  return last === null ? "Resume starts again from the beginning." : `Resume continues from step ${last.step}.`;
}

/** How a trainer ended without a final message. */
export function describeExit(code: number | null, signal: string | null, run: Pick<RunSummary, "step"> | null): string {
  const cause = signal === null ? `ended with exit code ${code ?? "unknown"}` : `was ended by ${signal}`;
  const guess =
    signal === "SIGKILL"
      ? ", perhaps out of memory"
      : signal === "SIGSEGV" || signal === "SIGABRT" || signal === "SIGBUS"
        ? ", a crash of the native runtime"
        : "";
  return `The trainer ${cause}${run === null ? "" : ` at step ${run.step}`}${guess}.`;
}
