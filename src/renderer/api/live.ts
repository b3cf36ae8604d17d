/**
 * Keeps the cache up to date: one subscription to the studio's events, started again after each lost connection.
 * An event contains the changed rows, which replace those in the cache. So a list of 10,000 is read once, and all windows agree immediately.
 */
import { create } from "zustand";
import { faultOf } from "../../shared/contract/faults.ts";
import type { RunDetail, RunProgress, RunSummary } from "../../shared/contract/runs.ts";
import type { StudioEvent } from "../../shared/contract/system.ts";
import { i18n } from "../i18n/index.ts";
import { announce } from "../ui/Announcer.tsx";
import { cache, client, connection, keys } from "./client.ts";
import { withRows } from "./rows.ts";
import { refreshStudy } from "./studies.ts";
import { throttled } from "./throttle.ts";

const CURVE_INTERVAL_MS = 250;
const DETAIL_INTERVAL_MS = 400;
const TRAINING_INTERVAL_MS = 2000;
const LIST_INTERVAL_MS = 500;
const RESTART_MS = 1000;

/** The newest progress of every run that has reported any. */
export const useProgress = create<Readonly<Record<string, RunProgress>>>()(() => ({}));

const changedRuns = new Set<string>();
const grownRuns = new Set<string>();
const trainingRuns = new Set<string>();
const changedStudies = new Set<string>();

const refreshList = throttled(() => cache.invalidateQueries({ queryKey: keys.runs }), LIST_INTERVAL_MS);

/** What an open run shows in addition to its row: its log, its checkpoints. */
const refreshDetails = throttled(async () => {
  const ids = [...changedRuns];
  changedRuns.clear();
  await Promise.all(ids.map(refreshRun));
}, DETAIL_INTERVAL_MS);

/** A row also changes between two epochs: its time, its log. */
const refreshTraining = throttled(async () => {
  for (const id of trainingRuns) changedRuns.add(id);
  trainingRuns.clear();
  refreshDetails();
}, TRAINING_INTERVAL_MS);

const refreshCurves = throttled(async () => {
  const ids = [...grownRuns];
  grownRuns.clear();
  await Promise.all(ids.map((id) => cache.invalidateQueries({ queryKey: keys.metrics(id) }, { cancelRefetch: false })));
}, CURVE_INTERVAL_MS);

const refreshStudies = throttled(async () => {
  const ids = [...changedStudies];
  changedStudies.clear();
  await Promise.all(ids.map(refreshStudy));
}, DETAIL_INTERVAL_MS);

async function refreshRun(id: string): Promise<void> {
  try {
    placeRun(await client.runs.get({ id }));
  } catch (error) {
    if (faultOf(error)?.kind !== "missing") throw error;
    forgetRun(id);
  }
}

/** Removes a deleted run from the cache. A pane that has it open reports this. */
function forgetRun(id: string): void {
  dropRuns([id]);
  void cache.resetQueries({ queryKey: keys.run(id) });
}

/** Puts a run into the cache: its row and its details. */
export function placeRun(run: RunDetail): void {
  cache.setQueryData<RunDetail>(keys.run(run.id), run);
  placeRows([run]);
}

/** Puts rows into the list and into the details of their runs. */
export function placeRows(placed: readonly RunSummary[]): void {
  const rows = cache.getQueryData<readonly RunSummary[]>(keys.runs);
  if (rows !== undefined) {
    const next = withRows(rows, placed);
    // A restored run belongs among older ones; only the studio knows its position.
    if (next === null) refreshList();
    else cache.setQueryData<readonly RunSummary[]>(keys.runs, next);
  }
  for (const row of placed) cache.setQueryData<RunDetail>(keys.run(row.id), (detail) => (detail === undefined ? undefined : { ...detail, ...row }));
}

export function dropRuns(ids: readonly string[]): void {
  const gone = new Set(ids);
  cache.setQueryData<readonly RunSummary[]>(keys.runs, (rows) => rows?.filter(({ id }) => !gone.has(id)));
}

/** Reads a run again soon, as if the studio had reported a change. */
export function touchRun(id: string): void {
  changedRuns.add(id);
  refreshDetails();
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
  if (event.type === "studies") {
    for (const id of event.ids) changedStudies.add(id);
    refreshStudies();
    return;
  }
  const { ids, rows } = event;
  if (rows === undefined) {
    refreshList();
    void cache.invalidateQueries({ queryKey: ["run"] });
    void cache.invalidateQueries({ queryKey: ["datasets", "own"] });
    void cache.invalidateQueries({ queryKey: ["metrics"] }, { cancelRefetch: false });
    return;
  }
  for (const row of rows) tellEnd(row);
  placeRows(rows);
  const there = new Set(rows.map(({ id }) => id));
  for (const id of ids) {
    grownRuns.add(id);
    if (!there.has(id)) forgetRun(id);
    else if (isOpen(id)) changedRuns.add(id);
  }
  refreshDetails();
  refreshCurves();
}

/** Announces the end of a run that is not open; the pane of an open run does so itself. */
function tellEnd({ id, name, status }: RunSummary): void {
  const former = cache.getQueryData<readonly RunSummary[]>(keys.runs)?.find((row) => row.id === id)?.status;
  if (former === "running" && status !== "running" && status !== "queued" && !isOpen(id))
    announce(i18n.t("run.announce", { name, status: i18n.t(`status.${status}`) }));
}

/** Whether anything on the screen shows the details of a run. */
const isOpen = (id: string): boolean =>
  (cache
    .getQueryCache()
    .find({ queryKey: keys.run(id) })
    ?.getObserversCount() ?? 0) > 0;

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
      // Changes while disconnected were not reported, and requests while disconnected have failed.
      const missed = listenedBefore;
      void cache.invalidateQueries({ predicate: ({ state }) => missed || state.status === "error" });
      listenedBefore = true;
      for await (const event of events) hear(event);
    } catch {
      // The connection is lost, which its status shows, or the studio is closing. Both are retried.
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
