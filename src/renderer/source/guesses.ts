/** The guesses of a reader as a list. One click chooses an alternative, another click undoes it. */
import { type Guess, type GuessAlternative, withAlternative } from "../../shared/recipe/guess.ts";

export type Source = Readonly<Record<string, unknown>>;

/** A chosen alternative, and the previous values of its fields in the source. */
interface Taken {
  readonly alternative: GuessAlternative;
  readonly before: Source;
}

export interface GuessItem {
  readonly key: string;
  readonly guess: Guess;
  /** Null while the guess itself is in use. */
  readonly taken: Taken | null;
}

export function guessKey({ field, said }: Guess): string {
  return `${field} ${said.en}`;
}

/**
 * Updates the list: existing items keep their place, new ones follow.
 * @param former previous items, with the chosen alternatives
 * @param told the guesses of the current facts
 * @param settled whether these facts belong to the source; until then no item is removed
 */
export function guessItems(former: readonly GuessItem[], told: readonly Guess[], source: Source, settled: boolean): readonly GuessItem[] {
  const fresh = new Map(told.map((guess) => [guessKey(guess), guess]));
  const kept = former.flatMap((item): readonly GuessItem[] => {
    const taken = item.taken !== null && holds(source, item.taken.alternative) ? item.taken : null;
    const guess = fresh.get(item.key);
    return taken === null && guess === undefined && settled ? [] : [{ key: item.key, guess: guess ?? item.guess, taken }];
  });
  const known = new Set(kept.map(({ key }) => key));
  return [...kept, ...[...fresh].flatMap(([key, guess]) => (known.has(key) ? [] : [{ key, guess, taken: null }]))];
}

/** Applies an alternative to the source; the returned items can undo it. */
export function take(
  items: readonly GuessItem[],
  key: string,
  source: Source,
  alternative: GuessAlternative,
): { readonly items: readonly GuessItem[]; readonly source: Source } {
  const before = Object.fromEntries(Object.keys(alternative.set).map((field) => [field, source[field] ?? null]));
  return {
    items: items.map((item) => (item.key === key ? { ...item, taken: { alternative, before } } : item)),
    source: withAlternative(source, alternative),
  };
}

/** Restores the fields that the alternative set; later changes of other fields stay. */
export function takeBack(source: Source, { alternative, before }: Taken): Source {
  return withAlternative(source, { ...alternative, set: before });
}

/** Whether the source has the values that an alternative sets. */
function holds(source: Source, { set }: GuessAlternative): boolean {
  return Object.entries(set).every(([field, value]) => JSON.stringify(source[field] ?? null) === JSON.stringify(value));
}
