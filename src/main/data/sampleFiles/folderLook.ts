/** What a folder looks like: what its name says, and whether it holds class folders or files. */
import type { FolderRole } from "../../../shared/recipe/formats/folderFields.ts";
import { composed, everyWanted, type Folder, holdsWanted } from "./folderTree.ts";
import { isBesideName, isContainerName, type PartName, partOfName, wordsOf } from "./partNames.ts";

export type FolderRoles = Readonly<Record<string, FolderRole>>;

export interface Look {
  /** Name of the folder itself, which may contain others. */
  readonly name: string;
  readonly folder: Folder;
  /** The folder with the classes or files: this folder, or the only folder in it. */
  readonly inner: Folder;
  /** Path of `inner`, with a trailing slash. */
  readonly place: string;
  /** The role set by the user. */
  readonly role: FolderRole | undefined;
  /** The part that the name says. */
  readonly part: PartName | null;
  /** Names of the folders with wanted files, Unicode-composed; empty if there are only files. */
  readonly classes: readonly string[];
  /** Whether it holds class folders instead of files. */
  readonly nested: boolean;
}

/** Describes folders that contain wanted files, except those that the user leaves out. */
export function looksOf(folders: readonly Folder[], roles: FolderRoles): readonly Look[] {
  const filled = folders.filter(holdsWanted);
  // Known class names: the names of folders that are in a folder with several.
  const insides = filled.map((folder) => folder.folders.filter(holdsWanted));
  const known = new Set(insides.flatMap((inside) => (inside.length > 1 ? inside.map(({ name }) => composed(name)) : [])));
  return filled
    .filter((folder) => roleOf(folder.name, roles) !== "leaveOut")
    .map((folder) => {
      const { inner, place } = unwrapped(folder, known);
      const inside = inner.folders.filter(holdsWanted);
      return {
        name: folder.name,
        folder,
        inner,
        place,
        role: roleOf(folder.name, roles),
        part: partOfName(folder.name),
        classes: inside.map(({ name }) => composed(name)),
        nested: inside.length > 0 && (inner.wanted.length === 0 || (inside.length > 1 && 2 * inner.wanted.length < everyWanted(inner).length)),
      };
    });
}

export function roleOf(name: string, roles: FolderRoles): FolderRole | undefined {
  const key = Object.keys(roles).find((each) => composed(each) === composed(name));
  return key === undefined ? undefined : roles[key];
}

/** Whether two folders have mostly the same classes. */
export function agree(a: Pick<Look, "classes">, b: Pick<Look, "classes">): boolean {
  const own = new Set(a.classes.map((name) => name.toLowerCase()));
  const shared = b.classes.filter((name) => own.has(name.toLowerCase())).length;
  return shared > 0 && 2 * shared >= Math.min(a.classes.length, b.classes.length);
}

/** Descends through folders that hold only one folder with an uninformative name: x_train/x_train, test/images, test/unknown. */
function unwrapped(folder: Folder, known: ReadonlySet<string>): Pick<Look, "inner" | "place"> {
  let inner = folder;
  let place = `${folder.name}/`;
  for (;;) {
    const [only, ...more] = inner.folders.filter(holdsWanted);
    if (only === undefined || more.length > 0 || inner.wanted.length > 0 || known.has(composed(only.name))) return { inner, place };
    const repeated = wordsOf(only.name).join(" ") === wordsOf(folder.name).join(" ");
    const around = only.wanted.length === 0 && only.folders.filter(holdsWanted).length > 1;
    if (!repeated && !around && !isContainerName(only.name) && !isBesideName(only.name) && partOfName(only.name)?.sure !== true) return { inner, place };
    inner = only;
    place = `${place}${only.name}/`;
  }
}

/** A folder with wanted files that are not used. */
export interface LeftFolder {
  readonly place: string;
  readonly name: string;
  /** Number of wanted files in it. */
  readonly count: number;
  /** `unknown`: neither its name nor the user says what it is; `unlabelled`: a part whose files have no class. */
  readonly why: "unknown" | "unlabelled";
}
