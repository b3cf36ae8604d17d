/** One sample a file: where it is, and why it cannot be read. */
import { BadFile } from "./badFile.ts";

export interface SampleFile {
  /** Relative to the root. */
  readonly place: string;
  readonly path: string;
}

/** Why a file cannot be read; what is no error of the file goes on as it is. */
export function reasonOf(error: unknown): string {
  if (error instanceof BadFile) return error.message;
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  switch (code) {
    case "ENOENT":
      return "is not there: a link that leads nowhere, or removed a moment ago";
    case "ELOOP":
      return "is a link that leads to itself";
    case "EACCES":
    case "EPERM":
      return "may not be read";
    case "EISDIR":
      return "is a folder";
    // What Node says of reading behind the end of bytes.
    case "ERR_OUT_OF_RANGE":
    case "ERR_BUFFER_OUT_OF_BOUNDS":
      return "is cut off inside its header";
    case "ERR_FS_FILE_TOO_LARGE":
      return "is larger than 2 GiB";
    case "EIO":
      return "cannot be read from the disk";
    // Too many open files, too little memory: the machine's trouble, in which every other file would be left out as well.
    case "EMFILE":
    case "ENFILE":
    case "ENOMEM":
      throw error;
    default:
      // Anything else that the system says of opening or reading this one: a socket, a place in a cloud that does not answer.
      if (typeof code === "string" && /^(?:E[A-Z0-9]+|UNKNOWN)$/.test(code)) return `cannot be read (${code})`;
      throw error;
  }
}
