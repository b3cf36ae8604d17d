/** What a reader judged for itself, as a list in which one click reads the data another way and one more takes that back. */
import { type Guess, type GuessAlternative, withAlternative } from "../../shared/recipe/guess.ts";

export type Source = Readonly<Record<string, unknown>>;

/** Another reading that was chosen, and what the source said of its fields before. */
interface Taken {
  readonly alternative: GuessAlternative;
  readonly before: Source;
}

export interface GuessItem {
  readonly key: string;
  readonly guess: Guess;
  /** Null while the guess itself holds. */
  readonly taken: Taken | null;
}

export function guessKey({ field, said }: Guess): string {
  return `${field} ${said.en}`;
}

/**
 * The list after something changed: what was there stays in its place, what is new follows.
 * @param former items, with what was chosen in them
 * @param told the guesses of the facts that are known now
 * @param settled whether these facts are those of the source; before that nothing leaves the list
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

/** The source read as an alternative says, and the list that can take it back. */
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

/** The source as it was in the fields that the alternative set; what was changed elsewhere since then stays. */
export function takeBack(source: Source, { alternative, before }: Taken): Source {
  return withAlternative(source, { ...alternative, set: before });
}

/** Whether a source says what an alternative sets. */
function holds(source: Source, { set }: GuessAlternative): boolean {
  return Object.entries(set).every(([field, value]) => JSON.stringify(source[field] ?? null) === JSON.stringify(value));
}
