/** Writes an archive's entries into a folder. */
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Fault, quote } from "../../../shared/kit/fault.ts";
import { PRIVATE_FILE, PRIVATE_FOLDER } from "../../storage/wholeFile.ts";
import type { Account } from "./limits.ts";

export class EntryWriter {
  readonly #folder: string;
  readonly #account: Account;
  /** Folders known to exist: most entries are in the same folder as the previous one. */
  readonly #made = new Set<string>();

  constructor(folder: string, account: Account) {
    this.#folder = folder;
    this.#account = account;
  }

  async folder(parts: readonly string[]): Promise<string> {
    const folder = path.join(this.#folder, ...parts);
    if (!this.#made.has(folder)) await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
    this.#made.add(folder);
    return folder;
  }

  /**
   * @param size the size that the archive states; null if it states none that can be trusted
   * @param look called with every chunk
   * @throws Fault if the entry is larger or smaller than stated, or the archive becomes too large
   */
  async file(
    parts: readonly string[],
    size: number | null,
    content: AsyncIterable<Uint8Array>,
    place: string,
    look: (chunk: Uint8Array) => void = () => {},
  ): Promise<void> {
    if (size !== null) this.#account.announce(size);
    const file = path.join(await this.folder(parts.slice(0, -1)), parts.at(-1) ?? "");
    let bytes = 0;
    const account = this.#account;
    const count = new Transform({
      transform(chunk: Uint8Array, _encoding, done) {
        bytes += chunk.length;
        try {
          if (size !== null && bytes > size) throw sizeFault(place, size, `more: at least ${bytes}`);
          account.written(chunk.length);
          look(chunk);
          done(null, chunk);
        } catch (error) {
          done(error instanceof Error ? error : new Error(String(error)));
        }
      },
    });
    await pipeline(content, count, createWriteStream(file, { mode: PRIVATE_FILE }));
    if (size !== null && bytes < size) throw sizeFault(place, size, String(bytes));
  }
}

function sizeFault(place: string, size: number, received: string): Fault {
  return new Fault("input", [
    {
      place,
      expected: `must be the ${size} bytes that the archive states`,
      received,
      remedy: "The archive is damaged or malicious: download it again from a source you trust.",
    },
  ]);
}

/** Explains operating system errors that occur while unpacking. Other errors are returned unchanged. */
export function writeFault(error: unknown, archive: string, folder: string): unknown {
  if (error instanceof Fault || !(error instanceof Error) || !("code" in error)) return error;
  const environment = (received: string, remedy: string) =>
    new Fault("environment", [{ place: folder, expected: `must have room for what is in ${quote(archive)}`, received, remedy }], { cause: error });
  switch (error.code) {
    case "ENOSPC":
    case "EDQUOT":
      return environment("a full disk", "Free some space, or set DESCENT_CACHE to a folder on a larger disk.");
    case "EACCES":
    case "EROFS":
      return environment(
        `a folder that may not be written (${error.message})`,
        "Give yourself permission to write there, or set DESCENT_CACHE to another folder.",
      );
    case "EEXIST":
    case "EISDIR":
    case "ENOTDIR":
    case "ENAMETOOLONG":
    case "EINVAL":
      return new Fault(
        "input",
        [
          {
            place: archive,
            expected: "must hold files and folders whose names can exist together on this disk",
            received: error.message,
            remedy: "Unpack it yourself and name the folder.",
          },
        ],
        { cause: error },
      );
    default:
      return error;
  }
}
