/** Follows one run to its end: metrics and progress go to standard output; the result is the exit status. */
import type { FollowEvent, RunProgress, RunSummary } from "../../../shared/contract/runs.ts";
import { assertNever, describeProblem } from "../../../shared/kit/fault.ts";
import { metricText } from "../../../shared/recipe/metricText.ts";
import { durationText } from "../../../shared/text/durations.ts";
import { countText } from "../../../shared/text/numbers.ts";
import { bestEpochText } from "./bestText.ts";
import { ExitStatus } from "./exitStatus.ts";
import { inEnglish } from "./inEnglish.ts";
import { Interruption } from "./interruption.ts";
import { type Output, OutputClosed } from "./output.ts";
import { ProgressView } from "./progress.ts";
import type { Session } from "./session.ts";
import { lossUnitText } from "./text.ts";

export interface FollowOptions {
  readonly session: Session;
  readonly output: Output;
  /** The --home option to repeat in suggested commands; empty for the default home. */
  readonly homeOption: string;
  /** With --json, prints no progress, for one of several runs whose results are printed together. */
  readonly quietJson?: boolean;
  /** Starts or resumes the run. */
  begin(): Promise<RunSummary>;
}

/** Starts a run and follows it; the first signal halts it with a checkpoint. */
export async function followRun(options: FollowOptions): Promise<number> {
  const interruption = new Interruption();
  try {
    const ended = await followToEnd(options, interruption);
    const { client } = options.session;
    // Read before the session closes; after a signal there is no result to explain.
    const unit = ended.status === "completed" ? lossUnitText((await client.runs.get({ id: ended.id })).recipe) : null;
    await options.session.close();
    return await conclude(ended, unit, options);
  } finally {
    interruption.stopListening();
  }
}

/** Like {@link followRun}, without printing the result. The session stays open unless a signal closes it. */
export async function followToEnd(options: FollowOptions, interruption: Interruption): Promise<RunSummary> {
  const { session, output } = options;
  const started = await options.begin();
  const events = await session.client.runs.follow({ id: started.id, metrics: true });
  interruption.onInterrupt(() => {
    output.note("Stopping after a checkpoint; press Ctrl-C again to quit at once.");
    void session.close();
  });
  const view = new ProgressView(output, started.name);
  const ended = await consume(events, started, view, options, interruption);
  if (ended !== null) return ended;
  // Waits until the studio has written everything.
  await session.close();
  return unfinished(started, view.latest);
}

/** The run's row at its end; null if the studio closed before that was reported. */
async function consume(
  events: AsyncIterable<FollowEvent>,
  started: RunSummary,
  view: ProgressView,
  options: FollowOptions,
  interruption: Interruption,
): Promise<RunSummary | null> {
  const { output } = options;
  const quiet = output.json && options.quietJson === true;
  const iterator = events[Symbol.asyncIterator]();
  // Listening starts with the call, so that it does not depend on how fast our output is read.
  let next = iterator.next();
  let closed = false;
  const tell = async (work: () => Promise<void>): Promise<void> => {
    if (closed) return;
    try {
      await work();
    } catch (error) {
      if (!(error instanceof OutputClosed)) throw error;
      closed = true;
      interruption.trigger();
    }
  };
  if (!quiet) await tell(() => announce(started, output));
  for (;;) {
    const { done, value: event } = await next;
    if (done === true) return null;
    next = iterator.next();
    // An error while printing is thrown at the next iteration.
    next.catch(() => {});
    if (event.type === "log" && output.json) logEvent(event, options.session);
    if (!quiet) await tell(() => (output.json ? printEvent(event, output) : view.show(event)));
    if (event.type !== "ended") continue;
    await tell(() => view.end());
    return event.run;
  }
}

async function announce(run: RunSummary, output: Output): Promise<void> {
  const { id, name, dataset, seed, device, recipeHash, parameterCount, step, totalSteps, totalEpochs } = run;
  if (output.json) return output.object({ type: "started", run: id, name, dataset, seed, device, recipeHash, parameterCount, step, totalSteps, totalEpochs });
  await output.line(`${name}: run ${id}, ${dataset}, ${countText(parameterCount, "en")} parameters`);
}

async function printEvent(event: FollowEvent, output: Output): Promise<void> {
  if (event.type !== "metrics" || event.rows.length === 0) return;
  await output.objects(event.rows.map(({ step, epoch, name, value }) => ({ type: "metric", step, epoch, name, value })));
}

function logEvent({ event }: Extract<FollowEvent, { readonly type: "log" }>, { log }: Session): void {
  const levels = { info: "info", warning: "warn", error: "error" } as const;
  log[levels[event.level]](event.text);
}

/** What is known of a run whose end was not reported. */
function unfinished(started: RunSummary, progress: RunProgress | null): RunSummary {
  return { ...started, status: "interrupted", step: progress?.step ?? started.step, epoch: progress?.epoch ?? started.epoch };
}

async function conclude(run: RunSummary, unit: string | null, { output, homeOption }: FollowOptions): Promise<number> {
  const status = exitStatusOf(run);
  for (const problem of run.problems) output.note(describeProblem(problem));
  if (status === ExitStatus.interrupted)
    output.note(`Interrupted at step ${countText(run.step, "en")} of ${countText(run.totalSteps, "en")}. Continue with: descent resume ${run.id}${homeOption}`);
  try {
    await (output.json ? printDone(run, output) : printSummary(run, unit, homeOption, output));
  } catch (error) {
    if (!(error instanceof OutputClosed)) throw error;
  }
  return status;
}

export function exitStatusOf({ status }: Pick<RunSummary, "status">): number {
  switch (status) {
    case "completed":
      return ExitStatus.done;
    case "failed":
      return ExitStatus.failed;
    case "interrupted":
    case "paused":
    case "stopped":
    case "queued":
    case "running":
      return ExitStatus.interrupted;
    default:
      return assertNever(status);
  }
}

async function printDone(run: RunSummary, output: Output): Promise<void> {
  const { id, status, test, step, activeMs, best, problems } = run;
  await output.object({
    type: "done",
    run: id,
    status,
    metrics: test,
    steps: step,
    seconds: activeMs / 1000,
    best,
    ...(problems.length > 0 ? { problems: inEnglish(problems) } : {}),
  });
}

async function printSummary(run: RunSummary, unit: string | null, homeOption: string, output: Output): Promise<void> {
  if (run.status !== "completed") return;
  await output.line(`Completed ${countText(run.step, "en")} steps, ${run.epoch} epochs in ${durationText(run.activeMs)}`);
  for (const [name, value] of Object.entries(run.test)) await output.line(`  ${name.padEnd(16)} ${metricText(name, value)}`);
  if (unit !== null) await output.line(`  ${unit}`);
  await output.line(`  best epoch       ${bestEpochText(run) ?? "none; the last epoch's weights were tested"}`);
  await output.line(`More: descent show ${run.id}${homeOption}`);
}
