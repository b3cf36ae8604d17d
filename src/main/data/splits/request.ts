/** The input of a splitting method. */
import type { SplitConfig } from "../../../shared/recipe/recipe.ts";
import type { SplitCounts } from "../../../shared/recipe/split.ts";

/** Sample numbers of each part, ascending. */
export interface Split {
  /** May contain a sample several times: the bootstrap draws with replacement. */
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
  readonly test: Uint32Array;
}

/** The configuration of a method, by its type. */
export type MethodOf<T extends SplitConfig["method"]["type"]> = Extract<SplitConfig["method"], { readonly type: T }>;

export interface SplitRequest {
  /** Number of samples outside the given parts; they have the numbers 0 … drawn − 1. */
  readonly drawn: number;
  /** Sizes of the parts that the source names, which come after, validation before test; 0 if the part is drawn. */
  readonly given: { readonly validation: number; readonly test: number };
  /** Sizes from `splitCounts`; with groups, the sizes to approximate. */
  readonly counts: SplitCounts;
  /** The class of a sample; always 0 if the split is not stratified. */
  readonly classOf: (index: number) => number;
  /** The group of every sample, numbered from 0; null without groups. */
  readonly groups: Uint32Array | null;
  /** The time of every sample; null if the order of the samples is used. */
  readonly times: Float64Array | null;
  readonly seed: number;
}

/** `length` consecutive numbers, starting at `first`. */
export function range(length: number, first = 0): Uint32Array {
  return Uint32Array.from({ length }, (_, i) => first + i);
}

/** A part that the source names. */
export function givenPart({ drawn, given }: SplitRequest, part: keyof SplitRequest["given"]): Uint32Array {
  return part === "validation" ? range(given.validation, drawn) : range(given.test, drawn + given.validation);
}

/** The members at the given positions. */
export function pick(members: Uint32Array, positions: Uint32Array): Uint32Array {
  return positions.map((position) => members[position] ?? 0);
}
