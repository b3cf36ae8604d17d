/** Reads a few bytes of an open file by position, for headers. */
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { BadFile } from "./badFile.ts";

/** Large enough for the header of nearly every file, so that one read suffices. */
const FIRST_BYTES = 4096;
/** Without O_NONBLOCK, opening a named pipe would wait for a writer. Windows has no such flag, and no pipes in folders. */
const READ_AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

export class FileBytes {
  readonly size: number;
  readonly modified: number;
  readonly #file: FileHandle | null;
  readonly #first: Buffer;

  private constructor(file: FileHandle | null, size: number, modified: number, first: Buffer) {
    this.#file = file;
    this.size = size;
    this.modified = modified;
    this.#first = first;
  }

  /**
   * Opens a file, passes it to `use` and closes it.
   * @throws BadFile for pipes, devices and the like
   */
  static async use<T>(path: string, use: (bytes: FileBytes) => Promise<T>): Promise<T> {
    const file = await open(path, READ_AT_ONCE);
    try {
      const stats = await file.stat();
      if (!stats.isFile()) throw new BadFile(stats.isDirectory() ? "is a folder" : "is not a regular file");
      const { size, mtimeMs } = stats;
      return await use(new FileBytes(file, size, mtimeMs, await readAt(file, 0, Math.min(size, FIRST_BYTES))));
    } finally {
      await file.close();
    }
  }

  /** Wraps bytes in memory. */
  static of(bytes: Buffer): FileBytes {
    return new FileBytes(null, bytes.length, 0, bytes);
  }

  /** The bytes from `offset`; fewer than `length` at the end of the file. */
  async at(offset: number, length: number): Promise<Buffer> {
    const end = Math.min(this.size, offset + length);
    if (offset >= end) return Buffer.alloc(0);
    return this.#file === null || end <= this.#first.length ? this.#first.subarray(offset, end) : readAt(this.#file, offset, end - offset);
  }
}

async function readAt(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, length - done, offset + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}
