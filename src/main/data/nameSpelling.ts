/** Names that differ only in spelling: case, spaces, a full stop, or Unicode composition. */
import type { DataProblem } from "../../shared/contract/inspection.ts";
import { quote } from "../../shared/kit/fault.ts";
import type { Words } from "../../shared/kit/words.ts";
import type { Guess } from "../../shared/recipe/guess.ts";
import { countText } from "../../shared/text/numbers.ts";
import { compareNames } from "./nameOrder.ts";

/** Matches full stops, except between digits, where they are decimal points. */
const STOP = /(?<!\d)[.。]|[.。](?!\d)/gu;
/** At most this many spellings are listed in a sentence. */
const MOST_NAMED = 6;
const INVISIBLE = /[\p{Cf}\s]+/gu;

/** Equal for all spellings of a name: "Setosa ", "setosa." and "SETOSA". */
export function nameKey(name: string): string {
  const tidy = name.normalize("NFKC").replace(INVISIBLE, "").replace(STOP, "");
  // A name of only full stops keeps them, and a single letter keeps its case, because "a" may be another class than "A".
  return [...tidy].length < 2 ? tidy || name : tidy.toUpperCase().toLowerCase();
}

export interface Spellings {
  /** The most frequent spelling, trimmed. */
  readonly name: string;
  /** At least two spellings, in order. */
  readonly all: readonly string[];
}

/**
 * Groups of names that differ only in spelling.
 * @param counts frequency of each name; if absent, the first name in order represents the group
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

/** Maps every spelling to the name that represents it; other names are unchanged. */
export function mergedNames(spellings: readonly Spellings[]): (name: string) => string {
  const names = new Map(spellings.flatMap(({ name, all }) => all.map((each) => [each, name] as const)));
  return (name) => names.get(name) ?? name;
}

/** The alternative that merges the spellings. */
const merging = (set: Readonly<Record<string, unknown>>) => ({ label: { en: "Merge these names", ko: "이 이름들 합치기" }, set });

/** @param remedy describes how to merge them @param set source fields that merge them */
export function spellingProblem(what: string, spellings: readonly Spellings[], remedy: string, set: Readonly<Record<string, unknown>>): DataProblem {
  return {
    kind: "similarNames",
    severity: "warning",
    title: `${what}: ${spellings.length === 1 ? "a name is" : `${countText(spellings.length, "en")} names are`} written in several ways, which differ only in case, spaces or a full stop`,
    remedy,
    total: spellings.length,
    items: spellings.map(({ name, all }) => ({ sample: null, place: name, detail: all.map(quote).join(", ") })),
    instead: [merging(set)],
  };
}

/** @param set source fields that merge them */
export function spellingGuess(what: Words, spellings: readonly Spellings[], set: Readonly<Record<string, unknown>>): Guess {
  const all = spellings.flatMap((each) => each.all);
  const named = `${all.slice(0, MOST_NAMED).map(quote).join(", ")}${all.length > MOST_NAMED ? " …" : ""}`;
  return {
    field: "mergeNames",
    said: {
      en: `${what.en}: names that differ only in case, spaces or a full stop are treated as different: ${named}.`,
      ko: `${what.ko}: 대소문자, 공백, 마침표만 다른 이름을 서로 다른 것으로 보았습니다: ${named}.`,
    },
    instead: [merging(set)],
  };
}
