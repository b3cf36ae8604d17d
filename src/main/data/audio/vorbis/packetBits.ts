/** Reads bits of a Vorbis packet, least significant bit first. */

/** Thrown at the packet's end; the rest is silence. */
export class EndOfPacket extends Error {}

export class PacketBits {
  #position = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** @param count at most 32 */
  read(count: number): number {
    if (this.#position + count > 8 * this.#bytes.length) throw new EndOfPacket("the packet ends");
    let value = 0;
    for (let done = 0; done < count; ) {
      const inside = this.#position & 7;
      const taken = Math.min(8 - inside, count - done);
      value += (((this.#bytes[this.#position >> 3] ?? 0) >> inside) & ((1 << taken) - 1)) * 2 ** done;
      this.#position += taken;
      done += taken;
    }
    return value;
  }

  bit(): number {
    const byte = this.#bytes[this.#position >> 3];
    if (byte === undefined) throw new EndOfPacket("the packet ends");
    return (byte >> (this.#position++ & 7)) & 1;
  }

  flag(): boolean {
    return this.bit() === 1;
  }
}

/** Number of bits of an integer. */
export function bitLength(value: number): number {
  return value <= 0 ? 0 : 32 - Math.clz32(value);
}
