/**
 * Receives files from a browser, which does not tell their paths, and keeps them in the studio's home, one folder per import. A dropped folder keeps its
 * name and structure. A file is received under a temporary name and renamed when it is complete.
 */
import { randomUUID } from "node:crypto";
import { existsSync, lstatSync, renameSync } from "node:fs";
import { mkdir, open, readdir, rm, stat, statfs } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { Fault, fail, quote } from "../../../shared/kit/fault.ts";
import { storageFault } from "../../history/faults.ts";

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** In the same folder as the imports; no import can have this name. */
const INCOMING = "incoming";
/** Limits of Linux and macOS for a name and for a path; Windows has others and enforces them itself. */
const MAX_NAME_BYTES = 255;
const MAX_PATH_BYTES = 4095;

export class Uploads {
  readonly #folder: string;

  constructor(home: string) {
    this.#folder = path.join(home, "uploads");
  }

  /**
   * Stores one file. If two are sent to the same path, the first to be complete is kept and the other refused.
   * @param parts the path inside the dropped folder, starting with that folder's name
   * @param bytes size of the file, if the sender states it
   * @throws Fault for a path that leads elsewhere or exists, or if the disk is full; `contents` may then be unread
   */
  async receive(id: string, parts: readonly string[], contents: Readable, bytes: number | null = null): Promise<void> {
    const file = this.#place(id, parts);
    refuseTaken(file, parts);
    const incoming = path.join(this.#folder, INCOMING, randomUUID());
    try {
      await mkdir(path.dirname(incoming), { recursive: true, mode: 0o700 });
      if (bytes !== null) await requireRoom(this.#folder, bytes, parts);
      await write(incoming, contents);
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      // Only this process uses the home, and nothing runs between these two calls.
      refuseTaken(file, parts);
      renameSync(incoming, file);
    } catch (error) {
      await rm(incoming, { force: true });
      throw uploadFault(error, parts);
    }
  }

  /** Stores an empty folder. @throws Fault as {@link receive} */
  async receiveFolder(id: string, parts: readonly string[]): Promise<void> {
    const folder = this.#place(id, parts);
    await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
      throw uploadFault(error, parts);
    });
  }

  /** The file or folder that was sent; if there were several, the folder that contains them. */
  async finish(id: string): Promise<string> {
    const folder = this.#of(id);
    const names = await readdir(folder).catch(() => []);
    const [only] = names;
    if (only === undefined) return fail("missing", "import", "must have files", "none", "Drop a folder or a file.");
    return names.length === 1 ? path.join(folder, only) : folder;
  }

  /** Folders of imports and incomplete files that are older than some milliseconds. */
  async olderThan(ms: number): Promise<readonly string[]> {
    const names = [
      ...(await readdir(this.#folder).catch(() => [])).filter((name) => ID.test(name)),
      ...(await readdir(path.join(this.#folder, INCOMING)).catch(() => [])).map((name) => path.join(INCOMING, name)),
    ];
    const found = await Promise.all(names.map(async (name) => ({ name, at: (await stat(path.join(this.#folder, name)).catch(() => null))?.mtimeMs })));
    return found.filter(({ at }) => at !== undefined && Date.now() - at > ms).map(({ name }) => path.join(this.#folder, name));
  }

  #place(id: string, parts: readonly string[]): string {
    const place = path.join(this.#of(id), ...parts.map((part) => requireName(part, parts)));
    const bytes = Buffer.byteLength(place);
    if (bytes > MAX_PATH_BYTES && process.platform !== "win32") throw tooLong(parts, `a path of ${bytes} bytes in the studio's home`);
    return place;
  }

  #of(id: string): string {
    if (!ID.test(id)) return fail("usage", "import", "must be named by a UUID", quote(id), "Use crypto.randomUUID().");
    return path.join(this.#folder, id);
  }
}

/** Checks one part of a path: it must not lead elsewhere on any system, nor be longer than file systems allow. */
function requireName(part: string, parts: readonly string[]): string {
  const climbs = part === "" || part === "." || part === ".." || /[/\\\0]/.test(part) || /^[a-zA-Z]:/.test(part);
  if (climbs || (process.platform === "win32" && /[<>:"|?*]/.test(part)))
    return fail("input", "import", "must hold names of files and folders", quote(part), "Drop the folder again.");
  const bytes = Buffer.byteLength(part);
  if (bytes > MAX_NAME_BYTES && process.platform !== "win32") throw tooLong(parts, `a name of ${bytes} bytes`);
  return part;
}

function refuseTaken(file: string, parts: readonly string[]): void {
  if (!existsSync(file)) return;
  const what = lstatSync(file).isDirectory() ? "an existing folder of this name" : "a second file of this name";
  fail("conflict", placeOf(parts), "must be sent once", what, "Drop the folder again.");
}

/** @throws Fault before anything is read, if there is no space for the file */
async function requireRoom(folder: string, bytes: number, parts: readonly string[]): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (bytes > free) throw noRoom(parts, `${bytes} bytes, and ${free} are free`);
}

/** If writing fails, the stream stays readable, so that the sender can be answered. */
async function write(file: string, contents: Readable): Promise<void> {
  const handle = await open(file, "wx", 0o600);
  try {
    for await (const chunk of contents.iterator({ destroyOnReturn: false })) await handle.writeFile(chunk);
  } finally {
    await handle.close();
  }
}

function uploadFault(error: unknown, parts: readonly string[]): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOSPC" || code === "EDQUOT") return noRoom(parts, String(code));
  if (code === "ENAMETOOLONG") return tooLong(parts, "a name that the file system of the studio's home does not allow");
  if (code === "ENOTDIR" || code === "EEXIST" || code === "EISDIR") {
    const problem = { place: placeOf(parts), expected: "must lie in a folder", received: "a file of the folder's name", remedy: "Drop the folder again." };
    return new Fault("conflict", [problem], { cause: error });
  }
  return storageFault(error, placeOf(parts));
}

function noRoom(parts: readonly string[], received: string): Fault {
  const remedy = "Free some space on the disk of the studio's home, and drop it again; or use the command line with the path, which copies nothing.";
  return new Fault("environment", [{ place: placeOf(parts), expected: "must fit on the disk", received, remedy }]);
}

function tooLong(parts: readonly string[], received: string): Fault {
  const expected = `must have names of at most ${MAX_NAME_BYTES} bytes, and at most ${MAX_PATH_BYTES} as a path`;
  return new Fault("input", [{ place: placeOf(parts), expected, received, remedy: "Shorten the name, and drop it again." }]);
}

/** The path inside the dropped folder, shortened in the middle for use in a sentence. */
function placeOf(parts: readonly string[]): string {
  const text = parts.join("/");
  return text.length > 120 ? `${text.slice(0, 60)}…${text.slice(-50)}` : text;
}
