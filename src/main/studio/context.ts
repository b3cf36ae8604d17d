/** The state that all parts of a studio share. */
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
  /** A new process, for a job of its own. */
  readonly spawnTrainer: SpawnTrainer;
  /** A trainer for a run; it may have trained before. */
  readonly takeTrainer: SpawnTrainer;
  /** Reads data and answers questions about it in a separate process. */
  readonly room: DataRoom;
  /** Ends of runs that could not be written to disk, by run key. Retried until they are. */
  readonly unwritten: Map<number, Unwritten>;
  /** Keys of removed runs that this studio is deleting permanently. */
  readonly purging: ReadonlySet<number>;
  /** Keys of removed studies that this studio is deleting permanently. */
  readonly purgingStudies: ReadonlySet<number>;
}

export interface Unwritten {
  /** Displayed instead of the row. */
  readonly shown: Pick<RunSummary, "status" | "endedAt" | "problems">;
  readonly write: () => void;
}

/** Whether a host works on it, or will. */
export function isActive(status: RunStatus): boolean {
  return status === "queued" || status === "running";
}

/** A run's summary, including a last change that could not be written to disk. */
export function summaryOf({ history, unwritten }: StudioContext, key: number): RunSummary {
  const summary = history.runs.summary(key);
  const change = unwritten.get(key);
  return change === undefined ? summary : { ...summary, ...change.shown };
}

/**
 * Retries to record the end of a run.
 * @throws Fault if it still cannot be written
 */
export function recordEnd({ unwritten, hub }: StudioContext, key: number, id: string): void {
  const change = unwritten.get(key);
  if (change === undefined) return;
  change.write();
  unwritten.delete(key);
  hub.runs(id);
}
