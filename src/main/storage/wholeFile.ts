/** Writes files that are either complete or absent, readable only by their owner. */
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { Fault } from "../../shared/kit/fault.ts";
import type { Text } from "../../shared/kit/words.ts";

/** Only the owner can read and write. Windows has no such modes; the user's folders are private there. */
export const PRIVATE_FILE = 0o600;
export const PRIVATE_FOLDER = 0o700;
/** For files that the user asked for, such as exports: default permissions. */
const ORDINARY_FILE = 0o666;

export interface Purpose {
  /** What needs the space, in the message for a full disk: "the checkpoint". */
  readonly what: string;
  /** What to do if there is no space. */
  readonly remedy: Text;
  /** Whether it is an export for the user instead of Descent's own file. */
  readonly shared?: boolean;
  /** Whether several processes may write it at the same time. */
  readonly contended?: boolean;
}

/**
 * Writes a file under a temporary name, flushes it to disk and renames it. If the process is killed at any moment, either the old or the new file
 * exists.
 * @param chunks the file's bytes in order
 * @throws Fault if the disk is full or the folder not writable
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

/** A temporary name for a file that this process is writing; it tells other processes whether this process is still running. */
export function unfinished(file: string, ending: "tmp" | "part"): string {
  return `${file}.${process.pid}-${randomBytes(4).toString("hex")}.${ending}`;
}

/** Creates a folder and its missing parents for the owner only. @throws the operating system's error */
export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: PRIVATE_FOLDER });
}

/** Makes a rename durable. Windows cannot open folders and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  await using handle = await open(folder, "r");
  await handle.sync();
}

/** Turns the operating system's error about an unwritable file into a fault; other errors are returned unchanged. */
export function diskFault(file: string, { what, remedy }: Purpose, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const fault = (expected: string, todo: Text) => new Fault("environment", [{ place: file, expected, received: code, remedy: todo }], { cause: error });
  if (code === "ENOSPC" || code === "EDQUOT") return fault(`the disk must have room for ${what}`, remedy);
  if (code === "EACCES" || code === "EPERM" || code === "EROFS")
    return fault("the folder must be writable", "Allow writing there, or choose another home with --home.");
  return error;
}
