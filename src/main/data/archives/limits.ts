/** How much an archive may unpack to, and the account of it: archives that are small and never end are stopped. */
import { Fault } from "../../../shared/kit/fault.ts";

export interface Limits {
  /** Bytes in all. */
  readonly totalBytes: number;
  /** Unpacked bytes for every byte of the archive… */
  readonly ratio: number;
  /** …once more than this many are unpacked. */
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
   * @param archive as the person named it
   * @param archiveBytes its size
   */
  constructor(archive: string, archiveBytes: number, limits: Limits) {
    this.#archive = archive;
    this.#archiveBytes = archiveBytes;
    this.#limits = limits;
  }

  /** @throws Fault for one entry too many */
  entry(): void {
    if (++this.#entries > this.#limits.entries) this.#stop(`must hold at most ${figure(this.#limits.entries)} entries`, "more");
  }

  /**
   * What an entry says it will be, before anything of it is written.
   * @throws Fault where that is too much
   */
  announce(bytes: number): void {
    this.#check(this.#bytes + bytes);
  }

  /** @throws Fault where it has become too much */
  written(bytes: number): void {
    this.#bytes += bytes;
    this.#check(this.#bytes);
  }

  /**
   * How long the unpacked stream of a tar has become: its headers and padding count too, though they are not written.
   * @throws Fault where that is too much
   */
  streamed(bytes: number): void {
    this.#check(bytes);
  }

  #check(bytes: number): void {
    const { totalBytes, ratio, ratioFromBytes } = this.#limits;
    if (bytes > totalBytes) this.#stop(`must unpack to at most ${figure(totalBytes)} bytes`, `at least ${figure(bytes)}`);
    if (bytes > ratioFromBytes && bytes > ratio * this.#archiveBytes)
      this.#stop(
        `must unpack to at most ${ratio} times its own ${figure(this.#archiveBytes)} bytes where that is more than ${figure(ratioFromBytes)}`,
        `at least ${figure(bytes)} bytes, ${Math.floor(bytes / this.#archiveBytes)} times as many`,
      );
  }

  #stop(expected: string, received: string): never {
    throw new Fault("input", [{ place: this.#archive, expected, received, remedy: "Unpack it yourself if you trust it, and name the folder." }]);
  }
}

function figure(value: number): string {
  return value.toLocaleString("en-US");
}
