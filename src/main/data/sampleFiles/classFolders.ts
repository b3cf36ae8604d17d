/**
 * Lists a folder of class folders, of train, validation and test folders of these, or of files whose names say their class, in the same order on every
 * machine. Serves both images and recordings.
 */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { Fault, nearestName, quote } from "../../../shared/kit/fault.ts";
import { isRecord } from "../../../shared/kit/record.ts";
import type { ClassPlace } from "../../../shared/recipe/formats/folderFields.ts";
import type { Guess } from "../../../shared/recipe/guess.ts";
import type { NamedFile } from "../files.ts";
import { mergedNames, spellingGuess, spellingsOf } from "../nameSpelling.ts";
import { classInName, judgeNames, type NameJudgement } from "./classNames.ts";
import type { LeftOut } from "./findings.ts";
import { folderGuess } from "./folderGuesses.ts";
import type { LeftFolder } from "./folderLook.ts";
import { type FolderRoles, roleOf } from "./folderLook.ts";
import {
  compare,
  composed,
  everyOther,
  everyWanted,
  type Folder,
  holdsWanted,
  isClutter,
  isUnread,
  isWanted,
  isWantedFile,
  readFolder,
  type Wanted,
} from "./folderTree.ts";
import { type Entry, judgeFolders } from "./judgeFolders.ts";
import { isContainerName, PARTS, type Part, partOfName } from "./partNames.ts";

/** A source's settings about its folders. */
export interface FolderSource {
  readonly path: string;
  readonly folders?: FolderRoles | undefined;
  readonly classFrom?: ClassPlace | undefined;
  readonly mergeNames?: boolean | undefined;
}

export interface ClassFile {
  /** Relative to the root, with `/` on every system. */
  readonly place: string;
  /** Absolute path. */
  readonly path: string;
  readonly className: string;
  readonly part: Part;
}

export interface ClassFolders {
  /** Training, then validation, then test; within each by code unit of the path. */
  readonly files: readonly ClassFile[];
  /** Class folders without a single wanted file, relative to the root. */
  readonly emptyFolders: readonly string[];
  /** Files of another kind, or without a class. */
  readonly others: readonly LeftOut[];
  /** Files of the wanted kind in unsupported formats. */
  readonly unread: readonly LeftOut[];
  /** Folders of wanted files that are not used as samples. */
  readonly left: readonly LeftFolder[];
  readonly guesses: readonly Guess[];
}

/** A wanted file whose class is not known yet. */
interface Found {
  readonly place: string;
  readonly part: Part;
  /** Null if no folder says it. */
  readonly className: string | null;
  readonly entry: Entry;
}

const CLASSES = { en: "The classes", ko: "클래스" };
const NO_CLASS = "in no class's folder";

/** @throws Fault if the root is not a folder or holds no classes */
export async function listClassFolders(root: NamedFile, wanted: Wanted, source: Omit<FolderSource, "path"> = {}): Promise<ClassFolders> {
  const roles = source.folders ?? {};
  const whole = await readFolder(root, wanted);
  checkRoles(whole, roles);
  const tree = withoutLeftOut(whole, roles);
  const { entries, left, guesses } = judgeFolders(tree, roles);
  const found = entries.flatMap(filesOf);
  const named = classesByName(found, source.classFrom);
  const classes = new Set((named?.files ?? found).flatMap(({ part, className }) => (part === "train" && className !== null ? [className] : [])));
  const { files: spelled, unlabelled } = sortOut(named?.files ?? found, entries, classes);
  const counts = new Map<string, number>();
  for (const { className } of spelled) counts.set(className, (counts.get(className) ?? 0) + 1);
  const spellings = spellingsOf([...counts.keys()], [...counts.values()]);
  const nameOf = mergedNames(source.mergeNames === true ? spellings : []);
  const files = spelled.map((file) => ({ ...file, className: nameOf(file.className) }));
  if (files.length === 0) throw emptyFault(root, wanted, tree);
  const filled = new Set(files.map(({ className }) => className));
  const folders = entries.flatMap(classFolders).map((folder) => ({ ...folder, name: nameOf(folder.name) }));
  const names = new Set(folders.map(({ name }) => name));
  if (filled.size < 2) throw oneClassFault(root, wanted, tree, [...filled], names.size - filled.size);
  const others = everyOther(tree);
  const leftOut = [...left, ...unlabelled];
  const used = new Set(files.map(({ place }) => place));
  const loose = everyWanted(tree).filter((place) => !used.has(place) && !leftOut.some((folder) => place.startsWith(`${folder.place}/`)));
  return {
    files: files
      .map((file) => ({ ...file, path: path.resolve(root.path, file.place) }))
      .sort((a, b) => PARTS.indexOf(a.part) - PARTS.indexOf(b.part) || compare(a.place, b.place)),
    emptyFolders: named === null ? folders.filter(({ name }) => !filled.has(name)).map(({ place }) => place) : [],
    others: [
      ...loose.map((place) => ({ place, reason: named === null ? NO_CLASS : "its name says no class" })),
      ...others.filter((place) => !isUnread(place, wanted)).map((place) => ({ place, reason: `not a ${wanted.noun} by its name` })),
    ],
    unread: others.filter((place) => isUnread(place, wanted)).map((place) => ({ place, reason: `${path.extname(place).toLowerCase()} is not read` })),
    left: leftOut,
    guesses: [
      ...guesses,
      ...leftOut.filter((folder) => !isSaid(folder, guesses, roles)).map((folder) => folderGuess.filesOfNoClass(folder, roles)),
      ...(named?.judgement === null || named === null ? [] : [folderGuess.namesAreClasses(named.judgement, [...filled].sort(compare))]),
      ...(spellings.length === 0 || source.mergeNames !== undefined ? [] : [spellingGuess(CLASSES, spellings, { mergeNames: true })]),
    ],
  };
}

/**
 * Finds the folder of the classes: the folder itself, or one inside it if it holds nothing else; null if none looks like one. Looks no deeper than
 * necessary. A single class among empty folders counts too; opening reports what is missing.
 */
export async function findClassFolders(root: string, wanted: Wanted): Promise<string | null> {
  const entries = (await readdir(root, { withFileTypes: true }).catch(() => [])).filter(({ name }) => !isClutter(name));
  const holding: string[] = [];
  const deep: string[] = [];
  let strange = 0;
  for (const entry of entries) {
    if (!entry.isDirectory()) continue;
    const inside = path.join(root, entry.name);
    if (await holdsWantedFile(inside, wanted, 2)) holding.push(inside);
    else if (await holdsWantedFile(inside, wanted, 3)) deep.push(inside);
    else if ((await readdir(inside).catch(() => [])).some((name) => !isClutter(name))) strange++;
    if (holding.length === 2) return root;
  }
  const [only, another] = [...holding, ...deep];
  if (another !== undefined) return strange === 0 ? root : null;
  if (only === undefined) {
    const files = entries.filter((entry) => !entry.isDirectory() && isWanted(entry.name, wanted)).map(({ name }) => name);
    return judgeNames(files) === null ? null : root;
  }
  // Among unrelated folders, as in a project, only a folder with a suitable name can hold the data.
  const isTrain = partOfName(path.basename(only))?.sure === true;
  if (strange > 0 && !isTrain && !isContainerName(path.basename(only))) return null;
  // A folder of wanted files is itself a class, unless the file names say classes; a train folder holds class folders.
  const below = await findClassFolders(only, wanted);
  if (below !== null) return isTrain || (below === only && (await readdir(only)).some((name) => isWanted(name, wanted))) ? root : below;
  return strange === 0 ? root : null;
}

/** A fault if all wanted files in a folder have unsupported formats; null otherwise. */
export async function onlyUnread(root: string, wanted: Wanted): Promise<Fault | null> {
  if (!(await holdsFile(root, (name) => isUnread(name, wanted), 3)) || (await holdsWantedFile(root, wanted, 3))) return null;
  const named: NamedFile = { path: root, field: "data.source.path" };
  return emptyFault(named, wanted, await readFolder(named, wanted));
}

/** Judged by file names; if they say nothing, by the content of a folder's first file. */
function holdsWantedFile(folder: string, wanted: Wanted, depth: number): Promise<boolean> {
  return holdsFile(
    folder,
    (name) => isWanted(name, wanted),
    depth,
    (inside, name) => isWantedFile(inside, name, wanted),
  );
}

async function holdsFile(
  folder: string,
  test: (name: string) => boolean,
  depth: number,
  look?: (folder: string, name: string) => Promise<boolean>,
): Promise<boolean> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  if (files.some(({ name }) => test(name))) return true;
  const [first] = files.filter(({ name }) => !isClutter(name));
  if (look !== undefined && first !== undefined && (await look(folder, first.name))) return true;
  if (depth === 0) return false;
  for (const entry of entries)
    if (entry.isDirectory() && !isClutter(entry.name) && (await holdsFile(path.join(folder, entry.name), test, depth - 1, look))) return true;
  return false;
}

/** Whether a guess mentions the left-out folder, or the user has set its role. */
function isSaid({ name }: LeftFolder, guesses: readonly Guess[], roles: FolderRoles): boolean {
  if (Object.keys(roles).some((each) => composed(each) === composed(name))) return true;
  return guesses.some(({ instead }) => instead.some(({ set }) => isRecord(set["folders"]) && Object.hasOwn(set["folders"], name)));
}

/** Checks the named folders: they must be in the root or in one of its folders. */
function checkRoles(tree: Folder, roles: FolderRoles): void {
  const names = new Set([...tree.folders, ...tree.folders.flatMap(({ folders }) => folders)].map(({ name }) => composed(name)));
  const problems = Object.keys(roles)
    .filter((name) => !names.has(composed(name)))
    .map((name) => {
      const near = nearestName(name, [...names]);
      return {
        place: "data.source.folders",
        expected: `must name existing folders: ${
          tree.folders
            .slice(0, 10)
            .map((folder) => quote(folder.name))
            .join(", ") || "there are none"
        }`,
        received: quote(name),
        remedy: near === undefined ? "Remove it from the list, or correct the name." : `Did you mean ${quote(near)}?`,
      };
    });
  if (problems.length > 0) throw new Fault("input", problems);
}

function withoutLeftOut(tree: Folder, roles: FolderRoles): Folder {
  return { ...tree, folders: tree.folders.filter(({ name }) => roleOf(name, roles) !== "leaveOut") };
}

function filesOf(entry: Entry): readonly Found[] {
  const { folder, place, part, className } = entry;
  if (className !== null) return everyWanted(folder, place).map((file) => ({ place: file, part, className, entry }));
  return [
    ...folder.wanted.map((name) => ({ place: `${place}${name}`, part, className: null, entry })),
    ...folder.folders.flatMap((inside) =>
      everyWanted(inside, `${place}${inside.name}/`).map((file) => ({ place: file, part, className: composed(inside.name), entry })),
    ),
  ];
}

/** The class folders, including empty ones. */
function classFolders({ folder, place, className }: Entry): readonly { readonly name: string; readonly place: string }[] {
  return className === null
    ? folder.folders.map(({ name }) => ({ name: composed(name), place: `${place}${name}` }))
    : [{ name: className, place: place.slice(0, -1) }];
}

/** Classes from the file names, if the user says so or the folders say no classes; null if the folders say them. */
function classesByName(
  found: readonly Found[],
  from: ClassPlace | undefined,
): { readonly files: readonly Found[]; readonly judgement: NameJudgement | null } | null {
  if (from === "folder") return null;
  const byFolder = new Set(found.flatMap(({ className }) => (className === null ? [] : [className])));
  if (from === undefined && byFolder.size > 1) return null;
  const judgement = from === undefined ? judgeNames(found.filter(({ part }) => part === "train").map(({ place }) => place)) : null;
  const place = from ?? judgement?.from;
  return place === undefined ? null : { files: found.map((file) => ({ ...file, className: classInName(file.place, place) })), judgement };
}

/** Files with a class; a part that has no class of the training part is left out completely. */
function sortOut(found: readonly Found[], entries: readonly Entry[], classes: ReadonlySet<string>) {
  const unlabelled: LeftFolder[] = [];
  const files: (Found & { readonly className: string })[] = [];
  const byEntry = new Map<Entry, Found[]>(entries.map((entry) => [entry, []]));
  for (const file of found) byEntry.get(file.entry)?.push(file);
  for (const [{ folder, place, part, className: set }, own] of byEntry) {
    // A folder's class counts even if no other part has it.
    const isSaid = part === "train" || set !== null || folder.folders.some(holdsWanted);
    const known = own.filter(({ className }) => className !== null && (isSaid || classes.has(className)));
    if (place !== "" && known.length === 0 && own.length > 0)
      unlabelled.push({ place: place.slice(0, -1), name: folder.name, count: own.length, why: "unlabelled" });
    for (const file of known) if (file.className !== null) files.push({ ...file, className: file.className });
  }
  return { files, unlabelled };
}

function emptyFault(root: NamedFile, { noun, endings, unread, convert }: Wanted, tree: Folder): Fault {
  const [lone] = everyWanted(tree);
  const foreign = everyOther(tree).filter((place) => unread.has(path.extname(place).toLowerCase()));
  const found = [...new Set(foreign.map((place) => path.extname(place).toLowerCase()))].sort(compare);
  const onlyForeign = lone === undefined && foreign.length > 0;
  const received =
    lone === undefined
      ? `no ${noun} in it or its folders${onlyForeign ? ` that can be read: ${foreign.length} in ${found.join(", ")}` : ""}`
      : `${noun}s without class folders (${quote(lone)})`;
  return new Fault("input", [
    {
      place: root.path,
      expected: `must hold a folder of ${noun}s (${[...endings].join(", ")}) for every class`,
      received,
      remedy: onlyForeign
        ? convert
        : `Put the ${noun}s into ${path.join(root.path, "<class>")}, a folder for each class, or into train, validation and test folders of these.`,
    },
  ]);
}

function oneClassFault(root: NamedFile, { noun }: Wanted, tree: Folder, names: readonly string[], empty: number): Fault {
  const [name = ""] = names;
  const inner = tree.folders.find((folder) => folder.name === name);
  const wrapped = inner !== undefined && inner.wanted.length === 0 && inner.folders.filter(holdsWanted).length > 1;
  return new Fault("input", [
    {
      place: root.path,
      expected: "must hold folders of at least two classes",
      received: `${noun}s only in ${quote(name)}${empty > 0 ? `; ${empty} other folders are empty` : ""}`,
      remedy: wrapped ? `Did you mean ${quote(path.join(root.path, name))}?` : `Add a folder of ${noun}s for every other class.`,
    },
  ]);
}
