/** Which image a table means: by its path in the folder, or, where paths are of another machine or written otherwise, by the longest end that they share. */
import { composed } from "../sampleFiles/folderTree.ts";
import { type Part, partOfName } from "../sampleFiles/partNames.ts";

export interface Match {
  readonly place: string;
  /**
   * `no`: written with the image's path, with or without its ending, or its name alone. `spelling`: other letters, endings or folders in front.
   * `folders`: the folders in front are others on both sides, so that it could be another image.
   */
  readonly changed: "no" | "spelling" | "folders";
}

/** Images that a name can mean. */
interface Candidate {
  readonly place: string;
  /** Folders and name without ending, as compared, the name last. */
  readonly parts: readonly string[];
}

const SCHEME = /^(?:[a-z][a-z\d+.-]*:\/\/+|[a-z]:(?=\/))/i;
/** Endings of names that are compared without: of at most five letters and digits, with one letter at least. */
const ENDING = /\.(?=\w*[a-z])\w{1,5}$/i;

/**
 * Finds for every name of a column the image that it means; undefined where none is there or several would fit.
 * @param names as the table has them; null where a cell is empty
 * @param part of the table's own name: train.csv means the images in train/ where others have the same names
 */
export type NameMatcher = (names: readonly (string | null)[], part?: Part | null) => readonly (Match | undefined)[];

export function nameMatcher(places: readonly string[]): NameMatcher {
  const find = finder(places);
  let tails: ReadonlyMap<string, readonly Candidate[]> | undefined;
  return (names, part = null) => {
    tails ??= tailsOf(places);
    return matchAll(names, find, tails, part);
  };
}

function matchAll(
  names: readonly (string | null)[],
  find: (name: string) => string | undefined,
  tails: ReadonlyMap<string, readonly Candidate[]>,
  part: Part | null,
): readonly (Match | undefined)[] {
  const known = new Map<string, Match | undefined>();
  for (const name of new Set(names)) {
    if (name === null) continue;
    const plain = find(name);
    if (plain !== undefined) {
      known.set(name, { place: plain, changed: "no" });
      continue;
    }
    known.set(name, byTail(name, tails, part));
  }
  const moved = sameMove([...known]);
  // Two names of one image: one of them is of an image that is not there.
  const owners = new Map<string, number>();
  for (const match of known.values()) if (match !== undefined) owners.set(match.place, (owners.get(match.place) ?? 0) + 1);
  return names.map((name) => {
    const match = name === null ? undefined : known.get(name);
    if (match === undefined || match.changed === "no") return match;
    return (owners.get(match.place) ?? 0) > 1 || (match.changed === "folders" && !moved) ? undefined : match;
  });
}

/** Whether folders that are called otherwise are so everywhere: each is always the same other one. */
function sameMove(matches: readonly (readonly [string, Match | undefined])[]): boolean {
  const pairs = new Set<string>();
  const [named, found] = [new Set<string>(), new Set<string>()];
  for (const [name, match] of matches) {
    if (match?.changed !== "folders") continue;
    const [own = [], other = []] = [name, match.place].map((each) => partsOf(each).toReversed().slice(1));
    const differ = own.findIndex((folder, i) => folder !== other[i]);
    named.add(own[differ] ?? "");
    found.add(other[differ] ?? "");
    pairs.add(`${own[differ]}/${other[differ]}`);
  }
  return pairs.size === named.size && pairs.size === found.size;
}

/** Finds an image by what a table calls it: its path in the folder with any slashes, with or without the ending, or its name alone where it is the only one. */
function finder(places: readonly string[]): (name: string) => string | undefined {
  const exact = new Map(places.map((place) => [composed(place), place]));
  const loose = new Map<string, string | null>();
  for (const [name, place] of exact) {
    const base = name.slice(name.lastIndexOf("/") + 1);
    // Null: several images would fit.
    for (const key of new Set([stem(name), base, stem(base)])) loose.set(key, loose.has(key) && loose.get(key) !== place ? null : place);
  }
  return (name) => {
    const tidy = slashed(name).replace(/^(?:\.?\/)+/, "");
    return exact.get(tidy) ?? loose.get(tidy) ?? undefined;
  };
}

function byTail(name: string, tails: ReadonlyMap<string, readonly Candidate[]>, part: Part | null): Match | undefined {
  const own = partsOf(name);
  for (let first = 0; first < own.length; first++) {
    const found = tails.get(own.slice(first).join("/"));
    if (found === undefined) continue;
    const fitting = found.filter((candidate) => goTogether(own.slice(0, first), candidate.parts.slice(0, candidate.parts.length - (own.length - first))));
    const [only, ...more] = fitting;
    const chosen =
      more.length === 0
        ? only
        : (single(fitting.filter(({ place }) => endsLike(place, name))) ??
          single(fitting.filter(({ place }) => part !== null && place.split("/").some((folder) => partOfName(folder)?.part === part))));
    if (chosen === undefined) return undefined;
    return { place: chosen.place, changed: first > 0 && chosen.parts.length > own.length - first ? "folders" : "spelling" };
  }
  return undefined;
}

/** Whether folders in front may differ: not where both say a part, and other ones. */
function goTogether(named: readonly string[], found: readonly string[]): boolean {
  const [own, other] = [named, found].map((folders) => folders.map((folder) => partOfName(folder)?.part).findLast((part) => part !== undefined));
  return own === undefined || other === undefined || own === other;
}

function endsLike(place: string, name: string): boolean {
  const base = (text: string) => text.slice(text.lastIndexOf("/") + 1);
  return base(composed(place)) === base(slashed(name));
}

function single(found: readonly Candidate[]): Candidate | undefined {
  return found.length === 1 ? found[0] : undefined;
}

/** Every end of every path. */
function tailsOf(places: readonly string[]): ReadonlyMap<string, readonly Candidate[]> {
  const tails = new Map<string, Candidate[]>();
  for (const place of places) {
    const candidate = { place, parts: partsOf(place) };
    for (let first = 0; first < candidate.parts.length; first++) {
      const key = candidate.parts.slice(first).join("/");
      const known = tails.get(key);
      if (known === undefined) tails.set(key, [candidate]);
      else known.push(candidate);
    }
  }
  return tails;
}

/** A path as it is compared: without scheme, drive, query and ending, in lower case, decoded, numbers without leading zeros. */
function partsOf(path: string): readonly string[] {
  const plain = decoded(slashed(path).replace(/^(https?:\/\/[^?#]*)[?#].*$/i, "$1"))
    .replace(SCHEME, "")
    .toLowerCase();
  const parts = plain.split("/").flatMap((each) => (each.trim() === "" || each === "." ? [] : [each.trim().replace(/\s+/g, " ")]));
  const base = (parts.pop() ?? "").replace(ENDING, "");
  return [...parts, /^\d+$/.test(base) ? base.replace(/^0+(?=\d)/, "") : base];
}

/** Also where what is in a cell is not all encoded: a percent sign of its own stays. */
function decoded(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return composed(decodeURIComponent(text));
  } catch {
    return text;
  }
}

function slashed(name: string): string {
  return composed(name)
    .trim()
    .replace(/^(["'])(.*)\1$/, "$2")
    .replaceAll("\\", "/");
}

function stem(place: string): string {
  return place.replace(/\.[^./]*$/, "");
}
