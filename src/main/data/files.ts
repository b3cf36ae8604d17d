/** Files that a recipe names. Missing ones are reported in the same words by every reader. */
import type { Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { Fault, nearestName, quote } from "../../shared/kit/fault.ts";

export interface NamedFile {
  /** As the user gave it; used as the place of problems. */
  readonly path: string;
  /** The recipe field that names it: `data.source.path`. */
  readonly field: string;
}

/** The stats of a regular file. */
export async function statFile(file: NamedFile): Promise<Stats> {
  let stats: Stats;
  try {
    stats = await stat(file.path);
  } catch (error) {
    throw await accessFault(file, error);
  }
  if (stats.isFile()) return stats;
  throw fileFault(file, stats.isDirectory() ? "a folder" : "something that is not a plain file", "Name a file inside it, or correct the path.");
}

/** Explains an operating system error about this file to the user; other errors are returned unchanged. */
export async function accessFault(file: NamedFile, error: unknown): Promise<Error> {
  if (!(error instanceof Error) || !("code" in error)) return error instanceof Error ? error : new Error(String(error));
  switch (error.code) {
    case "ENOENT":
    case "ENOTDIR":
      return fileFault(file, "no such file", await findRemedy(file.path));
    case "EISDIR":
      return fileFault(file, "a folder", "Name a file inside it, or correct the path.");
    case "EACCES":
    case "EPERM":
      return fileFault(file, "a file that may not be read", "Give yourself permission to read it.");
    case "EIO":
    case "EMFILE":
    case "ENFILE":
      return new Fault("environment", [{ place: file.path, expected: "must be readable", received: error.message, remedy: "Check the disk and try again." }], {
        cause: error,
      });
    default:
      return error;
  }
}

function fileFault(file: NamedFile, received: string, remedy: string): Fault {
  const nameless = file.path === "";
  const expected = `${nameless ? "" : `${file.field} `}must name a file that can be read`;
  return new Fault("input", [{ place: nameless ? file.field : file.path, expected, received, remedy }]);
}

async function findRemedy(given: string): Promise<string> {
  const absolute = path.resolve(given);
  const folder = path.dirname(absolute);
  const names = await readdir(folder).catch(() => []);
  const near = nearestName(path.basename(absolute), names);
  if (near !== undefined && given !== "") return `Did you mean ${quote(path.join(path.dirname(given), near))}?`;
  return path.isAbsolute(given) ? "Correct the path." : `Correct the path; relative ones start at ${process.cwd()}.`;
}
