/** What a reader judged for itself because the source leaves it open. It is said beside the data, with what sets it otherwise. */
import type { Words } from "../kit/words.ts";

export interface Guess {
  /** The field of the source that decides it: "header", "task", "kinds". */
  readonly field: string;
  /** What was judged and from what, as one sentence: "The first line holds data, not names: its cells are numbers as in the lines below." */
  readonly said: Words;
  /** The other ways to read it. */
  readonly instead: readonly GuessAlternative[];
}

export interface GuessAlternative {
  /** On the button: "The first line is a header". */
  readonly label: Words;
  /** Fields of the source with their other values; null takes a field away. */
  readonly set: Readonly<Record<string, unknown>>;
}

/** The source read another way. */
export function withAlternative<S extends object>(source: S, { set }: GuessAlternative): S {
  const kept = Object.entries({ ...source, ...set }).filter(([, value]) => value !== null);
  return Object.fromEntries(kept) as S;
}
