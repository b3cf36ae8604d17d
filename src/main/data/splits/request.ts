/** What a method of splitting is asked, and the samples it shares out. */
import type { SplitConfig } from "../../../shared/recipe/recipe.ts";
import type { SplitCounts } from "../../../shared/recipe/split.ts";

/** Sample numbers of each part, ascending. */
export interface Split {
  /** May name a sample several times: a bag is drawn with replacement. */
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
  readonly test: Uint32Array;
}

/** The method of a configuration, by its type. */
export type MethodOf<T extends SplitConfig["method"]["type"]> = Extract<SplitConfig["method"], { readonly type: T }>;

export interface SplitRequest {
  /** Number of samples beside the given parts: they have the numbers 0 … drawn − 1. */
  readonly drawn: number;
  /** Numbers of samples of the parts that the source names, validation before test, which come after; 0 where a part is drawn too. */
  readonly given: { readonly validation: number; readonly test: number };
  /** What `splitCounts` says; with groups, what to come near to. */
  readonly counts: SplitCounts;
  /** The class of a sample; 0 for all where the split is not stratified. */
  readonly classOf: (index: number) => number;
  /** The group of every sample, numbered from 0; null where there are none. */
  readonly groups: Uint32Array | null;
  /** When every sample was; null where the order of the samples says it. */
  readonly times: Float64Array | null;
  readonly seed: number;
}

/** 0 … length − 1, from `first` on. */
export function range(length: number, first = 0): Uint32Array {
  return Uint32Array.from({ length }, (_, i) => first + i);
}

/** A part that the source names. */
export function givenPart({ drawn, given }: SplitRequest, part: keyof SplitRequest["given"]): Uint32Array {
  return part === "validation" ? range(given.validation, drawn) : range(given.test, drawn + given.validation);
}

/** The members with the positions in a list. */
export function pick(members: Uint32Array, positions: Uint32Array): Uint32Array {
  return positions.map((position) => members[position] ?? 0);
}
