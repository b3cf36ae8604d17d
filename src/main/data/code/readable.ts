/** What the process of a module may read: its own folder, what it imports from elsewhere, and the paths that the recipe's options name. */
import { readdir, realpath } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Fault } from "../../../shared/kit/fault.ts";

/** Never, whatever names them: the environment and the memory of other processes are files there. */
const SYSTEM_FOLDERS = ["/proc", "/sys", "/dev"];
/** At most this many names are looked at for links. */
const MOST_NAMES = 50_000;

/**
 * @param file the module, without links
 * @param imports by their places beside the module
 * @param withDescent also the runner's own code
 * @returns absolute paths without links, none of which holds or is a folder of the system
 */
export async function readable(
  file: string,
  imports: readonly { readonly path: string }[],
  options: Readonly<Record<string, unknown>>,
  withDescent = true,
): Promise<readonly string[]> {
  const folder = path.dirname(file);
  const elsewhere = imports.map((each) => packageOf(path.resolve(folder, each.path))).filter((each) => !isInside(each, folder));
  const named = await Promise.all(pathsIn(options).map((each) => realpath(each).catch(() => null)));
  const wanted = [isSystem(folder) ? file : folder, ...elsewhere, ...named.filter((each) => each !== null)];
  const found = [...new Set(wanted)].filter((each) => !isSystem(each));
  return [...found.filter((each) => !found.some((other) => other !== each && isInside(each, other))), ...(withDescent ? [import.meta.dirname] : [])];
}

/**
 * Node follows links out of a folder that may be read, so one that leads into the system would open it.
 * @throws Fault where there is one beside the module
 */
export async function requireHarmlessLinks(module: string, folders: readonly string[]): Promise<void> {
  const queue = [...folders];
  let left = MOST_NAMES;
  for (let folder = queue.shift(); folder !== undefined && left > 0; folder = queue.shift()) {
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      left -= 1;
      const at = path.join(folder, entry.name);
      if (entry.isDirectory()) queue.push(at);
      if (!entry.isSymbolicLink()) continue;
      const leads = await realpath(at).catch(() => null);
      if (leads === null || !isSystem(leads)) continue;
      throw new Fault("input", [
        {
          place: module,
          expected: "must not lie beside links into the system",
          received: `${at}, which leads to ${leads}`,
          remedy: "Remove the link.",
        },
      ]);
    }
  }
}

/** A package as a whole: it may read its own files. */
function packageOf(file: string): string {
  const parts = file.split(path.sep);
  const at = parts.lastIndexOf("node_modules");
  if (at < 0) return file;
  const length = parts[at + 1]?.startsWith("@") === true ? 3 : 2;
  return parts.slice(0, at + length).join(path.sep);
}

/** Texts of the options that can be paths; what is none of a file is left out later. */
function pathsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return value.startsWith("file:") ? fromUrl(value) : value === "" || value.includes("\0") ? [] : [path.resolve(value)];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(pathsIn) : [];
}

function fromUrl(text: string): readonly string[] {
  try {
    return [fileURLToPath(text)];
  } catch {
    return [];
  }
}

/** A folder of the system, one inside, or one that holds it. */
function isSystem(folder: string): boolean {
  if (folder === path.parse(folder).root) return true;
  return process.platform !== "win32" && SYSTEM_FOLDERS.some((each) => isInside(folder, each) || isInside(each, folder));
}

function isInside(inner: string, outer: string): boolean {
  const relative = path.relative(outer, inner);
  return relative === "" || (!relative.startsWith(`..${path.sep}`) && relative !== ".." && !path.isAbsolute(relative));
}
