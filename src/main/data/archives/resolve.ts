/**
 * Paths that lead into archives, as paths on the disk.
 *
 * `data.zip/inner/train.csv` is that file, and also where the archive keeps everything in one folder and `inner` is in it. `data.zip` alone is what is
 * in the archive: the one file where there is one; otherwise its folder, entered as long as it holds nothing but one folder. So an archive of
 * `pets/cat/1.png`, `pets/dog/2.png` is the folder with `cat` and `dog` in it. Archives inside archives stay packed.
 */
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { Fault, nearestName, quote } from "../../../shared/kit/fault.ts";
import { mapPaths, pathsOf, type SourceConfig } from "../../../shared/recipe/sources.ts";
import { LIMITS, type Limits } from "./limits.ts";
import { archiveKind, unpacked } from "./unpacked.ts";

/**
 * The path itself where it leads through no archive, whether it is there or not.
 * @param field where the recipe names it
 * @throws Fault for an archive that cannot be unpacked, and for a path that is not in it
 */
export async function resolveArchive(given: string, field = "data.source.path", limits: Limits = LIMITS): Promise<string> {
  const found = await archiveOf(given, field, limits);
  if (found === null) return given;
  const { archive, inner, folder } = found;
  const root = await contentRoot(folder);
  if (inner === "") return root;
  for (const start of [folder, root]) {
    const file = path.join(start, inner);
    if (await isThere(file)) return file;
  }
  throw await missing(archive, inner, folder, root);
}

export interface InArchive {
  readonly archive: string;
  /** The rest of the path; empty where it is the archive itself. */
  readonly inner: string;
  /** What was unpacked. */
  readonly folder: string;
}

/** The archive that a path leads through, unpacked; null where there is none. */
export async function archiveOf(given: string, field: string, limits: Limits = LIMITS): Promise<InArchive | null> {
  const parts = path.normalize(given).split(path.sep);
  for (let length = 1; length <= parts.length; length++) {
    const archive = parts.slice(0, length).join(path.sep);
    const kind = archiveKind(archive);
    if (kind === null || !(await stat(archive).catch(() => null))?.isFile()) continue;
    return { archive, inner: parts.slice(length).join(path.sep), folder: await unpacked(archive, kind, field, limits) };
  }
  return null;
}

/** The same source, with every path that leads into an archive led to what was unpacked. */
export async function resolveSource<S extends SourceConfig>(source: S): Promise<S> {
  const resolved = new Map<string, string>();
  for (const { field, path: given } of pathsOf(source)) resolved.set(given, await resolveArchive(given, field));
  return mapPaths(source, (given) => resolved.get(given) ?? given);
}

/**
 * What is wrong with something in an archive, told of the path that the person gave and not of where it was unpacked; other errors as they are.
 * @param paths as given, and as resolved
 */
export function inGivenPlaces(error: unknown, paths: readonly (readonly [string, string])[]): unknown {
  const moved = paths.filter(([given, resolved]) => given !== resolved);
  if (!(error instanceof Fault) || moved.length === 0) return error;
  const told = (text: string) => moved.reduce((each, [given, resolved]) => each.replaceAll(resolved, given), text);
  const problems = error.problems.map(({ place, expected, received, remedy }) => ({
    place: told(place),
    expected: told(expected),
    received: told(received),
    remedy: told(remedy),
  }));
  return new Fault(error.kind, problems, { cause: error });
}

async function contentRoot(folder: string): Promise<string> {
  const [only, ...others] = await readdir(folder, { withFileTypes: true });
  if (only === undefined || others.length > 0) return folder;
  const inside = path.join(folder, only.name);
  return only.isDirectory() ? contentRoot(inside) : inside;
}

async function isThere(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null)) !== null;
}

async function missing(archive: string, inner: string, folder: string, root: string): Promise<Fault> {
  const names = await readdir(folder);
  const inRoot = (await readdir(root).catch(() => [])).slice(0, 1000);
  const near = nearestName(path.basename(inner), [...names, ...inRoot]);
  const listed = `${names.slice(0, 5).map(quote).join(", ")}${names.length > 5 ? ` and ${names.length - 5} more` : ""}`;
  return new Fault("input", [
    {
      place: archive,
      expected: `must hold ${quote(inner)}`,
      received: names.length === 0 ? "an empty archive" : `an archive of ${listed}`,
      remedy: near === undefined ? "Correct the path inside the archive." : `Did you mean ${quote(near)}?`,
    },
  ]);
}
