/** What is in a folder and all folders below it, in the same order on every machine. */
import { readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { Fault, nearestName, quote } from "../../../shared/kit/fault.ts";
import type { NamedFile } from "../files.ts";
import { FileBytes } from "./fileBytes.ts";

/** What is looked for. */
export interface Wanted {
  /** "image", "recording". */
  readonly noun: string;
  /** Endings of file names in lower case, with the dot. */
  readonly endings: ReadonlySet<string>;
  /** Whether a file of another ending, or none, is of the kind and can be read, by its first bytes. Absent where the ending alone says it. */
  readonly begins?: (first: Buffer, name: string) => boolean;
  /** Endings of files of the same kind that cannot be read. */
  readonly unread: ReadonlySet<string>;
  /** What to do with those: "Convert them to PNG or JPEG". */
  readonly convert: string;
}

export interface Folder {
  readonly name: string;
  readonly folders: readonly Folder[];
  /** Wanted files here, by name. */
  readonly wanted: readonly string[];
  readonly others: readonly string[];
}

/** What systems and programs leave in folders. */
const CLUTTER =
  /^(?:\..*|thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r|picasa\.ini|__macosx|__pycache__|@eadir|#recycle|\$recycle\.bin|system volume information|lost\+found)$/i;

export function isClutter(name: string): boolean {
  return CLUTTER.test(name);
}

export function isWanted(name: string, { endings }: Wanted): boolean {
  return endings.has(path.extname(name).toLowerCase()) && !isClutter(name);
}

/** Bytes that tell what a file is. */
const FIRST_BYTES = 64;
/** Files that are what their endings say: notes, tables, archives, programs. They are not opened to look whether they are samples. */
const AS_NAMED =
  /\.(?:txt|md|rst|json|jsonl|ya?ml|toml|ini|cfg|xml|html?|csv|tsv|xlsx?|docx?|pptx?|pdf|log|py|ipynb|js|ts|m|r|sh|npy|npz|mat|h5|hdf5|pkl|pt|pth|onnx|parquet|arrow|feather|db|sqlite|zip|tar|gz|bz2|xz|7z|rar|wav|mp3|flac|ogg|mp4|avi|mov|mkv|webm)$/i;

/** As isWanted, by the content too where the ending says nothing of it. */
export async function isWantedFile(folder: string, name: string, wanted: Wanted): Promise<boolean> {
  if (isWanted(name, wanted)) return true;
  if (wanted.begins === undefined || isClutter(name) || AS_NAMED.test(name)) return false;
  try {
    return wanted.begins(await FileBytes.use(path.join(folder, name), (file) => file.at(0, FIRST_BYTES)), name);
  } catch {
    // What it is, is told where it is listed.
    return false;
  }
}

/** Whether a file is of the wanted kind by its name, in a format that cannot be read. */
export function isUnread(name: string, { unread }: Wanted): boolean {
  return unread.has(path.extname(name).toLowerCase()) && !isClutter(name);
}

/** @throws Fault where the root is no folder that can be read */
export async function readFolder(root: NamedFile, wanted: Wanted): Promise<Folder> {
  const visited = new Set<string>();
  const visit = async (folder: string, name: string): Promise<Folder> => {
    const folders: Folder[] = [];
    const here = { wanted: [] as string[], others: [] as string[] };
    const entries = await readdir(folder, { withFileTypes: true });
    // Links last: of a folder and a link to it, the link is the one that was seen before, whatever order the disk has them in.
    entries.sort((a, b) => Number(a.isSymbolicLink()) - Number(b.isSymbolicLink()) || compare(a.name, b.name));
    for (const entry of entries) {
      if (isClutter(entry.name)) continue;
      const inside = path.join(folder, entry.name);
      // A link counts as what it leads to; one that leads nowhere is opened later, and then told.
      const kind = entry.isSymbolicLink() ? await stat(inside).catch(() => entry) : entry;
      if (!kind.isDirectory()) here[(await isWantedFile(folder, entry.name, wanted)) ? "wanted" : "others"].push(entry.name);
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

/**
 * Every wanted file under a folder by code unit of its place, wherever it lies.
 * @throws Fault where the root is no folder
 */
export async function listFiles(root: NamedFile, wanted: Wanted): Promise<readonly string[]> {
  return everyWanted(await readFolder(root, wanted)).sort(compare);
}

/** Places of all wanted files in a folder and below, behind `prefix`. */
export function everyWanted(tree: Folder, prefix = ""): string[] {
  return [...tree.wanted.map((name) => `${prefix}${name}`), ...tree.folders.flatMap((folder) => everyWanted(folder, `${prefix}${folder.name}/`))];
}

/** Places of all other files. */
export function everyOther(tree: Folder, prefix = ""): string[] {
  return [...tree.others.map((name) => `${prefix}${name}`), ...tree.folders.flatMap((folder) => everyOther(folder, `${prefix}${folder.name}/`))];
}

export function holdsWanted({ wanted, folders }: Folder): boolean {
  return wanted.length > 0 || folders.some(holdsWanted);
}

/** macOS takes accents and Hangul apart in names of files, other systems do not: the same word must not be two classes. */
export function composed(name: string): string {
  return name.normalize("NFC");
}

/** By code unit: the same on every machine, whatever its language. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
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
