/** Turns errors of SQLite and the file system into faults that the user can act on. */
import Database from "better-sqlite3";
import { Fault, type FaultKind } from "../../shared/kit/fault.ts";

interface Advice {
  readonly kind: FaultKind;
  readonly expected: string;
  readonly remedy: string;
}

const noRoom: Advice = {
  kind: "environment",
  expected: "the disk must have room for the history",
  remedy: "Free some space and resume the run; everything written before is intact.",
};
const notWritable: Advice = { kind: "environment", expected: "must be writable", remedy: "Allow writing there, or choose another home with --home." };
const damaged: Advice = {
  kind: "environment",
  expected: "must be a complete SQLite database",
  remedy: "Restore a copy of this file, or move it and its -wal and -shm files away to start an empty history; the checkpoints in runs/ are kept.",
};
const notFolder: Advice = { kind: "environment", expected: "must be a folder", remedy: "Choose another home with --home." };

/** By result code; extended codes (`SQLITE_IOERR_WRITE`) match by prefix. */
const sqliteAdvice: readonly (readonly [string, Advice])[] = [
  ["SQLITE_FULL", noRoom],
  ["SQLITE_IOERR_SHMSIZE", noRoom],
  ["SQLITE_READONLY", notWritable],
  ["SQLITE_PERM", notWritable],
  [
    "SQLITE_CANTOPEN",
    {
      kind: "environment",
      expected: "must be a file that can be opened and written",
      remedy: "Check the folder and its permissions, or choose another home with --home.",
    },
  ],
  ["SQLITE_CORRUPT", damaged],
  ["SQLITE_NOTADB", damaged],
  // All statements are Descent's own, so a statement that fails means that the tables are not.
  ["SQLITE_ERROR", damaged],
  ["SQLITE_MISMATCH", damaged],
  [
    "SQLITE_IOERR",
    {
      kind: "environment",
      expected: "the disk must read and write this file",
      remedy: "Check the disk, then resume; the history is intact up to its last commit.",
    },
  ],
  ["SQLITE_BUSY", { kind: "conflict", expected: "must not be locked", remedy: "Another process keeps the history locked; close it and try again." }],
];

const systemAdvice: Readonly<Record<string, Advice>> = {
  ENOSPC: noRoom,
  EDQUOT: noRoom,
  EACCES: notWritable,
  EPERM: notWritable,
  EROFS: notWritable,
  ENOTDIR: notFolder,
  EEXIST: notFolder,
  ENOENT: { kind: "environment", expected: "must be a folder that exists or can be created", remedy: "Choose another home with --home." },
};

/** The fault for an error about `place`; other errors are returned unchanged. */
export function storageFault(error: unknown, place: string): unknown {
  if (error instanceof Fault || !(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return error;
  const { code } = error;
  const advice = error instanceof Database.SqliteError ? sqliteAdvice.find(([prefix]) => code.startsWith(prefix))?.[1] : systemAdvice[code];
  if (advice === undefined) return error;
  return new Fault(advice.kind, [{ place, expected: advice.expected, received: `${code}: ${error.message}`, remedy: advice.remedy }], { cause: error });
}
