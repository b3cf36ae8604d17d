/** Residues of Vorbis (Vorbis I, 8): the fine structure of spectra, as sums of codebook vectors. */
import { at } from "../../../../shared/kit/fault.ts";
import { type Codebook, damaged } from "./codebook.ts";
import { EndOfPacket, type PacketBits } from "./packetBits.ts";

const PASSES = 8;

export class Residue {
  readonly #kind: number;
  readonly #begin: number;
  readonly #end: number;
  readonly #size: number;
  readonly #classBook: number;
  /** Codebook by class and pass; −1 for none. */
  readonly #books: readonly (readonly number[])[];

  constructor(bits: PacketBits, kind: number) {
    if (kind > 2) throw damaged("a residue of an unknown type");
    this.#kind = kind;
    this.#begin = bits.read(24);
    this.#end = bits.read(24);
    this.#size = bits.read(24) + 1;
    const classes = bits.read(6) + 1;
    this.#classBook = bits.read(8);
    const cascades = Array.from({ length: classes }, () => bits.read(3) + (bits.flag() ? 8 * bits.read(5) : 0));
    this.#books = cascades.map((cascade) => Array.from({ length: PASSES }, (_, pass) => ((cascade >> pass) & 1 ? bits.read(8) : -1)));
  }

  /** Adds the packet's residue to spectra of equal length; null spectra are silent. A packet that ends early leaves the rest unchanged. */
  read(bits: PacketBits, books: readonly Codebook[], spectra: readonly (Float64Array | null)[], length: number): void {
    try {
      if (this.#kind === 2) {
        if (spectra.every((each) => each === null)) return;
        // The channels are interleaved.
        const joined = new Float64Array(length * spectra.length);
        try {
          this.#decode(bits, books, [joined]);
        } finally {
          for (const [channel, spectrum] of spectra.entries())
            if (spectrum !== null) for (let i = 0; i < length; i++) spectrum[i] = joined[i * spectra.length + channel] ?? 0;
        }
      } else
        this.#decode(
          bits,
          books,
          spectra.filter((each) => each !== null),
        );
    } catch (error) {
      if (!(error instanceof EndOfPacket)) throw error;
    }
  }

  #decode(bits: PacketBits, books: readonly Codebook[], vectors: readonly Float64Array[]): void {
    const length = vectors[0]?.length ?? 0;
    const begin = Math.min(this.#begin, length);
    const partitions = Math.floor((Math.min(this.#end, length) - begin) / this.#size);
    const classBook = at(books, this.#classBook);
    const chosen = vectors.map(() => new Uint8Array(Math.max(0, partitions) + classBook.dimensions));
    for (let pass = 0; pass < PASSES; pass++)
      for (let partition = 0; partition < partitions; ) {
        if (pass === 0) for (const own of chosen) this.#readClasses(classBook.entry(bits), own, partition, classBook.dimensions);
        for (let i = 0; i < classBook.dimensions && partition < partitions; i++, partition++)
          for (const [v, vector] of vectors.entries()) {
            const book = at(at(this.#books, chosen[v]?.[partition] ?? 0), pass);
            if (book >= 0) this.#add(bits, at(books, book), vector, begin + partition * this.#size);
          }
      }
  }

  /** One entry encodes the classes of several partitions, as the digits of a number. */
  #readClasses(entry: number, classes: Uint8Array, from: number, count: number): void {
    let rest = entry;
    for (let i = count - 1; i >= 0; i--) {
      classes[from + i] = rest % this.#books.length;
      rest = Math.floor(rest / this.#books.length);
    }
  }

  #add(bits: PacketBits, book: Codebook, vector: Float64Array, from: number): void {
    const { dimensions, vectors } = book;
    const step = this.#kind === 0 ? Math.floor(this.#size / dimensions) : 1;
    for (let i = 0; i < this.#size; i += dimensions) {
      const place = book.vector(bits);
      const start = this.#kind === 0 ? from + i / dimensions : from + i;
      for (let k = 0; k < dimensions; k++) {
        const target = start + k * step;
        if (target < vector.length) vector[target] = (vector[target] ?? 0) + (vectors[place + k] ?? 0);
      }
    }
  }
}
