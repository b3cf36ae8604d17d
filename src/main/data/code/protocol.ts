/** What a data room and the process of a data set written as code say to each other. The host's side trusts no reply: the process runs foreign code. */
import type { Problem } from "../../../shared/kit/fault.ts";

export type Request =
  | {
      readonly type: "open";
      readonly url: string;
      /** The file as the person named it: the place of problems. */
      readonly file: string;
      readonly export: string | null;
      readonly options: Readonly<Record<string, unknown>>;
    }
  | { readonly type: "batch"; readonly indices: Uint32Array }
  | { readonly type: "targets"; readonly first: number; readonly count: number }
  | { readonly type: "close" };

/** As `get` gives it: a class by number or name, a value, or several. */
export type Target = number | string | readonly number[];

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
  | Opened
  | { readonly type: "batch"; readonly samples: Uint8Array | Float32Array; readonly targets: readonly Target[] }
  | { readonly type: "targets"; readonly targets: readonly Target[] }
  | { readonly type: "closed" }
  | { readonly type: "failed"; readonly problem: Problem };

/** What the process is at, written as an int32 to a pipe of its own before each step: the number of a sample, or one of these. */
export const LOADING = -1;
export const CONSTRUCTING = -2;
export const CLOSING = -3;
export const MEASURING = -4;

/** The pipe's number in the process. */
export const BEAT_FD = 4;

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
