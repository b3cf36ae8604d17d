/** What the process of a module may read: its own folder, its imports from elsewhere, and the paths in the recipe's options. */
import { readdir, realpath } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Fault } from "../../../shared/kit/fault.ts";

/** Never readable: they expose the environment and memory of other processes as files. */
const SYSTEM_FOLDERS = ["/proc", "/sys", "/dev"];
/** At most this many names are checked for links. */
const MOST_NAMES = 50_000;

/**
 * @param file the module, with links resolved
 * @param imports relative to the module
 * @param withDescent also allow reading the runner's own code
 * @returns absolute paths with links resolved; none is, contains or is inside a system folder
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
 * Node follows links out of a readable folder, so a link into a system folder would expose it.
 * @throws Fault if there is one next to the module
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
          expected: "must not be in a folder with links into the system",
          received: `${at}, which leads to ${leads}`,
          remedy: "Remove the link.",
        },
      ]);
    }
  }
}

/** The folder of a whole package: it may read its own files. */
function packageOf(file: string): string {
  const parts = file.split(path.sep);
  const at = parts.lastIndexOf("node_modules");
  if (at < 0) return file;
  const length = parts[at + 1]?.startsWith("@") === true ? 3 : 2;
  return parts.slice(0, at + length).join(path.sep);
}

/** Texts in the options that could be paths. Paths that do not exist are dropped later. */
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

/** Whether a folder is, is inside, or contains a system folder. */
function isSystem(folder: string): boolean {
  if (folder === path.parse(folder).root) return true;
  return process.platform !== "win32" && SYSTEM_FOLDERS.some((each) => isInside(folder, each) || isInside(each, folder));
}

function isInside(inner: string, outer: string): boolean {
  const relative = path.relative(outer, inner);
  return relative === "" || (!relative.startsWith(`..${path.sep}`) && relative !== ".." && !path.isAbsolute(relative));
}
