/** Limits on what an archive may unpack to, and the counter that enforces them. They stop decompression bombs. */
import { Fault } from "../../../shared/kit/fault.ts";
import { countText } from "../../../shared/text/numbers.ts";

export interface Limits {
  /** Unpacked bytes in total. */
  readonly totalBytes: number;
  /** Unpacked bytes per byte of the archive. Checked once more than `ratioFromBytes` are unpacked. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
  readonly entries: number;
}

export const LIMITS: Limits = { totalBytes: 20 * 2 ** 30, ratio: 200, ratioFromBytes: 2 ** 27, entries: 2_000_000 };

export class Account {
  readonly #archive: string;
  readonly #archiveBytes: number;
  readonly #limits: Limits;
  #bytes = 0;
  #entries = 0;

  /**
   * @param archive as the user named it
   * @param archiveBytes size of the archive
   */
  constructor(archive: string, archiveBytes: number, limits: Limits) {
    this.#archive = archive;
    this.#archiveBytes = archiveBytes;
    this.#limits = limits;
  }

  /** @throws Fault if there are too many entries */
  entry(): void {
    if (++this.#entries > this.#limits.entries) this.#stop(`must hold at most ${countText(this.#limits.entries, "en")} entries`, "more");
  }

  /**
   * Checks the size that an entry announces, before any of it is written.
   * @throws Fault if it is too large
   */
  announce(bytes: number): void {
    this.#check(this.#bytes + bytes);
  }

  /** @throws Fault if too much has been written */
  written(bytes: number): void {
    this.#bytes += bytes;
    this.#check(this.#bytes);
  }

  /**
   * Counts the unpacked stream of a tar, including headers and padding, which are not written.
   * @throws Fault if it is too long
   */
  streamed(bytes: number): void {
    this.#check(bytes);
  }

  #check(bytes: number): void {
    const { totalBytes, ratio, ratioFromBytes } = this.#limits;
    if (bytes > totalBytes) this.#stop(`must unpack to at most ${countText(totalBytes, "en")} bytes`, `at least ${countText(bytes, "en")}`);
    if (bytes > ratioFromBytes && bytes > ratio * this.#archiveBytes)
      this.#stop(
        `must unpack to at most ${ratio} times its own ${countText(this.#archiveBytes, "en")} bytes if that is more than ${countText(ratioFromBytes, "en")}`,
        `at least ${countText(bytes, "en")} bytes, ${Math.floor(bytes / this.#archiveBytes)} times as many`,
      );
  }

  #stop(expected: string, received: string): never {
    throw new Fault("input", [{ place: this.#archive, expected, received, remedy: "Unpack it yourself if you trust it, and name the folder." }]);
  }
}
