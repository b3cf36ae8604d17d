/** Watches for what other processes do to the history: a command that trains beside a window, and hosts that die. */
import { recordEnd, type StudioContext } from "./context.ts";
import { log } from "./log.ts";

/** Asking whether anybody else has committed anything costs microseconds. */
const COMMITS_MS = 250;
/** Other hosts' deaths, and ends that the disk did not take at first. */
const OWNERS_MS = 1000;

/** Tells which runs and studies others have changed. @returns the way to stop */
export function watchOthers(context: StudioContext): () => void {
  const { history, hub, owner, unwritten } = context;
  let version = history.connection.dataVersion();
  let revisions = history.runs.revisions();
  let studies = history.studies.revisions();
  let datasets = JSON.stringify(history.datasets.list());

  const lookAtCommits = () => {
    const now = history.connection.dataVersion();
    if (now === version) return;
    version = now;
    const [formerRuns, formerDatasets, formerStudies] = [revisions, datasets, studies];
    studies = history.studies.revisions();
    const changedStudies = changedIn(formerStudies, studies);
    if (changedStudies.length > 0) hub.studies(...changedStudies);
    revisions = history.runs.revisions();
    datasets = JSON.stringify(history.datasets.list());
    const changed = changedIn(formerRuns, revisions);
    if (datasets !== formerDatasets) hub.runs();
    else if (changed.length > 0) hub.runs(...changed);
    else hub.wake();
  };
  const lookAtOwners = () => {
    for (const key of unwritten.keys()) recordEnd(context, key, history.runs.summary(key).id);
    const swept = owner.sweep(history);
    if (swept.length > 0) hub.runs(...swept);
  };
  const timers = [every(COMMITS_MS, lookAtCommits), every(OWNERS_MS, lookAtOwners)];
  return () => timers.forEach((timer) => void clearInterval(timer));
}

/** Ids whose revision differs, or that are only in one of both. */
function changedIn(former: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): readonly string[] {
  return [...new Set([...former.keys(), ...now.keys()])].filter((id) => former.get(id) !== now.get(id));
}

function every(intervalMs: number, look: () => void): NodeJS.Timeout {
  const timer = setInterval(() => {
    try {
      look();
    } catch (error) {
      log.warn({ err: error }, "the history could not be watched");
    }
  }, intervalMs);
  return timer.unref();
}
