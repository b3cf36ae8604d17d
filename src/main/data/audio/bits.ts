/** Reads bits of a stream, most significant bit first. */

/** Thrown when fewer bits are left than were asked for. */
export class EndOfBits extends Error {}

export class Bits {
  /** In bits from the start of the bytes. */
  position: number;
  readonly #bytes: Uint8Array;
  readonly #end: number;

  /** @param start in bytes */
  constructor(bytes: Uint8Array, start = 0) {
    this.#bytes = bytes;
    this.#end = 8 * bytes.length;
    this.position = 8 * start;
  }

  /** @param count at most 32 */
  unsigned(count: number): number {
    if (this.position + count > this.#end) throw new EndOfBits("the stream ends");
    let value = 0;
    for (let left = count; left > 0; ) {
      const inside = this.position & 7;
      const taken = Math.min(8 - inside, left);
      const byte = this.#bytes[this.position >> 3] ?? 0;
      value = value * 2 ** taken + ((byte >> (8 - inside - taken)) & ((1 << taken) - 1));
      this.position += taken;
      left -= taken;
    }
    return value;
  }

  /** Two's complement. */
  signed(count: number): number {
    const value = this.unsigned(count);
    return count > 0 && value >= 2 ** (count - 1) ? value - 2 ** count : value;
  }

  /** Counts the zeros before the next one, and skips that one. */
  zeros(): number {
    let count = 0;
    for (;;) {
      if (this.position >= this.#end) throw new EndOfBits("the stream ends");
      const inside = this.position & 7;
      const rest = ((this.#bytes[this.position >> 3] ?? 0) << inside) & 0xff;
      const found = rest === 0 ? 8 - inside : Math.clz32(rest) - 24;
      this.position += found;
      count += found;
      if (rest === 0) continue;
      this.position++;
      return count;
    }
  }

  /** Moves to the next byte boundary and returns its offset in bytes. */
  align(): number {
    this.position = (this.position + 7) & ~7;
    return this.position >> 3;
  }
}
