/** Streams the inspection of a source from a separate process, which ends when the listener leaves. */
import type { DataProblem, InspectionEvent } from "../../../shared/contract/inspection.ts";
import type { SourceConfig } from "../../../shared/recipe/sources.ts";
import { problemsCsv } from "../../data/inspect/problemsCsv.ts";
import type { StudioContext } from "../context.ts";
import { performJob } from "../job.ts";

export async function* inspectData({ spawnTrainer }: StudioContext, source: SourceConfig, signal: AbortSignal): AsyncGenerator<InspectionEvent> {
  const events: InspectionEvent[] = [];
  let wake = () => {};
  let over = false;
  const left = new AbortController();
  const work = performJob(spawnTrainer, {
    place: "inspection",
    work: "the inspection",
    job: { type: "inspect", source },
    signal: AbortSignal.any([signal, left.signal]),
    checkpoint: null,
    onMessage: (message) => {
      if (message.type !== "inspection") return;
      // A slow listener gets only the newest message of each kind.
      const older = events.findIndex(({ type }) => type === message.event.type);
      if (older >= 0) events.splice(older, 1);
      events.push(message.event);
      wake();
    },
  }).finally(() => {
    over = true;
    wake();
  });
  // Errors are reported below, after the results so far.
  work.catch(() => {});
  try {
    while (!over || events.length > 0) {
      const event = events.shift();
      if (event !== undefined) yield event;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (over || events.length > 0) resolve();
        });
    }
    await work;
  } finally {
    left.abort();
  }
}

/** Every problem with its samples as CSV text; inspects the source if necessary. */
export async function problemsAsCsv(context: StudioContext, source: SourceConfig, signal: AbortSignal): Promise<string> {
  let problems: readonly DataProblem[] = [];
  for await (const event of inspectData(context, source, signal)) if (event.type === "inspection") problems = event.inspection.problems;
  return problemsCsv(problems);
}
