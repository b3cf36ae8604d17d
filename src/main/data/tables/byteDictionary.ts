/**
 * Numbers byte strings in order of first appearance, with an open-addressing hash table over the bytes, so that only the first cell with a text is
 * decoded to a string. The hash is FNV-1a (Fowler, Noll, Vo, 1991).
 */
import { isAscii } from "node:buffer";
import type { Decode } from "./textFile.ts";

const EMPTY = -1;

export class ByteDictionary {
  #slots = new Int32Array(64).fill(EMPTY);
  #hashes = new Int32Array(32);
  /** The end of each string in the arena. */
  #ends = new Uint32Array(32);
  #arena = new Uint8Array(256);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The number of the bytes from `from` up to `to`; new bytes get a new number. */
  code(bytes: Uint8Array, from: number, to: number): number {
    let hash = 0x811c9dc5 | 0;
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
    hash ^= hash >>> 15;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const code = slots[slot] ?? EMPTY;
      if (code === EMPTY) return this.#add(bytes, from, to, hash, slot);
      if (this.#hashes[code] === hash && this.#equals(code, bytes, from, to)) return code;
      slot = (slot + 1) & mask;
    }
  }

  /** The strings by their numbers. */
  names(decode: Decode): string[] {
    const used = Buffer.from(this.#arena.buffer, 0, this.#ends[this.#size - 1] ?? 0);
    // If every character is one byte, everything is decoded at once.
    const whole = isAscii(used) ? used.toString("latin1") : null;
    return Array.from({ length: this.#size }, (_, code) => {
      const [from, to] = [this.#start(code), this.#ends[code] ?? 0];
      return whole === null ? decode(used, from, to) : whole.slice(from, to);
    });
  }

  #start(code: number): number {
    return code === 0 ? 0 : (this.#ends[code - 1] ?? 0);
  }

  #equals(code: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.#start(code);
    if ((this.#ends[code] ?? 0) - start !== to - from) return false;
    const arena = this.#arena;
    for (let i = from, j = start; i < to; i++, j++) if (bytes[i] !== arena[j]) return false;
    return true;
  }

  #add(bytes: Uint8Array, from: number, to: number, hash: number, slot: number): number {
    const code = this.#size++;
    if (code === this.#hashes.length) {
      this.#hashes = new Int32Array(this.#hashes.buffer.transfer(this.#hashes.byteLength * 2));
      this.#ends = new Uint32Array(this.#ends.buffer.transfer(this.#ends.byteLength * 2));
    }
    const start = this.#start(code);
    const end = start + to - from;
    if (end > this.#arena.length) this.#arena = new Uint8Array(this.#arena.buffer.transfer(Math.max(end, this.#arena.length * 2)));
    this.#arena.set(bytes.subarray(from, to), start);
    this.#hashes[code] = hash;
    this.#ends[code] = end;
    this.#slots[slot] = code;
    // At most half full, so that probe sequences stay short.
    if (this.#size * 2 > this.#slots.length) this.#rehash();
    return code;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(EMPTY);
    const mask = slots.length - 1;
    for (let code = 0; code < this.#size; code++) {
      let slot = (this.#hashes[code] ?? 0) & mask;
      while (slots[slot] !== EMPTY) slot = (slot + 1) & mask;
      slots[slot] = code;
    }
    this.#slots = slots;
  }
}
