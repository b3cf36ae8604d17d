/** Names that differ only in how they are written: by case, spaces, a full stop, or the way Unicode composes their letters. */
import type { DataProblem } from "../../shared/contract/inspection.ts";
import { quote } from "../../shared/kit/fault.ts";
import type { Words } from "../../shared/kit/words.ts";
import type { Guess } from "../../shared/recipe/guess.ts";
import { compareNames } from "./nameOrder.ts";

/** A full stop between digits is a decimal point. */
const STOP = /(?<!\d)[.。]|[.。](?!\d)/gu;
/** At most this many spellings are named in a sentence. */
const MOST_NAMED = 6;
const INVISIBLE = /[\p{Cf}\s]+/gu;

/** The same for all spellings of a name: "Setosa ", "setosa." and "SETOSA". */
export function nameKey(name: string): string {
  const tidy = name.normalize("NFKC").replace(INVISIBLE, "").replace(STOP, "");
  // A name of full stops alone is one of its own, and so is a letter: where letters are told apart, "a" is not "A".
  return [...tidy].length < 2 ? tidy || name : tidy.toUpperCase().toLowerCase();
}

export interface Spellings {
  /** The most frequent one, without spaces around it. */
  readonly name: string;
  /** At least two, in their order. */
  readonly all: readonly string[];
}

/**
 * Names that are one but for their spelling.
 * @param counts how often each comes; where absent, the first in their order stands for all
 */
export function spellingsOf(names: readonly string[], counts?: ArrayLike<number>): readonly Spellings[] {
  const groups = new Map<string, { readonly name: string; readonly count: number }[]>();
  for (let i = 0; i < names.length; i++) {
    const name = names[i] ?? "";
    const count = counts?.[i] ?? 1;
    if (count === 0) continue;
    const key = nameKey(name);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [{ name, count }]);
    else group.push({ name, count });
  }
  return [...groups.values()].flatMap((group) => {
    if (group.length < 2) return [];
    const ordered = group.toSorted((a, b) => b.count - a.count || compareNames(a.name, b.name));
    const name = ordered[0]?.name.normalize("NFC").trim().replace(/\s+/gu, " ") ?? "";
    return [{ name, all: group.map((each) => each.name).sort(compareNames) }];
  });
}

/** The name that stands for each; other names stand for themselves. */
export function mergedNames(spellings: readonly Spellings[]): (name: string) => string {
  const names = new Map(spellings.flatMap(({ name, all }) => all.map((each) => [each, name] as const)));
  return (name) => names.get(name) ?? name;
}

/** The alternative that merges spellings. */
const merging = (set: Readonly<Record<string, unknown>>) => ({ label: { en: "Merge these names", ko: "이 이름들 합치기" }, set });

/** @param remedy what merges them, in words @param set the same as fields of the source */
export function spellingProblem(what: string, spellings: readonly Spellings[], remedy: string, set: Readonly<Record<string, unknown>>): DataProblem {
  return {
    kind: "similarNames",
    severity: "warning",
    title: `${what}: ${spellings.length === 1 ? "a name is" : `${spellings.length.toLocaleString("en")} names are`} written in several ways, which differ only in case, spaces or a full stop`,
    remedy,
    total: spellings.length,
    items: spellings.map(({ name, all }) => ({ sample: null, place: name, detail: all.map(quote).join(", ") })),
    instead: [merging(set)],
  };
}

/** @param set what merges them */
export function spellingGuess(what: Words, spellings: readonly Spellings[], set: Readonly<Record<string, unknown>>): Guess {
  const all = spellings.flatMap((each) => each.all);
  const named = `${all.slice(0, MOST_NAMED).map(quote).join(", ")}${all.length > MOST_NAMED ? " …" : ""}`;
  return {
    field: "mergeNames",
    said: {
      en: `${what.en}: names that differ only in case, spaces or a full stop are taken for different ones: ${named}.`,
      ko: `${what.ko}: 대소문자, 공백, 마침표만 다른 이름을 서로 다른 것으로 보았습니다: ${named}.`,
    },
    instead: [merging(set)],
  };
}
