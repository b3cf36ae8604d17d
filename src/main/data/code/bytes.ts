/** Numbers and texts as little-endian bytes, and back. The reader trusts nothing: it checks every length against a limit and against the remaining bytes. */

/** Thrown when the bytes are not in the expected format. */
export class Malformed extends Error {}

export class ByteWriter {
  #buffer = Buffer.allocUnsafe(1024);
  #length = 0;

  u8(value: number): this {
    this.#length = this.#room(1).writeUInt8(value, this.#length);
    return this;
  }

  u32(value: number): this {
    this.#length = this.#room(4).writeUInt32LE(value, this.#length);
    return this;
  }

  f64(value: number): this {
    this.#length = this.#room(8).writeDoubleLE(value, this.#length);
    return this;
  }

  text(value: string): this {
    const bytes = Buffer.from(value, "utf8");
    return this.u32(bytes.length).bytes(bytes);
  }

  bytes(value: Uint8Array): this {
    this.#room(value.length).set(value, this.#length);
    this.#length += value.length;
    return this;
  }

  done(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  #room(more: number): Buffer {
    const needed = this.#length + more;
    if (needed > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#buffer.length));
      larger.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = larger;
    }
    return this.#buffer;
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export class ByteReader {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  /** @throws Malformed if the number is above `most` */
  u32(most: number, what: string): number {
    const value = this.#view.getUint32(this.#take(4), true);
    if (value > most) throw new Malformed(`${what} of ${value}, which is more than ${most}`);
    return value;
  }

  f64(): number {
    return this.#view.getFloat64(this.#take(8), true);
  }

  /** @param most number of characters, at most */
  text(most: number, what: string): string {
    // A UTF-16 character takes at most three bytes in UTF-8.
    const length = this.u32(3 * most, `a ${what} in bytes`);
    let text: string;
    try {
      text = utf8.decode(this.bytes(length));
    } catch {
      throw new Malformed(`a ${what} that is not UTF-8`);
    }
    if (text.length > most) throw new Malformed(`a ${what} of ${text.length} characters, which is more than ${most}`);
    return text;
  }

  /** A view, not a copy. */
  bytes(length: number): Uint8Array {
    const at = this.#take(length);
    return this.#bytes.subarray(at, at + length);
  }

  end(): void {
    const left = this.#bytes.length - this.#at;
    if (left > 0) throw new Malformed(`${left} bytes after its end`);
  }

  #take(length: number): number {
    const at = this.#at;
    if (at + length > this.#bytes.length) throw new Malformed("fewer bytes than announced");
    this.#at += length;
    return at;
  }
}
