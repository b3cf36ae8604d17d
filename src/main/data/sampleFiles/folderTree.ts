/** Lists a folder and all folders below it, in the same order on every machine. */
import { readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { Fault, nearestName, quote } from "../../../shared/kit/fault.ts";
import type { NamedFile } from "../files.ts";
import { FileBytes } from "./fileBytes.ts";

/** The kind of files to look for. */
export interface Wanted {
  /** "image", "recording". */
  readonly noun: string;
  /** File extensions in lower case, with the dot. */
  readonly endings: ReadonlySet<string>;
  /** Whether a file with another extension, or none, is a readable file of this kind, judged by its first bytes. Absent if the extension decides. */
  readonly begins?: (first: Buffer, name: string) => boolean;
  /** Extensions of unsupported formats of the same kind. */
  readonly unread: ReadonlySet<string>;
  /** What to do about unsupported formats: "Convert them to PNG or JPEG". */
  readonly convert: string;
}

export interface Folder {
  readonly name: string;
  readonly folders: readonly Folder[];
  /** Names of wanted files in this folder. */
  readonly wanted: readonly string[];
  readonly others: readonly string[];
}

/** Files and folders that systems and programs leave behind. */
const CLUTTER =
  /^(?:\..*|thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r|picasa\.ini|__macosx|__pycache__|@eadir|#recycle|\$recycle\.bin|system volume information|lost\+found)$/i;

export function isClutter(name: string): boolean {
  return CLUTTER.test(name);
}

export function isWanted(name: string, { endings }: Wanted): boolean {
  return endings.has(path.extname(name).toLowerCase()) && !isClutter(name);
}

/** Number of bytes read to recognize a file. */
const FIRST_BYTES = 64;
/** Extensions that are trusted (notes, tables, archives, programs): such files are not opened. */
const AS_NAMED =
  /\.(?:txt|md|rst|json|jsonl|ya?ml|toml|ini|cfg|xml|html?|csv|tsv|xlsx?|docx?|pptx?|pdf|log|py|ipynb|js|ts|m|r|sh|npy|npz|mat|h5|hdf5|pkl|pt|pth|onnx|parquet|arrow|feather|db|sqlite|zip|tar|gz|bz2|xz|7z|rar|wav|mp3|flac|ogg|mp4|avi|mov|mkv|webm)$/i;

/** Like isWanted, but also examines the content if the extension is not informative. */
export async function isWantedFile(folder: string, name: string, wanted: Wanted): Promise<boolean> {
  if (isWanted(name, wanted)) return true;
  if (wanted.begins === undefined || isClutter(name) || AS_NAMED.test(name)) return false;
  try {
    return wanted.begins(await FileBytes.use(path.join(folder, name), (file) => file.at(0, FIRST_BYTES)), name);
  } catch {
    // Reading the file reports the error.
    return false;
  }
}

/** Whether a file's name says that it is of the wanted kind in an unsupported format. */
export function isUnread(name: string, { unread }: Wanted): boolean {
  return unread.has(path.extname(name).toLowerCase()) && !isClutter(name);
}

/** @throws Fault if the root is not a readable folder */
export async function readFolder(root: NamedFile, wanted: Wanted): Promise<Folder> {
  const visited = new Set<string>();
  const visit = async (folder: string, name: string): Promise<Folder> => {
    const folders: Folder[] = [];
    const here = { wanted: [] as string[], others: [] as string[] };
    const entries = await readdir(folder, { withFileTypes: true });
    // Links are visited last, so that of a folder and a link to it the folder is kept, whatever order the disk returns.
    entries.sort((a, b) => Number(a.isSymbolicLink()) - Number(b.isSymbolicLink()) || compare(a.name, b.name));
    for (const entry of entries) {
      if (isClutter(entry.name)) continue;
      const inside = path.join(folder, entry.name);
      // A link counts as its target. A broken link is reported later, when it is opened.
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
 * All wanted files below a folder, sorted by code unit of their paths.
 * @throws Fault if the root is not a folder
 */
export async function listFiles(root: NamedFile, wanted: Wanted): Promise<readonly string[]> {
  return everyWanted(await readFolder(root, wanted)).sort(compare);
}

/** Paths of all wanted files in a folder and below, prefixed with `prefix`. */
export function everyWanted(tree: Folder, prefix = ""): string[] {
  return [...tree.wanted.map((name) => `${prefix}${name}`), ...tree.folders.flatMap((folder) => everyWanted(folder, `${prefix}${folder.name}/`))];
}

/** Paths of all other files. */
export function everyOther(tree: Folder, prefix = ""): string[] {
  return [...tree.others.map((name) => `${prefix}${name}`), ...tree.folders.flatMap((folder) => everyOther(folder, `${prefix}${folder.name}/`))];
}

export function holdsWanted({ wanted, folders }: Folder): boolean {
  return wanted.length > 0 || folders.some(holdsWanted);
}

/** macOS decomposes accents and Hangul in file names, other systems do not; without this the same word could be two classes. */
export function composed(name: string): string {
  return name.normalize("NFC");
}

/** By code unit, which does not depend on the machine's language. */
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
