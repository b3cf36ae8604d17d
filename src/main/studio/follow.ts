/**
 * Streams everything about one run, in order, until it ends.
 *
 * A follower is a cursor over the history that advances after every commit. Rows written before and after it started are treated alike, so none is
 * sent twice or left out, and a slow reader costs no memory. For a run of this studio it starts with the first row of the run's present start (or of its
 * last start if it has ended); for a run of another process, with the first row from now on.
 */
import type { FollowEvent, RunProgress, RunSummary } from "../../shared/contract/runs.ts";
import type { NamedPoint } from "../history/metrics.ts";
import { isActive, type StudioContext, summaryOf } from "./context.ts";
import { idleProgress, type Scheduler } from "./scheduler.ts";
import type { RunSession } from "./supervisor.ts";

/** Steps read at once: a few thousand rows. */
const WINDOW_STEPS = 1000;

interface Cursor {
  /** The start that the cursor belongs to; null for a run of another process. */
  readonly session: RunSession | null;
  /** Step after which unknown series are read. */
  readonly startStep: number;
  readonly steps: Map<string, number>;
  event: number;
}

export async function* followRun(
  context: StudioContext,
  scheduler: Scheduler,
  key: number,
  withMetrics: boolean,
  signal: AbortSignal,
): AsyncGenerator<FollowEvent> {
  const { history, hub, owner } = context;
  const foreign = history.runs.internals(key).owner !== owner.id;
  let cursor: Cursor = {
    session: null,
    startStep: 0,
    steps: foreign ? new Map(history.metrics.lastSteps(key)) : new Map(),
    event: history.events.lastKey(key),
  };
  let told: RunProgress | undefined;
  let toldEvent = 0;
  while (!signal.aborted) {
    const { version } = hub;
    // Read before the rows, so that all rows committed before the end are sent before the end.
    const run = summaryOf(context, key);
    const session = scheduler.session(key) ?? null;
    if (session !== null && session !== cursor.session)
      cursor = { session, startStep: session.startStep, steps: new Map(), event: Math.max(session.startEvent, toldEvent) };
    for (const { key: eventKey, ...event } of history.events.after(key, cursor.event)) {
      toldEvent = eventKey;
      cursor.event = eventKey;
      yield { type: "log", event };
    }
    if (withMetrics && (session !== null || foreign)) {
      for (const rows of newRows(context, key, cursor)) yield { type: "metrics", rows };
    }
    const progress = progressOf(context, key, run);
    if (told === undefined || JSON.stringify(progress) !== JSON.stringify(told)) yield { type: "progress", progress };
    told = progress;
    if (!isActive(run.status)) return yield { type: "ended", run };
    await hub.changed(version, signal);
  }
}

function progressOf({ hub, history, owner }: StudioContext, key: number, run: RunSummary): RunProgress {
  const own = hub.progressOf(run.id);
  if (own !== undefined && own.status === run.status) return own;
  if (run.status === "queued") return idleProgress(run, "queued");
  if (!isActive(run.status)) return idleProgress(run, "ended");
  return idleProgress(run, history.runs.internals(key).owner === owner.id ? "preparing" : "training");
}

/** Rows after the cursor, ordered by step and then by name, in windows of steps. */
function* newRows({ history }: StudioContext, key: number, cursor: Cursor): Generator<readonly NamedPoint[]> {
  for (;;) {
    const committed = cursor.session?.committed ?? history.metrics.lastSteps(key);
    const behind = [...committed].sort(byName).flatMap(([name, upTo]) => {
      const from = cursor.steps.get(name) ?? firstAfter(cursor, name);
      return from < upTo ? [{ name, from, upTo }] : [];
    });
    if (behind.length === 0) return;
    const end = Math.min(...behind.map(({ from }) => from)) + WINDOW_STEPS;
    const rows: NamedPoint[] = [];
    for (const { name, from, upTo } of behind) {
      if (from >= end) continue;
      const to = Math.min(upTo, end);
      rows.push(...history.metrics.page(key, name, from, to, WINDOW_STEPS));
      cursor.steps.set(name, to);
    }
    rows.sort((a, b) => a.step - b.step);
    if (rows.length > 0) yield rows;
  }
}

/** The step after which an unknown series is read. */
function firstAfter({ session, startStep }: Cursor, name: string): number {
  return session === null || session.measured.has(name) ? startStep : startStep - 1;
}

function byName([a]: readonly [string, number], [b]: readonly [string, number]): number {
  return a < b ? -1 : 1;
}
