/**
 * A folder with a folder for every class, or with train, validation and test folders of them: what is in it, in the same
 * order on every machine. Pictures and recordings are kept in this way alike.
 */
import { readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { Fault, nearestName, quote } from "../../../shared/kit/fault.ts";
import type { NamedFile } from "../files.ts";
import type { LeftOut } from "./findings.ts";

/** What is looked for. */
export interface Wanted {
  /** "picture", "recording". */
  readonly noun: string;
  /** Endings of file names in lower case, with the dot. */
  readonly endings: ReadonlySet<string>;
}

/** In the order of their samples. */
const PARTS = ["train", "validation", "test"] as const;

export type Part = (typeof PARTS)[number];

export interface ClassFile {
  /** Relative to the root, with `/` on every system. */
  readonly place: string;
  /** Absolute. */
  readonly path: string;
  readonly className: string;
  readonly part: Part;
}

export interface ClassFolders {
  /** Training, then validation, then test; by code unit of the place inside each. */
  readonly files: readonly ClassFile[];
  /** Folders of classes without a single wanted file, relative to the root. */
  readonly emptyFolders: readonly string[];
  /** Files that are of another kind, or belong to no class. */
  readonly others: readonly LeftOut[];
  /** Whether there are train, validation and test folders. */
  readonly parts: readonly Part[];
}

interface Folder {
  readonly name: string;
  readonly folders: readonly Folder[];
  /** Wanted files here, by name. */
  readonly wanted: readonly string[];
  readonly others: readonly string[];
}

const PART_NAMES: Readonly<Record<string, Part>> = {
  train: "train",
  training: "train",
  val: "validation",
  valid: "validation",
  validation: "validation",
  test: "test",
  testing: "test",
};

/** What systems leave in folders. */
const CLUTTER = /^(?:\..*|thumbs\.db|desktop\.ini|__macosx|@eadir)$/i;

/** @throws Fault where the root is no folder or holds no classes */
export async function listClassFolders(root: NamedFile, wanted: Wanted): Promise<ClassFolders> {
  const tree = await readFolder(root, wanted);
  const parts = partsOf(tree);
  const lists = parts === null ? [classesOf(tree, "", "train", wanted)] : parts.map(([part, folder]) => classesOf(folder, `${folder.name}/`, part, wanted));
  const partFolders = new Set(parts?.map(([, folder]) => folder) ?? []);
  const outside = parts === null ? [] : tree.folders.filter((folder) => !partFolders.has(folder)).flatMap((folder) => everyFile(folder, `${folder.name}/`));
  const rootFiles = parts === null ? [] : [...tree.wanted, ...tree.others];
  const files = lists
    .flatMap((list) => list.files)
    .map((file) => ({ ...file, path: path.resolve(root.path, file.place) }))
    .sort((a, b) => PARTS.indexOf(a.part) - PARTS.indexOf(b.part) || compare(a.place, b.place));
  if (files.length === 0) throw emptyFault(root, wanted, everyWanted(tree));
  const filled = new Set(files.map((file) => file.className));
  const names = new Set(lists.flatMap((list) => list.folders.map(({ name }) => name)));
  if (filled.size < 2) throw oneClassFault(root, wanted, tree, [...filled], names.size - filled.size);
  return {
    files,
    emptyFolders: lists.flatMap((list) => list.folders.filter(({ name }) => !filled.has(name)).map(({ place }) => place)),
    others: [...lists.flatMap((list) => list.others), ...[...rootFiles, ...outside].map((place) => ({ place, reason: "in no class's folder" }))],
    parts: PARTS.filter((part) => parts?.some(([each]) => each === part)),
  };
}

/**
 * Whether sub-folders hold wanted files, so that the folder looks like one of classes; looks no further than it must. One class among nothing but
 * empty folders counts too: what is missing is said when it is opened.
 */
export async function looksLikeClassFolders(root: string, wanted: Wanted): Promise<boolean> {
  const holding = new Set<string>();
  let strange = 0;
  const visit = async (folder: string, depth: number): Promise<boolean> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    if (entries.some((entry) => entry.isFile() && isWanted(entry.name, wanted))) return true;
    if (depth === 0) return false;
    for (const entry of entries) if (entry.isDirectory() && !CLUTTER.test(entry.name) && (await visit(path.join(folder, entry.name), depth - 1))) return true;
    return false;
  };
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isDirectory() || CLUTTER.test(entry.name)) continue;
    // A folder of wanted files itself is a class; train and test hold the folders of the classes.
    const inside = path.join(root, entry.name);
    if (PART_NAMES[entry.name.toLowerCase()] === "train" && (await looksLikeClassFolders(inside, wanted))) return true;
    if (await visit(inside, 2)) holding.add(entry.name);
    else if ((await readdir(inside).catch(() => [])).some((name) => !CLUTTER.test(name))) strange++;
    if (holding.size === 2) return true;
  }
  return holding.size === 1 && strange === 0;
}

/**
 * Every wanted file under a folder by code unit of its place, wherever it lies.
 * @throws Fault where the root is no folder
 */
export async function listFiles(root: NamedFile, wanted: Wanted): Promise<readonly string[]> {
  return everyWanted(await readFolder(root, wanted)).sort(compare);
}

function isWanted(name: string, { endings }: Wanted): boolean {
  return endings.has(path.extname(name).toLowerCase()) && !CLUTTER.test(name);
}

async function readFolder(root: NamedFile, wanted: Wanted): Promise<Folder> {
  const visited = new Set<string>();
  const visit = async (folder: string, name: string): Promise<Folder> => {
    const folders: Folder[] = [];
    const here = { wanted: [] as string[], others: [] as string[] };
    const entries = await readdir(folder, { withFileTypes: true });
    // Links last: of a folder and a link to it, the link is the one that was seen before, whatever order the disk has them in.
    entries.sort((a, b) => Number(a.isSymbolicLink()) - Number(b.isSymbolicLink()) || compare(a.name, b.name));
    for (const entry of entries) {
      if (CLUTTER.test(entry.name)) continue;
      const inside = path.join(folder, entry.name);
      // A link counts as what it leads to; one that leads nowhere is opened later, and then told.
      const kind = entry.isSymbolicLink() ? await stat(inside).catch(() => entry) : entry;
      if (!kind.isDirectory()) here[isWanted(entry.name, wanted) ? "wanted" : "others"].push(entry.name);
      else if (!entry.isSymbolicLink() || !visited.has(await realpath(inside))) {
        visited.add(await realpath(inside));
        folders.push(await visit(inside, entry.name));
      }
    }
    folders.sort((a, b) => compare(a.name, b.name));
    return { name, folders, wanted: here.wanted.sort(compare), others: here.others.sort(compare) };
  };
  try {
    visited.add(await realpath(root.path));
    return await visit(root.path, path.basename(path.resolve(root.path)));
  } catch (error) {
    throw await folderFault(root, error);
  }
}

/** Where the root's folders are parts, not classes: all that hold wanted files have the names of parts, and train has folders, not files. */
function partsOf(tree: Folder): readonly (readonly [Part, Folder])[] | null {
  const named = tree.folders.map((folder) => [PART_NAMES[folder.name.toLowerCase()], folder] as const);
  const parts = named.flatMap(([part, folder]) => (part === undefined ? [] : [[part, folder] as const]));
  const strange = named.some(([part, folder]) => part === undefined && everyWanted(folder).length > 0);
  const train = parts.filter(([part]) => part === "train");
  const holdsClasses = train.some(([, folder]) => folder.wanted.length === 0 && folder.folders.some((each) => everyWanted(each).length > 0));
  return !strange && holdsClasses ? parts : null;
}

function classesOf(tree: Folder, prefix: string, part: Part, { noun }: Wanted) {
  const files = tree.folders.flatMap((folder) =>
    everyWanted(folder, `${prefix}${folder.name}/`).map((place) => ({ place, className: composed(folder.name), part })),
  );
  const strange = tree.folders.flatMap((folder) => everyOther(folder, `${prefix}${folder.name}/`));
  return {
    files,
    folders: tree.folders.map(({ name }) => ({ name: composed(name), place: `${prefix}${name}` })),
    others: [
      ...tree.wanted.map((name) => ({ place: `${prefix}${name}`, reason: "in no class's folder" })),
      ...[...tree.others.map((name) => `${prefix}${name}`), ...strange].map((place) => ({ place, reason: `no ${noun} by its name` })),
    ],
  };
}

function everyWanted(tree: Folder, prefix = ""): string[] {
  return [...tree.wanted.map((name) => `${prefix}${name}`), ...tree.folders.flatMap((folder) => everyWanted(folder, `${prefix}${folder.name}/`))];
}

function everyOther(tree: Folder, prefix: string): string[] {
  return [...tree.others.map((name) => `${prefix}${name}`), ...tree.folders.flatMap((folder) => everyOther(folder, `${prefix}${folder.name}/`))];
}

function everyFile(tree: Folder, prefix: string): string[] {
  return [...everyWanted(tree, prefix), ...everyOther(tree, prefix)];
}

/** macOS takes accents and Hangul apart in names of files, other systems do not: the same word must not be two classes. */
export function composed(name: string): string {
  return name.normalize("NFC");
}

/** By code unit: the same on every machine, whatever its language. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function emptyFault(root: NamedFile, { noun, endings }: Wanted, found: readonly string[]): Fault {
  const [lone] = found;
  const received = lone === undefined ? `no ${noun} in it or its folders` : `${noun}s beside each other (${quote(lone)}), in no class's folder`;
  return new Fault("input", [
    {
      place: root.path,
      expected: `must hold a folder of ${noun}s (${[...endings].join(", ")}) for every class`,
      received,
      remedy: `Put the ${noun}s into ${path.join(root.path, "<class>")}, a folder for each class, or into train, validation and test folders of these.`,
    },
  ]);
}

function oneClassFault(root: NamedFile, { noun }: Wanted, tree: Folder, names: readonly string[], empty: number): Fault {
  const [name = ""] = names;
  const inner = tree.folders.find((folder) => folder.name === name);
  const wrapped = inner !== undefined && inner.wanted.length === 0 && inner.folders.filter((folder) => everyWanted(folder).length > 0).length > 1;
  return new Fault("input", [
    {
      place: root.path,
      expected: "must hold folders of at least two classes",
      received: `${noun}s in ${quote(name)} alone${empty > 0 ? `, ${empty} empty beside it` : ""}`,
      remedy: wrapped ? `Did you mean ${quote(path.join(root.path, name))}?` : `Add a folder of ${noun}s for every other class.`,
    },
  ]);
}

async function folderFault(root: NamedFile, error: unknown): Promise<unknown> {
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  const said: Readonly<Record<string, string>> = { ENOENT: "no such folder", ENOTDIR: "a file", EACCES: "a folder that may not be read" };
  const received = typeof code === "string" ? said[code] : undefined;
  if (received === undefined) return error;
  const absolute = path.resolve(root.path);
  const near = code === "ENOENT" ? nearestName(path.basename(absolute), await readdir(path.dirname(absolute)).catch(() => [])) : undefined;
  const remedy =
    code === "EACCES"
      ? "Give yourself permission to read it."
      : near === undefined
        ? "Correct the path."
        : `Did you mean ${quote(path.join(path.dirname(root.path), near))}?`;
  const nameless = root.path === "";
  return new Fault("input", [
    { place: nameless ? root.field : root.path, expected: `${nameless ? "" : `${root.field} `}must name a folder that can be read`, received, remedy },
  ]);
}
