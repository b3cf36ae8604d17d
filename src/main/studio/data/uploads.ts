/**
 * Files that a browser sends, because it does not tell where they lie: kept in the studio's home, one folder an import. A folder that was dropped keeps
 * its name and what is inside it.
 */
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fail, quote } from "../../../shared/kit/fault.ts";
import { storageFault } from "../../history/faults.ts";

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export class Uploads {
  readonly #folder: string;

  constructor(home: string) {
    this.#folder = path.join(home, "uploads");
  }

  /**
   * Keeps one file.
   * @param parts of its path inside what was dropped, the folder's own name first
   * @throws Fault for a path that leads elsewhere, or where the disk does not take it
   */
  async receive(id: string, parts: readonly string[], contents: Readable): Promise<void> {
    const file = path.join(this.#of(id), ...parts.map(requireName));
    const there = await stat(file).catch(() => null);
    if (there !== null) fail("conflict", parts.join("/"), "must be sent once", "a second time", "Drop the folder again.");
    try {
      await mkdir(path.dirname(file), { recursive: true });
      await pipeline(contents, createWriteStream(file, { flags: "wx" }));
    } catch (error) {
      // Half a file is worse than none.
      await rm(file, { force: true });
      throw storageFault(error, file);
    }
  }

  /** Keeps a folder without anything in it. @throws Fault as {@link receive} */
  async receiveFolder(id: string, parts: readonly string[]): Promise<void> {
    const folder = path.join(this.#of(id), ...parts.map(requireName));
    await mkdir(folder, { recursive: true }).catch((error: unknown) => {
      throw storageFault(error, folder);
    });
  }

  /** The one file or folder that was sent; the whole folder where there were several. */
  async finish(id: string): Promise<string> {
    const folder = this.#of(id);
    const names = await readdir(folder).catch(() => []);
    const [only] = names;
    if (only === undefined) return fail("missing", "import", "must have files", "none", "Drop a folder or a file.");
    return names.length === 1 ? path.join(folder, only) : folder;
  }

  /** Folders of imports that are older than some milliseconds. */
  async olderThan(ms: number): Promise<readonly string[]> {
    const ids = await readdir(this.#folder).catch(() => []);
    const found = await Promise.all(ids.map(async (id) => ({ id, at: (await stat(path.join(this.#folder, id)).catch(() => null))?.mtimeMs ?? Date.now() })));
    return found.filter(({ id, at }) => ID.test(id) && Date.now() - at > ms).map(({ id }) => path.join(this.#folder, id));
  }

  #of(id: string): string {
    if (!ID.test(id)) return fail("usage", "import", "must be named by a UUID", quote(id), "Use crypto.randomUUID().");
    return path.join(this.#folder, id);
  }
}

/** One part of a path: no way up, no way out, on any system. */
function requireName(part: string): string {
  const climbs = part === "" || part === "." || part === ".." || /[/\\\0]/.test(part) || /^[a-zA-Z]:/.test(part);
  return climbs ? fail("input", "import", "must hold names of files and folders", quote(part), "Drop the folder again.") : part;
}
