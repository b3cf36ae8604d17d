/** A sample that is one file: where it is, and why it cannot be read. */
import { BadFile } from "./badFile.ts";

export interface SampleFile {
  /** Relative to the root. */
  readonly place: string;
  readonly path: string;
}

/** Why a file cannot be read. Errors that are not about this file are rethrown. */
export function reasonOf(error: unknown): string {
  if (error instanceof BadFile) return error.message;
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  switch (code) {
    case "ENOENT":
      return "does not exist: it is a broken link, or was just removed";
    case "ELOOP":
      return "is a link that leads to itself";
    case "EACCES":
    case "EPERM":
      return "may not be read";
    case "EISDIR":
      return "is a folder";
    // Node's error for reading past the end of a buffer.
    case "ERR_OUT_OF_RANGE":
    case "ERR_BUFFER_OUT_OF_BOUNDS":
      return "is cut off inside its header";
    case "ERR_FS_FILE_TOO_LARGE":
      return "is larger than 2 GiB";
    case "EIO":
      return "cannot be read from the disk";
    // Too many open files or too little memory: an error of the machine, which would affect all other files too.
    case "EMFILE":
    case "ENFILE":
    case "ENOMEM":
      throw error;
    default:
      // Other system errors about this file, such as for a socket or an unreachable cloud drive.
      if (typeof code === "string" && /^(?:E[A-Z0-9]+|UNKNOWN)$/.test(code)) return `cannot be read (${code})`;
      throw error;
  }
}
