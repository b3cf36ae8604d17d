/** A file that a command writes: complete or absent, and never replacing an existing one without consent. */
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { Fault } from "../../../shared/kit/fault.ts";
import { requireFree } from "../../storage/requireFree.ts";

export class NewFile {
  /** Absolute path. */
  readonly path: string;
  readonly #temporary: string;
  readonly #handle: FileHandle;

  private constructor(file: string, temporary: string, handle: FileHandle) {
    this.path = file;
    this.#temporary = temporary;
    this.#handle = handle;
  }

  /**
   * @param option that names it, for a fault: `--out`
   * @throws Fault if a file exists and `force` is not given, or the folder is not writable
   */
  static async create(given: string, option: string, force: boolean): Promise<NewFile> {
    const file = path.resolve(given);
    await requireFree(file, option, force);
    const temporary = `${file}.${process.pid}.tmp`;
    try {
      return new NewFile(file, temporary, await open(temporary, "w"));
    } catch (error) {
      throw unwritable(file, option, error);
    }
  }

  async write(text: string): Promise<void> {
    await this.#handle.writeFile(text).catch((error: unknown) => {
      throw unwritable(this.path, "the file", error);
    });
  }

  /** Renames it to its final name. */
  async finish(): Promise<void> {
    try {
      await this.#handle.sync();
      await this.#handle.close();
      await rename(this.#temporary, this.path);
    } catch (error) {
      throw unwritable(this.path, "the file", error);
    }
  }

  /** Deletes the unfinished file. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => {});
    await rm(this.#temporary, { force: true });
  }
}

function unwritable(file: string, option: string, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : null;
  if (code === null) return error;
  const full = code === "ENOSPC" || code === "EDQUOT";
  return new Fault(
    "environment",
    [
      {
        place: option,
        expected: full ? "the disk must have room for the file" : "must name a file that can be written",
        received: `${code} for ${file}`,
        remedy: full ? "Free some space and try again." : code === "ENOENT" ? "Create the folder first, or choose another one." : "Choose another folder.",
      },
    ],
    { cause: error },
  );
}
