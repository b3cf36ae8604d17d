/** Binary files that are read by position, and the messages for damaged ones. */
import { type FileHandle, open } from "node:fs/promises";
import { Fault } from "../../../shared/kit/fault.ts";
import { accessFault, type NamedFile, statFile } from "../files.ts";

export class BinaryFile {
  readonly file: NamedFile;
  readonly byteLength: number;
  /** Closed when `use` ends. */
  readonly handle: FileHandle;

  private constructor(file: NamedFile, byteLength: number, handle: FileHandle) {
    this.file = file;
    this.byteLength = byteLength;
    this.handle = handle;
  }

  /** Opens a file, passes it to `use` and closes it. */
  static async use<T>(file: NamedFile, use: (opened: BinaryFile) => Promise<T>): Promise<T> {
    const { size } = await statFile(file);
    let handle: FileHandle;
    try {
      handle = await open(file.path);
    } catch (error) {
      throw await accessFault(file, error);
    }
    try {
      return await use(new BinaryFile(file, size, handle));
    } finally {
      await handle.close();
    }
  }

  /** @throws Error if the file ends earlier */
  async slice(start: number, end: number = this.byteLength): Promise<ArrayBuffer> {
    if (!(start >= 0 && end >= start && end <= this.byteLength)) throw new Error(`bytes ${start} to ${end} are not in the file`);
    const bytes = new Uint8Array(end - start);
    for (let filled = 0; filled < bytes.length; ) {
      const { bytesRead } = await this.handle.read(bytes, filled, bytes.length - filled, start + filled);
      if (bytesRead === 0) throw new Error("the file became shorter");
      filled += bytesRead;
    }
    return bytes.buffer;
  }

  async text(start: number, end: number): Promise<string> {
    return Buffer.from(await this.slice(Math.max(0, start), Math.min(end, this.byteLength))).toString("latin1");
  }
}

/** @param format as in "a Parquet file" */
export function damagedFault(file: NamedFile, format: string, detail: string, options?: ErrorOptions): Fault {
  const received = `a file that is cut off or damaged: ${detail}`;
  return new Fault("input", [{ place: file.path, expected: `must be a complete ${format} file`, received, remedy: "Copy or write the file again." }], options);
}

/** Any error while decoding a file's bytes is reported as damage; faults are rethrown. */
export async function orDamaged<T>(file: NamedFile, format: string, what: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Fault) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw damagedFault(file, format, `${what} cannot be read (${message})`, { cause: error });
  }
}

export function columnFault(file: NamedFile, column: string, received: string): Fault {
  return new Fault("input", [
    {
      place: `${file.path}, column ${JSON.stringify(column)}`,
      expected: "must hold numbers, texts, dates or booleans",
      received,
      remedy: "Write the column as one of these, or name it in data.source.ignore.",
    },
  ]);
}
