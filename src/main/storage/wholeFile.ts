/** Files that are either whole or not there, and that only their owner may read. */
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { Fault } from "../../shared/kit/fault.ts";

/** Read and written by their owner alone. Windows has no such modes: there the person's own folders are private as they are. */
export const PRIVATE_FILE = 0o600;
export const PRIVATE_FOLDER = 0o700;
/** What a person asked to be written somewhere: as their other files. */
const ORDINARY_FILE = 0o666;

export interface Purpose {
  /** What needs the room, for a full disk: "the checkpoint". */
  readonly what: string;
  /** What to do when there is none. */
  readonly remedy: string;
  /** Whether it is a person's export, and not Descent's own. */
  readonly shared?: boolean;
  /** Whether several processes may write it at a time. */
  readonly contended?: boolean;
}

/**
 * Writes a file under a temporary name, brings it to the disk and gives it its own name: whoever ends the process at any moment leaves
 * the old file or the new one.
 * @param chunks its bytes in order
 * @throws Fault where the disk is full or the folder may not be written
 */
export async function writeWhole(file: string, chunks: readonly Uint8Array[], purpose: Purpose): Promise<void> {
  const temporary = purpose.contended === true ? unfinished(file, "tmp") : `${file}.tmp`;
  try {
    {
      await using handle = await open(temporary, "w", purpose.shared === true ? ORDINARY_FILE : PRIVATE_FILE);
      for (const chunk of chunks) await handle.writeFile(chunk);
      await handle.sync();
    }
    await rename(temporary, file);
    await syncFolder(path.dirname(file));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw diskFault(file, purpose, error);
  }
}

/** A name for what this process is writing: it tells others whether that process still lives. */
export function unfinished(file: string, ending: "tmp" | "part"): string {
  return `${file}.${process.pid}-${randomBytes(4).toString("hex")}.${ending}`;
}

/** Makes a folder, and those above it that are missing, for its owner alone. @throws the operating system's error */
export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: PRIVATE_FOLDER });
}

/** Makes a rename durable; Windows cannot open folders and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  await using handle = await open(folder, "r");
  await handle.sync();
}

/** What the operating system says of a file that cannot be written, as a fault; other errors as they are. */
export function diskFault(file: string, { what, remedy }: Purpose, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const fault = (expected: string, todo: string) => new Fault("environment", [{ place: file, expected, received: code, remedy: todo }], { cause: error });
  if (code === "ENOSPC" || code === "EDQUOT") return fault(`the disk must have room for ${what}`, remedy);
  if (code === "EACCES" || code === "EPERM" || code === "EROFS")
    return fault("the folder must be writable", "Allow writing there, or choose another home with --home.");
  return error;
}
