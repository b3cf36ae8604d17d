/** Turns guesses about single columns into guesses about the source. */
import { quote } from "../../../shared/kit/fault.ts";
import type { Guess } from "../../../shared/recipe/guess.ts";
import { countText } from "../../../shared/text/numbers.ts";
import type { ColumnFields, ColumnGuess } from "./cells/columnGuess.ts";
import type { TableSource } from "./tableSource.ts";

/** If the same guess concerns more columns than this, they are combined. */
const ONE_BY_ONE = 3;
const MOST_NAMED = 3;

/** Each alternative keeps what the source says about other columns. */
export function columnGuessesOf(guesses: readonly ColumnGuess[], source: TableSource): readonly Guess[] {
  const groups = new Map<string, ColumnGuess[]>();
  for (const guess of guesses) {
    if (source.ignore?.includes(guess.column) === true) continue;
    const possible = possibleFor(guess, source);
    const key = JSON.stringify([guess.field, withoutTexts(guess.said.en), possible.instead.map(({ set }) => Object.keys(set))]);
    groups.set(key, [...(groups.get(key) ?? []), possible]);
  }
  return [...groups.values()].flatMap((alike) => (alike.length > ONE_BY_ONE ? [together(alike, source)] : alike.map((guess) => together([guess], source))));
}

/** A target's alternatives are limited by the task. */
function possibleFor(guess: ColumnGuess, { target }: TableSource): ColumnGuess {
  if (guess.column !== target) return guess;
  return { ...guess, instead: guess.instead.filter(({ set }) => set.kinds === undefined && set.dates === undefined) };
}

/** The sentence without quoted texts and numbers, which differ between columns. */
function withoutTexts(said: string): string {
  return said.replace(/"(?:[^"\\]|\\.)*"/g, "").replace(/[\d.,-]+/g, "");
}

function together(alike: readonly ColumnGuess[], source: TableSource): Guess {
  const [first] = alike;
  if (first === undefined) throw new Error("no guess");
  const others = alike.slice(1).map(({ column }) => quote(column));
  const count = countText(others.length, "en");
  const names = `${others.slice(0, MOST_NAMED).join(", ")}${others.length > MOST_NAMED ? ", …" : ""}`;
  const { field, said, instead } = first;
  if (others.length === 0) return { field, said, instead: instead.map(({ label, set }) => ({ label, set: withColumns(source, [[first.column, set]]) })) };
  return {
    field,
    said: { en: `${said.en} The same applies to ${count} other columns: ${names}.`, ko: `${said.ko} 다른 ${count}개 열도 같습니다: ${names}.` },
    instead: instead.map(({ label }, index) => ({
      label: { en: `${label.en}, also in the ${count} others`, ko: `${label.ko} (나머지 ${count}개 열도)` },
      set: withColumns(
        source,
        alike.map(({ column, instead: own }) => [column, own[index]?.set ?? {}]),
      ),
    })),
  };
}

function withColumns(source: TableSource, columns: readonly (readonly [column: string, set: ColumnFields])[]): Readonly<Record<string, unknown>> {
  const fields = new Map<string, Record<string, unknown>>();
  for (const [column, set] of columns)
    for (const [field, value] of Object.entries(set)) {
      const values = fields.get(field) ?? { ...Reflect.get(source, field) };
      values[column] = value;
      fields.set(field, values);
    }
  return Object.fromEntries(fields);
}
