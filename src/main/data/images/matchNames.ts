/** Matches names in a table to images: by the path in the folder, or, if paths are spelled differently, by their longest common end. */
import { composed } from "../sampleFiles/folderTree.ts";
import { type Part, partOfName } from "../sampleFiles/partNames.ts";

export interface Match {
  readonly place: string;
  /**
   * `no`: the image's path, with or without extension, or its name only. `spelling`: another case, extension or leading folders.
   * `folders`: the leading folders differ on both sides, so that it could be another image.
   */
  readonly changed: "no" | "spelling" | "folders";
}

/** An image that a name can mean. */
interface Candidate {
  readonly place: string;
  /** Folders and name without extension, normalized for comparison; the name comes last. */
  readonly parts: readonly string[];
}

const SCHEME = /^(?:[a-z][a-z\d+.-]*:\/\/+|[a-z]:(?=\/))/i;
/** File extensions that are ignored in comparisons: at most five letters and digits, with at least one letter. */
const ENDING = /\.(?=\w*[a-z])\w{1,5}$/i;

/**
 * Finds the image for every name of a column; undefined if there is none or several match.
 * @param names from the table; null for an empty cell
 * @param part named by the table's file name: train.csv means the images in train/ if other folders have the same names
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
  // Two names match one image: one of them must be of an image that is missing.
  const owners = new Map<string, number>();
  for (const match of known.values()) if (match !== undefined) owners.set(match.place, (owners.get(match.place) ?? 0) + 1);
  return names.map((name) => {
    const match = name === null ? undefined : known.get(name);
    if (match === undefined || match.changed === "no") return match;
    return (owners.get(match.place) ?? 0) > 1 || (match.changed === "folders" && !moved) ? undefined : match;
  });
}

/** Whether renamed folders are renamed consistently: each name always maps to the same folder. */
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

/** Finds an image by its path in the folder (with any slashes, with or without extension), or by its name if that is unique. */
function finder(places: readonly string[]): (name: string) => string | undefined {
  const exact = new Map(places.map((place) => [composed(place), place]));
  const loose = new Map<string, string | null>();
  for (const [name, place] of exact) {
    const base = name.slice(name.lastIndexOf("/") + 1);
    // Null: several images match.
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

/** Whether leading folders may differ: not if both name a part and the parts differ. */
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

/** Candidates by every possible end of their paths. */
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

/** A path normalized for comparison: without scheme, drive, query and extension, in lower case, URL-decoded, numbers without leading zeros. */
function partsOf(path: string): readonly string[] {
  const plain = decoded(slashed(path).replace(/^(https?:\/\/[^?#]*)[?#].*$/i, "$1"))
    .replace(SCHEME, "")
    .toLowerCase();
  const parts = plain.split("/").flatMap((each) => (each.trim() === "" || each === "." ? [] : [each.trim().replace(/\s+/g, " ")]));
  const base = (parts.pop() ?? "").replace(ENDING, "");
  return [...parts, /^\d+$/.test(base) ? base.replace(/^0+(?=\d)/, "") : base];
}

/** Decodes percent-encoding; a stray percent sign is kept. */
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
