/**
 * Keeps the cache true: one subscription to what the studio tells, started again after each loss of the connection.
 * A changed run is read by itself and put in its place in the list, so that a list of 10,000 is read once.
 */
import { create } from "zustand";
import { faultOf } from "../../shared/contract/faults.ts";
import type { RunDetail, RunProgress, RunSummary } from "../../shared/contract/runs.ts";
import type { StudioEvent } from "../../shared/contract/system.ts";
import { cache, client, connection, keys } from "./client.ts";
import { throttled } from "./throttle.ts";

const CURVE_INTERVAL_MS = 250;
const ROW_INTERVAL_MS = 400;
const LIST_INTERVAL_MS = 2000;
/** More changed runs than this at once are cheaper to list than to read one by one. */
const ROWS_AT_ONCE = 20;
const RESTART_MS = 1000;

/** The newest progress of every run that told one. */
export const useProgress = create<Readonly<Record<string, RunProgress>>>()(() => ({}));

const changedRuns = new Set<string>();
const grownRuns = new Set<string>();
const trainingRuns = new Set<string>();

const refreshList = throttled(() => cache.invalidateQueries({ queryKey: keys.runs }), LIST_INTERVAL_MS);

const refreshRows = throttled(async () => {
  const ids = [...changedRuns];
  changedRuns.clear();
  if (ids.length > ROWS_AT_ONCE) {
    refreshList();
    await cache.invalidateQueries({ queryKey: ["run"] });
  } else await Promise.all(ids.map(refreshRun));
}, ROW_INTERVAL_MS);

/** Between two epochs a row changes too: its time, its log. */
const refreshTraining = throttled(async () => {
  for (const id of trainingRuns) changedRuns.add(id);
  trainingRuns.clear();
  refreshRows();
}, LIST_INTERVAL_MS);

const refreshCurves = throttled(async () => {
  const ids = [...grownRuns];
  grownRuns.clear();
  await Promise.all(ids.map((id) => cache.invalidateQueries({ queryKey: keys.metrics(id) }, { cancelRefetch: false })));
}, CURVE_INTERVAL_MS);

async function refreshRun(id: string): Promise<void> {
  try {
    placeRun(await client.runs.get({ id }));
  } catch (error) {
    if (faultOf(error)?.kind !== "missing") throw error;
    dropRuns([id]);
    // Whoever has it open is told that it is gone.
    await cache.resetQueries({ queryKey: keys.run(id) });
  }
}

/** Puts what is known of a run into the cache: its row, and the whole of it. */
export function placeRun(run: RunDetail): void {
  cache.setQueryData<RunDetail>(keys.run(run.id), run);
  placeRow(run);
}

export function placeRow(run: RunSummary): void {
  cache.setQueryData<readonly RunSummary[]>(keys.runs, (rows) => {
    if (rows === undefined) return undefined;
    return rows.some(({ id }) => id === run.id) ? rows.map((row) => (row.id === run.id ? run : row)) : [run, ...rows];
  });
}

export function dropRuns(ids: readonly string[]): void {
  const gone = new Set(ids);
  cache.setQueryData<readonly RunSummary[]>(keys.runs, (rows) => rows?.filter(({ id }) => !gone.has(id)));
}

/** Reads a run again soon, as if the studio had told of a change. */
export function touchRun(id: string): void {
  changedRuns.add(id);
  refreshRows();
}

function hear(event: StudioEvent): void {
  if (event.type === "progress") {
    const { progress } = event;
    useProgress.setState({ [progress.run]: progress });
    grownRuns.add(progress.run);
    refreshCurves();
    trainingRuns.add(progress.run);
    refreshTraining();
    return;
  }
  if (event.ids.length === 0) {
    refreshList();
    void cache.invalidateQueries({ queryKey: ["run"] });
    void cache.invalidateQueries({ queryKey: ["datasets", "own"] });
    void cache.invalidateQueries({ queryKey: ["metrics"] }, { cancelRefetch: false });
    return;
  }
  for (const id of event.ids) {
    changedRuns.add(id);
    grownRuns.add(id);
  }
  refreshRows();
  refreshCurves();
}

/** Listens until the returned function is called. */
export function keepLive(): () => void {
  const leaving = new AbortController();
  let listening = false;
  let listenedBefore = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const listen = async (): Promise<void> => {
    if (listening || leaving.signal.aborted || connection.status() !== "open") return;
    listening = true;
    clearTimeout(timer);
    try {
      const events = await client.system.events(undefined, { signal: leaving.signal });
      // What changed while nobody listened was not told, and what was asked while nobody answered has failed.
      const missed = listenedBefore;
      void cache.invalidateQueries({ predicate: ({ state }) => missed || state.status === "error" });
      listenedBefore = true;
      for await (const event of events) hear(event);
    } catch {
      // The connection is gone, which its status says, or the studio is closing; both are tried again.
    }
    listening = false;
    timer = setTimeout(() => void listen(), RESTART_MS);
  };

  const leave = connection.subscribe(() => void listen());
  void listen();
  return () => {
    leaving.abort();
    clearTimeout(timer);
    leave();
  };
}
