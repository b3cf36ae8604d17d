/** A choice that a reader guessed because the source leaves it open. It is shown beside the data, with the alternatives. */
import type { Words } from "../kit/words.ts";

export interface Guess {
  /** The field of the source that sets it: "header", "task", "kinds". */
  readonly field: string;
  /** The guess and its reason as one sentence: "The first line holds data, not names: its cells are numbers as in the lines below." */
  readonly said: Words;
  /** The alternatives. */
  readonly instead: readonly GuessAlternative[];
}

export interface GuessAlternative {
  /** Text of the button: "The first line is a header". */
  readonly label: Words;
  /** New values for fields of the source; null removes a field. */
  readonly set: Readonly<Record<string, unknown>>;
}

/** The source with an alternative applied. */
export function withAlternative<S extends object>(source: S, { set }: GuessAlternative): S {
  const kept = Object.entries({ ...source, ...set }).filter(([, value]) => value !== null);
  return Object.fromEntries(kept) as S;
}
