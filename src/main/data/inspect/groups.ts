/**
 * Finds equal samples by 64-bit hashes in a table with open addressing (linear probing). Two different samples among a million have the same hash in one
 * of 37 million data sets. Rows of tables are also compared value by value.
 */
import { at } from "../../../shared/kit/fault.ts";
import type { TableColumn } from "../table.ts";

/** One 64-bit hash per sample, in two halves. */
export class Hashes {
  readonly length: number;
  readonly first: Uint32Array;
  readonly second: Uint32Array;

  constructor(length: number) {
    this.length = length;
    this.first = new Uint32Array(length).fill(0x9e3779b9);
    this.second = new Uint32Array(length).fill(0x85ebca6b);
  }

  /** Mixes 64 bits into the hash of a sample. */
  mix(sample: number, low: number, high: number): void {
    let a = (this.first[sample] ?? 0) ^ low;
    a = Math.imul(a, 0xcc9e2d51);
    a = Math.imul(((a << 15) | (a >>> 17)) ^ high, 0x1b873593);
    this.first[sample] = a ^ (a >>> 13);
    let b = (this.second[sample] ?? 0) ^ high;
    b = Math.imul(b, 0x85ebca6b);
    b = Math.imul(((b << 13) | (b >>> 19)) ^ low, 0xc2b2ae35);
    this.second[sample] = b ^ (b >>> 16);
  }

  mixColumn(column: TableColumn): void {
    if (column.kind === "categorical") {
      const { codes } = column;
      for (let i = 0; i < this.length; i++) this.mix(i, codes[i] ?? -1, 1);
      return;
    }
    const { values } = column;
    const words = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
    for (let i = 0; i < this.length; i++) {
      const value = values[i] ?? 0;
      // 0 and −0 are equal; so are all representations of a missing value.
      if (value === 0) this.mix(i, 0, 0);
      else if (Number.isNaN(value)) this.mix(i, 0, 0x7ff80000);
      else this.mix(i, words[2 * i] ?? 0, words[2 * i + 1] ?? 0);
    }
  }

  /** Mixes in the targets, `width` values per sample. */
  mixTargets(targets: Int32Array | Float32Array, width: number): void {
    const words = new Uint32Array(targets.buffer, targets.byteOffset, targets.length);
    for (let i = 0; i < this.length; i++) for (let k = 0; k < width; k++) this.mix(i, words[i * width + k] ?? 0, k);
  }

  copy(): Hashes {
    const copy = new Hashes(this.length);
    copy.first.set(this.first);
    copy.second.set(this.second);
    return copy;
  }
}

/** Hashes the bytes of packed samples. */
export class ByteHasher {
  readonly #bytes: Uint8Array;
  readonly #words: Uint32Array;

  /** @param size number of bytes in one sample */
  constructor(size: number) {
    this.#words = new Uint32Array(2 * Math.ceil(size / 8));
    this.#bytes = new Uint8Array(this.#words.buffer);
  }

  hash(sample: Uint8Array, hashes: Hashes, index: number): void {
    const words = this.#words;
    this.#bytes.set(sample);
    for (let i = 0; i < words.length; i += 2) hashes.mix(index, words[i] ?? 0, words[i + 1] ?? 0);
  }
}

/**
 * For every sample the number of the first sample equal to it (its own number if it is the first).
 * @param same compares two samples with the same hash; if absent, equal hashes count as equal samples
 */
export function firstEqual(hashes: Hashes, same?: (a: number, b: number) => boolean): Uint32Array {
  const { first, second, length } = hashes;
  const found = new Uint32Array(length);
  const mask = 2 ** Math.max(4, Math.ceil(Math.log2(2 * length + 1))) - 1;
  // Sample number + 1; 0 is an empty slot.
  const slots = new Uint32Array(mask + 1);
  for (let i = 0; i < length; i++) {
    const [a, b] = [first[i] ?? 0, second[i] ?? 0];
    let slot = (a ^ Math.imul(b, 0x9e3779b1)) & mask;
    for (;;) {
      const other = (slots[slot] ?? 0) - 1;
      if (other < 0) {
        slots[slot] = i + 1;
        found[i] = i;
        break;
      }
      if (first[other] === a && second[other] === b && (same === undefined || same(other, i))) {
        found[i] = other;
        break;
      }
      slot = (slot + 1) & mask;
    }
  }
  return found;
}

/** Whether two rows are equal in all columns; missing values count as equal. */
export function sameRow(columns: readonly TableColumn[]): (a: number, b: number) => boolean {
  return (a, b) =>
    columns.every((column) => {
      if (column.kind === "categorical") return column.codes[a] === column.codes[b];
      const [x, y] = [at(column.values, a), at(column.values, b)];
      return x === y || (Number.isNaN(x) && Number.isNaN(y));
    });
}
