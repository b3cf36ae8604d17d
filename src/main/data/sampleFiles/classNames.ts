/** Reads classes from file names: cat.0.jpg, n01440764_10026.JPEG, 0_jackson_3.wav. */
import type { ClassPlace } from "../../../shared/recipe/formats/folderFields.ts";
import { composed } from "./folderTree.ts";
import { partOfName } from "./partNames.ts";

/** Positions of the class in a name, most likely first. */
const NAME_PLACES = ["name", "firstWord", "lastWord"] as const satisfies readonly ClassPlace[];

export type NamePlace = (typeof NAME_PLACES)[number];

export interface NameJudgement {
  readonly from: NamePlace;
  /** Other positions that give valid but different classes. */
  readonly instead: readonly NamePlace[];
}

const SEPARATORS = /[\s._-]+/;
/** A number or a long hexadecimal identifier after a separator. */
const INDEX = /[\s._-]+[([]?(?:\d+|(?=[a-f]*\d)[\da-f]{6,})[)\]]?$/i;
/** Default file names of cameras, recorders and programs, which are not classes. */
const GENERIC =
  /^(?:img|imgs|image|images|dscn?|dscf|pict?|pics?|picture|photo|frame|file|sample|scan|screenshot|screen|untitled|wa|vid|video|pxl|mvi|rec|audio|sound|recording|track|clip|download|unnamed|page|x|y|id)$/i;
/** At least this fraction of the files must belong to classes with several files. */
const REPEATED = 0.9;
/** From this fraction of all combinations on, the words of names are two crossed properties, such as digits and speakers. */
const CROSSED = 0.6;

/** The class in a file name; null if there is none. */
export function classInName(file: string, place: NamePlace): string | null {
  const stem = composed(file.slice(file.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "")).trim();
  const words = stem.split(SEPARATORS).filter((word) => word !== "");
  const found = place === "firstWord" ? words[0] : place === "lastWord" ? words.at(-1) : withoutIndex(stem);
  return found === undefined || found === "" ? null : found;
}

/** The position of the class in the file names; null unless there are at least two classes with several files each. */
export function judgeNames(files: readonly string[]): NameJudgement | null {
  const byPlace = new Map(NAME_PLACES.map((place) => [place, files.map((file) => classInName(file, place))] as const));
  const possible = NAME_PLACES.filter((place) => areClasses(byPlace.get(place) ?? []) && !(place === "firstWord" && areNumbered(files)));
  // The last word is only used if the user says so: it is more often a size, date or number.
  const [first] = possible.filter((place) => place !== "lastWord");
  if (first === undefined) return null;
  const from =
    first === "name" && possible.includes("firstWord") && areCrossed(byPlace.get("name") ?? [])
      ? "firstWord"
      : first === "firstWord" && possible.includes("lastWord") && counts(byPlace.get("firstWord") ?? []) && !counts(byPlace.get("lastWord") ?? [])
        ? "lastWord"
        : first;
  const chosen = JSON.stringify(byPlace.get(from));
  return { from, instead: possible.filter((place) => place !== from && JSON.stringify(byPlace.get(place)) !== chosen) };
}

function withoutIndex(stem: string): string {
  let name = stem;
  while (INDEX.test(name)) name = name.replace(INDEX, "");
  if (name === stem) name = stem.replace(/[([]?\d+[)\]]?$/, "");
  return /^\d+$/.test(name) ? "" : name.replace(/[\s._-]+$/, "");
}

/** Names of several numbers, such as 1-100032-A-0, do not say which one is the class. A number before a word is one: 0_jackson_3. */
function areNumbered(files: readonly string[]): boolean {
  const words = files.map((file) => file.slice(file.lastIndexOf("/") + 1).split(SEPARATORS));
  return words.every(([first = "", second = ""]) => /^\d+$/.test(first) && !/^\p{L}/u.test(second));
}

function areClasses(names: readonly (string | null)[]): boolean {
  const counts = new Map<string, number>();
  for (const name of names) if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1);
  const repeated = [...counts].filter(([, count]) => count > 1);
  if (repeated.length < 2 || counts.size > names.length / 2) return false;
  if (repeated.reduce((sum, [, count]) => sum + count, 0) < REPEATED * names.length) return false;
  return ![...counts.keys()].some((name) => GENERIC.test(name) || partOfName(name)?.sure === true);
}

/** Whether all are numbers: in 0_cat they count the files, and the class comes after. */
function counts(names: readonly (string | null)[]): boolean {
  return names.every((name) => name !== null && /^\d+$/.test(name));
}

/** Whether nearly every first word is combined with nearly every rest. */
function areCrossed(names: readonly (string | null)[]): boolean {
  const classes = [...new Set(names)].filter((name) => name !== null);
  const split = classes.map((name) => /^(.*?)[\s._-]+(.*)$/.exec(name));
  if (split.includes(null)) return false;
  const firsts = new Set(split.map((match) => match?.[1]));
  const rests = new Set(split.map((match) => match?.[2]));
  return firsts.size > 1 && rests.size > 1 && classes.length >= CROSSED * firsts.size * rests.size;
}
