/**
 * Paths that lead into archives, as paths on the disk.
 *
 * `data.zip/inner/train.csv` is that file. The path works too if the archive keeps everything in one folder that contains `inner`.
 * `data.zip` alone is the file in the archive if there is only one. Otherwise it is its folder; a folder that holds nothing but one folder is entered.
 * So an archive of `pets/cat/1.png` and `pets/dog/2.png` is the folder that contains `cat` and `dog`. Archives inside archives are not unpacked.
 */
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { Fault, nearestName, quote } from "../../../shared/kit/fault.ts";
import { inEach } from "../../../shared/kit/words.ts";
import { mapPaths, pathsOf, type SourceConfig } from "../../../shared/recipe/sources.ts";
import { LIMITS, type Limits } from "./limits.ts";
import { archiveKind, unpacked } from "./unpacked.ts";

/**
 * Returns the path unchanged if it leads through no archive, whether it exists or not.
 * @param field the recipe field that names the path
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
  /** The rest of the path; empty if the path is the archive itself. */
  readonly inner: string;
  /** The folder of the unpacked archive. */
  readonly folder: string;
}

/** Unpacks the archive that a path leads through; null if there is none. */
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

/** The same source with every path into an archive replaced by the path of the unpacked files. */
export async function resolveSource<S extends SourceConfig>(source: S): Promise<S> {
  const resolved = new Map<string, string>();
  for (const { field, path: given } of pathsOf(source)) resolved.set(given, await resolveArchive(given, field));
  return mapPaths(source, (given) => resolved.get(given) ?? given);
}

/**
 * Rewrites errors about unpacked files so that they name the path that the user gave. Other errors are returned unchanged.
 * @param paths as given, and as resolved
 */
export function inGivenPlaces(error: unknown, paths: readonly (readonly [string, string])[]): unknown {
  const moved = paths.filter(([given, resolved]) => given !== resolved);
  if (!(error instanceof Fault) || moved.length === 0) return error;
  const told = (text: string) => moved.reduce((each, [given, resolved]) => each.replaceAll(resolved, given), text);
  const problems = error.problems.map(({ place, expected, received, remedy }) => ({
    place: told(place),
    expected: inEach(expected, told),
    received: inEach(received, told),
    remedy: inEach(remedy, told),
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
