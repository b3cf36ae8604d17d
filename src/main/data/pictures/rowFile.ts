/** A file of rows of one size, read by row number: small ones are held in memory, large ones read as they are asked for. */
import { type FileHandle, open } from "node:fs/promises";
import { at, Fault } from "../../../shared/kit/fault.ts";
import { forEachParallel } from "./parallel.ts";

/** Files up to this size are held in memory. */
const RESIDENT_BYTES = 64 * 1024 * 1024;
/** What one read may ask for: systems take no more than 2 GiB. */
const MAX_READ = 1024 ** 3;
/** Reads on their way at once. */
const READS = 16;

export class RowFile {
  readonly #path: string;
  readonly #rowBytes: number;
  readonly #file: FileHandle | null;
  readonly #held: Uint8Array | null;

  private constructor(path: string, rowBytes: number, file: FileHandle | null, held: Uint8Array | null) {
    this.#path = path;
    this.#rowBytes = rowBytes;
    this.#file = file;
    this.#held = held;
  }

  /** @param heldBytes files up to this size are held in memory */
  static async open(path: string, rowBytes: number, count: number, heldBytes = RESIDENT_BYTES): Promise<RowFile> {
    const file = await open(path, "r");
    const bytes = rowBytes * count;
    if (bytes > heldBytes) return new RowFile(path, rowBytes, file, null);
    try {
      const held = new Uint8Array(bytes);
      await readWhole(file, held, 0, path);
      return new RowFile(path, rowBytes, null, held);
    } finally {
      await file.close();
    }
  }

  get resident(): boolean {
    return this.#held !== null;
  }

  /** Packed in the order of `rows`; numbers that follow each other are read at once. */
  async read(rows: Uint32Array): Promise<Uint8Array<ArrayBuffer>> {
    const packed = new Uint8Array(rows.length * this.#rowBytes);
    const runs: { readonly row: number; readonly start: number; readonly length: number }[] = [];
    for (let start = 0, end = 1; start < rows.length; start = end++) {
      const row = at(rows, start);
      while (end < rows.length && rows[end] === row + end - start) end++;
      runs.push({ row, start, length: end - start });
    }
    const width = this.#rowBytes;
    await forEachParallel(runs, this.#held === null ? READS : 1, async ({ row, start, length }) => {
      const into = packed.subarray(start * width, (start + length) * width);
      if (this.#held !== null) into.set(this.#held.subarray(row * width, (row + length) * width));
      else if (this.#file !== null) await readWhole(this.#file, into, row * width, this.#path);
    });
    return packed;
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }
}

async function readWhole(file: FileHandle, into: Uint8Array, position: number, path: string): Promise<void> {
  for (let done = 0; done < into.length; ) {
    const { bytesRead } = await file.read(into, done, Math.min(into.length - done, MAX_READ), position + done);
    if (bytesRead === 0)
      throw new Fault("environment", [
        { place: path, expected: "must stay as it is while it is read", received: "a shorter file", remedy: "Open the data set again." },
      ]);
    done += bytesRead;
  }
}
