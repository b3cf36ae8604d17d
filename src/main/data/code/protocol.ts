/**
 * What the host and the process of a data set written as code say to each other. Questions go as JSON to the process's standard input; beats and
 * replies come back over a pipe of their own (frames.ts, replies.ts). The host's side trusts no reply: the process runs foreign code.
 */
import type { Problem } from "../../../shared/kit/fault.ts";

export type Request =
  /** Loads the module and what it imports, and runs none of it. */
  | { readonly type: "survey"; readonly url: string; readonly file: string }
  | {
      readonly type: "open";
      readonly url: string;
      /** The file as the person named it: the place of problems. */
      readonly file: string;
      readonly export: string | null;
      readonly options: Readonly<Record<string, unknown>>;
      /** SHA-256 of every file of code that may be loaded. */
      readonly allowed: readonly string[];
    }
  | { readonly type: "batch"; readonly indices: readonly number[] }
  | { readonly type: "targets"; readonly first: number; readonly count: number }
  | { readonly type: "close" };

/** As `get` gives it: a class by number or name, a value, or several. */
export type Target = number | string | readonly number[];

/** A file of code that was loaded, or would have been. */
export interface CodeFile {
  readonly path: string;
  /** Bytes. */
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
  /** Of sample 0. */
  readonly target: Target;
}

export type Reply =
  /** The process is confined and has loaded nothing foreign yet. */
  | { readonly type: "ready" }
  | { readonly type: "surveyed"; readonly files: readonly CodeFile[] }
  /** The module imports a file that nobody has allowed. */
  | { readonly type: "unlisted"; readonly file: CodeFile }
  | Opened
  | { readonly type: "batch"; readonly samples: Uint8Array | Float32Array; readonly targets: readonly Target[] }
  | { readonly type: "targets"; readonly targets: readonly Target[] }
  | { readonly type: "closed" }
  | { readonly type: "failed"; readonly problem: Problem };

/** The numbers of the process's pipe for beats and replies. */
export const REPLY_FD = 3;

/** What the process is at, told before each step: the number of a sample, or one of these. */
export const LOADING = -1;
export const CONSTRUCTING = -2;
export const CLOSING = -3;
export const MEASURING = -4;

/** What both sides hold a data set to. The process says it in the class's words; the host makes sure. */
export const LIMITS = {
  samples: 2 ** 26,
  axes: 4,
  /** Of one sample. */
  sampleBytes: 256 * 2 ** 20,
  classes: 10_000,
  /** Characters of a class's name and of the data set's. */
  name: 256,
  /** Values of one target. */
  targetValues: 65_536,
  /** Files of code that a module may import. */
  files: 5000,
} as const;

/** For a person: `get(17)`. */
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

/** The step at a position of those that lead to a question's answer; undefined behind the last. */
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
