/** What every part of a studio works with. */
import type { RunStatus, RunSummary } from "../../shared/contract/runs.ts";
import type { History } from "../history/history.ts";
import type { HomeLayout } from "../home.ts";
import type { SpawnTrainer } from "../training/spawn.ts";
import type { DataRoom } from "./data/room.ts";
import type { Hub } from "./hub.ts";
import type { Owner } from "./owner.ts";

export interface StudioContext {
  readonly layout: HomeLayout;
  readonly history: History;
  readonly hub: Hub;
  readonly owner: Owner;
  readonly spawnTrainer: SpawnTrainer;
  /** Reads data and answers questions about it, in a process of its own. */
  readonly room: DataRoom;
  /** Ends of runs that the disk did not take, by run key. Tried again until it does. */
  readonly unwritten: Map<number, Unwritten>;
  /** Keys of removed runs that this studio deletes for good. */
  readonly purging: ReadonlySet<number>;
}

export interface Unwritten {
  /** Shown in place of the row. */
  readonly shown: Pick<RunSummary, "status" | "endedAt" | "problems">;
  readonly write: () => void;
}

/** A host works on it, or will. */
export function isActive(status: RunStatus): boolean {
  return status === "queued" || status === "running";
}

/** A run's summary as it is, also where the disk did not take its last change. */
export function summaryOf({ history, unwritten }: StudioContext, key: number): RunSummary {
  const summary = history.runs.summary(key);
  const change = unwritten.get(key);
  return change === undefined ? summary : { ...summary, ...change.shown };
}

/**
 * Tries once more to record the end of a run.
 * @throws Fault where the disk still does not take it
 */
export function recordEnd({ unwritten, hub }: StudioContext, key: number, id: string): void {
  const change = unwritten.get(key);
  if (change === undefined) return;
  change.write();
  unwritten.delete(key);
  hub.runs(id);
}
