/**
 * A file of rows of equal size, read by row number. Small files are held in memory, large ones are read on demand. Each row's checksum is verified
 * when it is read from disk; a damaged row is made again and written back.
 */
import { type FileHandle, open, rm } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { at, Fault } from "../../../shared/kit/fault.ts";
import { notice } from "../notice.ts";
import { forEachParallel } from "./parallel.ts";

/** Files up to this size are held in memory. */
const RESIDENT_BYTES = 64 * 1024 * 1024;
/** Largest single read: systems allow at most 2 GiB. */
const MAX_READ = 1024 ** 3;
/** Number of concurrent reads. */
const READS = 16;

export interface RowFileParts {
  readonly path: string;
  readonly rowBytes: number;
  /** CRC-32 of every row. */
  readonly checksums: Uint32Array;
  /** Makes the bytes of a row again. */
  readonly make: (row: number) => Promise<Uint8Array>;
  /** Rows without content, with the reason. */
  readonly empty: ReadonlyMap<number, string>;
}

export class RowFile {
  readonly #parts: RowFileParts;
  readonly #file: FileHandle | null;
  readonly #held: Uint8Array | null;

  private constructor(parts: RowFileParts, file: FileHandle | null, held: Uint8Array | null) {
    this.#parts = parts;
    this.#file = file;
    this.#held = held;
  }

  /** @param heldBytes files up to this size are held in memory */
  static async open(parts: RowFileParts, heldBytes = RESIDENT_BYTES): Promise<RowFile> {
    const file = await open(parts.path, "r");
    const bytes = parts.rowBytes * parts.checksums.length;
    if (bytes > heldBytes) return new RowFile(parts, file, null);
    try {
      const held = new Uint8Array(bytes);
      await readWhole(file, held, 0, parts.path);
      const whole = new RowFile(parts, null, held);
      await whole.#mend(held, 0);
      return whole;
    } finally {
      await file.close();
    }
  }

  get resident(): boolean {
    return this.#held !== null;
  }

  /**
   * Returns rows packed in the given order. Consecutive numbers are read at once.
   * @throws Fault if a row is damaged and its original file has changed
   */
  async read(rows: Uint32Array): Promise<Uint8Array<ArrayBuffer>> {
    const width = this.#parts.rowBytes;
    const packed = new Uint8Array(rows.length * width);
    const runs: { readonly row: number; readonly start: number; readonly length: number }[] = [];
    for (let start = 0, end = 1; start < rows.length; start = end++) {
      const row = at(rows, start);
      while (end < rows.length && rows[end] === row + end - start) end++;
      runs.push({ row, start, length: end - start });
    }
    await forEachParallel(runs, this.#held === null ? READS : 1, async ({ row, start, length }) => {
      const into = packed.subarray(start * width, (start + length) * width);
      if (this.#held !== null) into.set(this.#held.subarray(row * width, (row + length) * width));
      else if (this.#file !== null) {
        await readWhole(this.#file, into, row * width, this.#parts.path);
        await this.#mend(into, row);
      }
    });
    return packed;
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }

  /** Replaces damaged rows among consecutive rows read from disk. */
  async #mend(bytes: Uint8Array, first: number): Promise<void> {
    const { path, rowBytes, checksums, make, empty } = this.#parts;
    const damaged: number[] = [];
    for (let i = 0; i * rowBytes < bytes.length; i++)
      if (crc32(bytes.subarray(i * rowBytes, (i + 1) * rowBytes)) !== at(checksums, first + i) && !empty.has(first + i)) damaged.push(first + i);
    if (damaged.length === 0) return;
    for (const row of damaged) {
      const made = await make(row).catch(() => null);
      if (made === null || made.length !== rowBytes || crc32(made) !== at(checksums, row)) throw await changed(path, row);
      bytes.set(made, (row - first) * rowBytes);
      await writeBack(path, made, row * rowBytes);
    }
    notice(
      `${damaged.length === 1 ? `Row ${damaged[0]} of the cache ${path} was` : `${damaged.length} rows of the cache ${path} were`} damaged and made again.`,
    );
  }
}

/** If writing fails, the row is simply made again the next time. */
async function writeBack(path: string, bytes: Uint8Array, position: number): Promise<void> {
  try {
    await using file = await open(path, "r+");
    await file.write(bytes, 0, bytes.length, position);
  } catch {
    // The damage is reported by the notice anyway.
  }
}

/** Deletes the list, so that the next process makes the whole file again. */
async function changed(path: string, row: number): Promise<Fault> {
  await rm(path.replace(/\.bin$/, ".json"), { force: true }).catch(() => {});
  return new Fault("environment", [
    {
      place: path,
      expected: `must hold row ${row} unchanged`,
      received: "damaged bytes, and what they were made of has changed since",
      remedy: "Open the data set again: the cache is then made again.",
    },
  ]);
}

async function readWhole(file: FileHandle, into: Uint8Array, position: number, path: string): Promise<void> {
  for (let done = 0; done < into.length; ) {
    const { bytesRead } = await file.read(into, done, Math.min(into.length - done, MAX_READ), position + done);
    if (bytesRead === 0)
      throw new Fault("environment", [
        { place: path, expected: "must not change while it is read", received: "a shorter file", remedy: "Open the data set again." },
      ]);
    done += bytesRead;
  }
}
