/**
 * Decides which folders are parts and which are classes. Names suggest parts; the contents decide: parts hold class folders with matching names,
 * classes hold files. The user's settings take precedence.
 */
import type { Guess } from "../../../shared/recipe/guess.ts";
import { folderGuess } from "./folderGuesses.ts";
import { agree, type FolderRoles, type LeftFolder, type Look, looksOf, roleOf } from "./folderLook.ts";
import { composed, everyWanted, type Folder, holdsWanted } from "./folderTree.ts";
import { isBesideName, isContainerName, isCountedName, PARTS, type Part, partOfName } from "./partNames.ts";

/** A folder whose files are used as samples. */
export interface Entry {
  readonly folder: Folder;
  /** Path of the folder with a trailing slash; empty for the root. */
  readonly place: string;
  readonly part: Part;
  /** The class of every file in it; null if its sub-folders are the classes. */
  readonly className: string | null;
}

export interface Judged {
  readonly entries: readonly Entry[];
  readonly left: readonly LeftFolder[];
  readonly guesses: readonly Guess[];
}

/** Single words that name a part but could also name a thing. */
const NOUNS = /^(?:train|training|trainer|valid|development|evaluation)$/i;

/** @param roles roles that the user set, by folder name */
export function judgeFolders(tree: Folder, roles: FolderRoles): Judged {
  const looks = looksOf(tree.folders, roles);
  return asParts(tree, looks, roles) ?? partsBelowClasses(looks, roles) ?? partsInNames(looks) ?? aroundAll(looks) ?? asClasses(tree, looks, roles);
}

/** The folders as parts, including parts without classes; null if they are not parts. */
function asParts(tree: Folder, looks: readonly Look[], roles: FolderRoles): Judged | null {
  const set = looks.filter(({ role }) => isPart(role));
  const accepted = acceptedParts(looks, set.length > 0);
  // If there is only a test folder and other folders with the same classes, the others are the training part.
  const lone = accepted.length === 1 ? accepted[0] : undefined;
  const beside = looks.filter((look) => look.part === null && look.role === undefined && !look.nested);
  const names = { classes: beside.map(({ name }) => composed(name)) };
  const areTraining = set.length === 0 && lone?.part?.part !== "train" && lone !== undefined && beside.length > 1 && agree(names, lone);
  const flat = looks.filter((look) => look.role === undefined && !look.nested && look.part?.sure === true);
  const flatOnly = accepted.length === 0 && set.length === 0;
  if (flatOnly && !flatAreParts(looks, flat)) return null;
  const found = [...set, ...accepted, ...flat];
  const parts = new Map(found.map((look) => [look, isPart(look.role) ? look.role : partAmong(look, found)] as const));
  const promoted = areTraining ? null : promote(parts);
  const asClass = looks.filter(({ role }) => role === "class");
  const entries: Entry[] = [
    ...[...parts].map(([{ inner, place }, part]) => ({ folder: inner, place, part, className: null })),
    ...asClass.map(({ folder, name }) => ({ folder, place: `${name}/`, part: "train" as const, className: composed(name) })),
    ...(areTraining
      ? [{ folder: { ...tree, folders: beside.map(({ folder }) => folder), wanted: [], others: [] }, place: "", part: "train" as const, className: null }]
      : []),
  ];
  const taken = new Set<Look>([...found, ...asClass, ...(areTraining ? beside : [])]);
  const left = looks.filter((look) => !taken.has(look));
  return {
    entries: inOrder(entries),
    left: left.map(({ folder }) => leftFolder(folder, `${folder.name}/`, "unknown")),
    guesses: [
      ...folderGuess.unsureParts(
        accepted.filter(({ part }) => part?.sure === false),
        looks,
        roles,
      ),
      ...folderGuess.promoted(promoted),
      ...left.filter(({ nested }) => nested).flatMap(({ name }) => folderGuess.leftOut(name, roles)),
    ],
  };
}

/** Folders that are named like parts and hold class folders. */
function acceptedParts(looks: readonly Look[], isSet: boolean): readonly Look[] {
  const named = looks.filter((look) => look.role === undefined && look.part !== null && look.nested);
  const sure = named.filter(({ part }) => part?.sure === true);
  const accepted = isSet || sure.length !== 1 || isLonePart(sure[0], looks) ? sure : [];
  const unsure = named.filter((look) => !accepted.includes(look));
  const others = looks.filter((look) => !named.includes(look) && !isBesideName(look.name));
  const agreed = unsure.filter((look) => {
    if (look.part?.sure === true) return false;
    const peers = [...accepted, ...unsure.filter((each) => each.part?.part !== look.part?.part)];
    return peers.some((each) => agree(each, look)) || (named.length === 1 && looks.length > 1 && others.length === 0);
  });
  return [...accepted, ...agreed];
}

/** Whether the only folder named like a part is one: vehicles can have a class "train" with sub-folders. */
function isLonePart(lone: Look | undefined, looks: readonly Look[]): boolean {
  if (lone === undefined) return false;
  const others = looks.filter((look) => look !== lone && look.role === undefined && !isBesideName(look.name));
  if (others.some(({ part, nested }) => part?.sure === true && !nested)) return true;
  const nested = others.filter((look) => look.nested);
  if (nested.length > 0) return nested.some((look) => agree(look, lone));
  return others.length < 2 || agree({ classes: others.map(({ name }) => composed(name)) }, lone);
}

/** Whether train/ and test/ with only files are parts, with the classes in the file names. A single such folder is a class, unless it is the only folder. */
function flatAreParts(looks: readonly Look[], flat: readonly Look[]): boolean {
  const others = looks.filter((look) => !flat.includes(look) && !isBesideName(look.name));
  return new Set(flat.map(({ part }) => part?.part)).size > 1 ? others.length < 2 : flat.length > 0 && others.length === 0;
}

/** cat/train, cat/test, dog/train, dog/test. */
function partsBelowClasses(looks: readonly Look[], roles: FolderRoles): Judged | null {
  const classes = looks.filter(({ name }) => !isBesideName(name));
  const below = classes.map(({ folder, name }) =>
    folder.folders.filter(holdsWanted).map((child) => ({ child, className: name, part: partBelow(child.name, roles) })),
  );
  const parts = new Set(
    below
      .flat()
      .map(({ part }) => part)
      .filter((part) => part !== null),
  );
  if (classes.length < 2 || parts.size < 2 || !parts.has("train")) return null;
  if (classes.some(({ folder }) => folder.wanted.length > 0) || below.some((children) => children.every(({ part }) => part === null))) return null;
  const entries = below
    .flat()
    .flatMap(({ child, className, part }): Entry[] =>
      part === null ? [] : [{ folder: child, place: `${className}/${child.name}/`, part, className: composed(className) }],
    );
  const strange = below.flat().filter(({ child, part }) => part === null && roleOf(child.name, roles) !== "leaveOut");
  return {
    entries: inOrder(entries),
    left: [
      ...strange.map(({ child, className }) => leftFolder(child, `${className}/${child.name}/`, "unknown")),
      ...looks.filter((look) => !classes.includes(look)).map(({ folder }) => leftFolder(folder, `${folder.name}/`, "unknown")),
    ],
    guesses: folderGuess.partsBelow([...new Set(entries.map(({ folder }) => folder.name))], roles),
  };
}

function partBelow(name: string, roles: FolderRoles): Part | null {
  const role = roleOf(name, roles);
  if (role !== undefined) return isPart(role) ? role : null;
  const found = partOfName(name);
  return found?.sure === true ? found.part : null;
}

/** cats_train, cats_test, dogs_train, dogs_test: each holds files of one class and one part. */
function partsInNames(looks: readonly Look[]): Judged | null {
  const named = looks.filter(({ name }) => !isBesideName(name)).map((look) => ({ look, part: look.part, rest: withoutPart(look.name) }));
  const trained = new Set(named.flatMap(({ part, rest }) => (part?.part === "train" ? [rest] : [])));
  const parts = new Set(named.map(({ part }) => part?.part));
  if (
    parts.size < 2 ||
    trained.size < 2 ||
    !named.every(({ look, part, rest }) => part?.sure === false && rest !== null && trained.has(rest) && !look.nested && look.role === undefined)
  )
    return null;
  return {
    entries: inOrder(named.map(({ look: { folder, name }, part, rest }) => ({ folder, place: `${name}/`, part: part?.part ?? "train", className: rest }))),
    left: looks.filter(({ name }) => isBesideName(name)).map(({ folder }) => leftFolder(folder, `${folder.name}/`, "unknown")),
    guesses: folderGuess.partsInNames(named.map(({ look }) => look.name)),
  };
}

/** "cats" for "cats_train"; null if no separate word names the part. */
function withoutPart(name: string): string | null {
  const words = name.split(/[\s._-]+/);
  const rest = words.filter((word) => partOfName(word)?.sure !== true);
  return rest.length === words.length || rest.length === 0 ? null : composed(rest.join("_"));
}

/** images/ next to masks/ and annotations/: one folder around all samples. */
function aroundAll(looks: readonly Look[]): Judged | null {
  const [around, ...more] = looks.filter(({ name }) => !isBesideName(name));
  if (around === undefined || more.length > 0 || looks.length < 2 || around.role !== undefined || !isContainerName(around.name)) return null;
  return {
    entries: [{ folder: around.inner, place: around.place, part: "train", className: null }],
    left: looks.filter((look) => look !== around).map(({ folder }) => leftFolder(folder, `${folder.name}/`, "unknown")),
    guesses: [],
  };
}

function asClasses(tree: Folder, looks: readonly Look[], roles: FolderRoles): Judged {
  const plain = looks.filter(({ part, role }) => part?.sure !== true || role === "class");
  const named = looks.filter((look) => !plain.includes(look));
  // The classes of the files in a test folder next to class folders are unknown.
  const unlabelled = plain.length > 1 ? named.filter(({ name, nested }) => !nested && !NOUNS.test(name)) : [];
  const left = new Set<Folder>(unlabelled.map(({ folder }) => folder));
  const folders = tree.folders.filter((folder) => roleOf(folder.name, roles) !== "leaveOut" && !left.has(folder));
  const counted =
    looks.length > 1 && plain.length === looks.length && plain.every((look) => look.nested && look.role === undefined && agree(look, plain[0] ?? look));
  if (counted && plain.every(({ name }) => isCountedName(name) || isContainerName(name)))
    return {
      entries: plain.map(({ inner, place }) => ({ folder: inner, place, part: "train", className: null })),
      left: [],
      guesses: folderGuess.together(
        plain.map(({ name }) => name),
        roles,
      ),
    };
  return {
    entries: [{ folder: { ...tree, folders }, place: "", part: "train", className: null }],
    left: unlabelled.map(({ folder }) => leftFolder(folder, `${folder.name}/`, "unlabelled")),
    guesses: [
      ...(counted
        ? folderGuess.innerClasses(
            plain.map(({ name }) => name),
            roles,
          )
        : []),
      ...named.filter(({ folder }) => !left.has(folder)).flatMap(({ name, nested }) => folderGuess.classNamedPart(name, nested, folders.length, roles)),
      ...unlabelled.flatMap(({ name }) => folderGuess.unlabelledPart(name, roles)),
      ...plain
        .filter(({ name, role }) => role === undefined && isBesideName(name) && folders.length > 2)
        .flatMap(({ name }) => folderGuess.classBeside(name, roles)),
    ],
  };
}

function isPart(role: string | undefined): role is Part {
  return PARTS.some((part) => part === role);
}

/** "eval" means the test part if there is a "dev" part; "holdout" means the validation part if there is a "test" part. */
function partAmong(look: Look, found: readonly Look[]): Part {
  const { part = "train", otherwise = null } = look.part ?? {};
  if (otherwise === null) return part;
  const others = found.filter((each) => each !== look).map((each) => (isPart(each.role) ? each.role : each.part?.otherwise === null ? each.part.part : null));
  return others.includes(part) && !others.includes(otherwise) ? otherwise : part;
}

/** Without a training part, the validation part is used for training, or else the test part. Null if there is a training part. */
function promote(parts: Map<Look, Part>): { readonly from: Part; readonly names: readonly string[] } | null {
  const nested = [...parts].filter((each) => each[0].nested);
  const known = new Set((nested.length > 0 ? nested : [...parts]).map(([, part]) => part));
  if (known.size === 0 || known.has("train")) return null;
  const from: Part = known.has("validation") ? "validation" : "test";
  const moved = [...parts].filter(([{ role }, part]) => part === from && role === undefined).map(([look]) => look);
  if (moved.length === 0) return null;
  for (const look of moved) parts.set(look, "train");
  return { from, names: moved.map(({ name }) => name) };
}

function leftFolder(folder: Folder, place: string, why: LeftFolder["why"]): LeftFolder {
  return { place: place.replace(/\/$/, ""), name: folder.name, count: everyWanted(folder).length, why };
}

function inOrder(entries: readonly Entry[]): readonly Entry[] {
  return [...entries].sort((a, b) => PARTS.indexOf(a.part) - PARTS.indexOf(b.part));
}
