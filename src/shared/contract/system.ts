/** What a studio says of itself and tells everyone who listens. Plain JSON values: they cross processes. */
import type { RunProgress } from "./runs.ts";

/** What a studio tells everyone who listens. */
export type StudioEvent =
  /** Rows of these runs changed; read them again. An empty list means any. */
  { readonly type: "runs"; readonly ids: readonly string[] } | { readonly type: "progress"; readonly progress: RunProgress };

export interface SystemInfo {
  readonly version: string;
  readonly host: "electron" | "web" | "cli";
  readonly home: string;
  readonly cores: number;
}
