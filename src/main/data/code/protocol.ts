/**
 * Messages between the host and the process of a data set written as code. Requests go as JSON to the process's standard input; heartbeats and
 * replies come back over a separate pipe (frames.ts, replies.ts). The host trusts no reply, because the process runs foreign code.
 */
import type { Problem } from "../../../shared/kit/fault.ts";

export type Request =
  /** Loads the module and its imports without running them. */
  | { readonly type: "survey"; readonly url: string; readonly file: string }
  | {
      readonly type: "open";
      readonly url: string;
      /** The file as the user named it; used as the place of problems. */
      readonly file: string;
      readonly export: string | null;
      readonly options: Readonly<Record<string, unknown>>;
      /** SHA-256 of every code file that may be loaded. */
      readonly allowed: readonly string[];
    }
  | { readonly type: "batch"; readonly indices: readonly number[] }
  | { readonly type: "targets"; readonly first: number; readonly count: number }
  | { readonly type: "close" };

/** As `get` returns it: a class number or name, a value, or several values. */
export type Target = number | string | readonly number[];

/** A code file that was loaded, or would have been. */
export interface CodeFile {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  readonly sha256: string;
}

export interface Opened {
  readonly type: "opened";
  readonly name: string;
  readonly length: number;
  readonly sampleShape: readonly number[];
  readonly elementType: "uint8" | "float32";
  readonly classes: readonly string[] | null;
  readonly task: "classification" | "regression" | null;
  /** Target of sample 0. */
  readonly target: Target;
}

export type Reply =
  /** The process is confined and has not loaded foreign code yet. */
  | { readonly type: "ready" }
  | { readonly type: "surveyed"; readonly files: readonly CodeFile[] }
  /** The module imports a file that was not allowed. */
  | { readonly type: "unlisted"; readonly file: CodeFile }
  | Opened
  | { readonly type: "batch"; readonly samples: Uint8Array | Float32Array; readonly targets: readonly Target[] }
  | { readonly type: "targets"; readonly targets: readonly Target[] }
  | { readonly type: "closed" }
  | { readonly type: "failed"; readonly problem: Problem };

/** File descriptor of the pipe for heartbeats and replies. */
export const REPLY_FD = 3;

/** Steps reported before they start: the number of a sample, or one of these constants. */
export const LOADING = -1;
export const CONSTRUCTING = -2;
export const CLOSING = -3;
export const MEASURING = -4;

/** Limits that both sides enforce. The process explains violations to the class's author; the host does not rely on that. */
export const LIMITS = {
  samples: 2 ** 26,
  axes: 4,
  /** Largest sample. */
  sampleBytes: 256 * 2 ** 20,
  classes: 10_000,
  /** Characters of a class name or the data set's name. */
  name: 256,
  /** Values in one target. */
  targetValues: 65_536,
  /** Code files that a module may import. */
  files: 5000,
} as const;

/** For messages: `get(17)`. */
export function stepName(step: number): string {
  switch (step) {
    case LOADING:
      return "loading the module";
    case CONSTRUCTING:
      return "the constructor";
    case CLOSING:
      return "close()";
    case MEASURING:
      return "length";
    default:
      return `get(${step})`;
  }
}

/** The step at a position in the sequence that answers a request; undefined after the last. */
export function stepAt(request: Request, position: number): number | undefined {
  switch (request.type) {
    case "survey":
      return undefined;
    case "open":
      return [LOADING, CONSTRUCTING, MEASURING, 0][position];
    case "batch":
      return request.indices[position];
    case "targets":
      return position < request.count ? request.first + position : undefined;
    case "close":
      return position === 0 ? CLOSING : undefined;
  }
}
