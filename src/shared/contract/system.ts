/** What a studio says of itself and tells everyone who listens. Plain JSON values: they cross processes. */
import type { RunProgress, RunSummary } from "./runs.ts";

/** What a studio tells everyone who listens. */
export type StudioEvent =
  /**
   * These runs changed: their rows as they are now, without those that are gone. Without `rows` there are too many to send: list them again.
   * An empty list of ids means that anything may have changed, a person's data sets too.
   */
  | { readonly type: "runs"; readonly ids: readonly string[]; readonly rows?: readonly RunSummary[] }
  | { readonly type: "progress"; readonly progress: RunProgress };

export interface SystemInfo {
  readonly version: string;
  readonly host: "electron" | "web" | "cli";
  readonly home: string;
  readonly cores: number;
}
