/**
 * Keeps the home private to its owner (folders 0700, files 0600, whatever the umask), because it contains data, weights and permissions to run code. The
 * home of an older version is corrected when it is opened. On Windows the user's folders are private by default.
 */
import { chmodSync, closeSync, existsSync, lstatSync, openSync, readdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { PRIVATE_FILE, PRIVATE_FOLDER } from "./storage/wholeFile.ts";

/** Files and folders that Descent creates in a home. */
const OWN = /^(?:history\.sqlite(?:-wal|-shm|-journal)?|studio\.lock|window\.json|runs|hosts|cache|uploads|permissions|browser)$/;
const OTHERS = 0o077;
const STICKY = 0o1000;

/**
 * Removes other users' access to a home and everything that Descent keeps in it.
 * @returns one sentence about what could not be changed; null if all is private
 */
export function makeHomePrivate(home: string): string | null {
  if (process.platform === "win32") return null;
  const names = readdirSync(home);
  const { mode } = lstatSync(home);
  const failed: string[] = [];
  // A folder that also holds other things, such as a project or /tmp, keeps its mode; only Descent's own files and folders become private.
  const isShared = (mode & STICKY) !== 0 || home === os.homedir() || names.some((name) => !OWN.test(name));
  if (!isShared && (mode & OTHERS) !== 0) tighten(home, PRIVATE_FOLDER, failed);
  for (const name of names.filter((each) => OWN.test(each))) {
    const file = path.join(home, name);
    // Inside a private folder there is nothing to do.
    if (((lstatSync(file, { throwIfNoEntry: false })?.mode ?? 0) & OTHERS) !== 0) tightenTree(file, failed);
  }
  return failed.length === 0 ? null : `${failed[0]} belongs to another account, or its mode cannot be changed: others may be able to read it.`;
}

/** Creates a file that SQLite is about to open, so that it and SQLite's additional files get private modes. */
export function makePrivateDatabase(file: string): void {
  // An existing file is not opened: closing it would release the locks that SQLite holds on it in this process.
  if (process.platform === "win32" || existsSync(file)) return;
  try {
    closeSync(openSync(file, "wx", PRIVATE_FILE));
  } catch (error) {
    if (!existsSync(file)) throw error;
  }
}

function tightenTree(file: string, failed: string[]): void {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (stats === undefined || stats.isSymbolicLink()) return;
  if (!stats.isDirectory()) {
    if ((stats.mode & OTHERS) !== 0) tighten(file, PRIVATE_FILE, failed);
    return;
  }
  for (const name of readdirSync(file)) tightenTree(path.join(file, name), failed);
  if ((stats.mode & OTHERS) !== 0) tighten(file, PRIVATE_FOLDER, failed);
}

function tighten(file: string, mode: number, failed: string[]): void {
  try {
    chmodSync(file, mode);
  } catch {
    failed.push(file);
  }
}
