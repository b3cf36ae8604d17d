/** Information about a studio, and the events that it sends to all listeners. Plain JSON values: they cross processes. */
import type { RunProgress, RunSummary } from "./runs.ts";

/** Events that a studio sends to all listeners. */
export type StudioEvent =
  /**
   * These runs changed. `rows` has their current rows, except those that were removed; without `rows` there are too many to send, so list them
   * again. An empty list of ids means that anything may have changed, including saved data sets.
   */
  | { readonly type: "runs"; readonly ids: readonly string[]; readonly rows?: readonly RunSummary[] }
  /** These studies changed, or trials of theirs. Ask for them again; `studies.trials` gives only the trials that changed. */
  | { readonly type: "studies"; readonly ids: readonly string[] }
  | { readonly type: "progress"; readonly progress: RunProgress };

export interface SystemInfo {
  readonly version: string;
  readonly host: "electron" | "web" | "cli";
  readonly home: string;
  readonly cores: number;
}
