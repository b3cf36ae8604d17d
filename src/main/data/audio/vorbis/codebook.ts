/** Codebooks of Vorbis (Vorbis I, 3): Huffman codes for entries, and the vectors that the entries stand for. */
import { BadFile } from "../../sampleFiles/badFile.ts";
import { bitLength, type PacketBits } from "./packetBits.ts";

const SYNC = 0x564342;
const MAX_ENTRIES = 1_000_000;

export class Codebook {
  readonly dimensions: number;
  /** Two numbers per node: the next node, or an entry as −1 − entry; 0 if no code continues there. */
  readonly #tree: readonly number[];
  /** Concatenated vectors; null for a codebook of scalars. */
  readonly #vectors: Float64Array | null;

  constructor(bits: PacketBits) {
    if (bits.read(24) !== SYNC) throw damaged("a codebook has a wrong start marker");
    this.dimensions = bits.read(16);
    const entries = bits.read(24);
    if (entries === 0 || entries > MAX_ENTRIES || this.dimensions === 0) throw damaged("a codebook without entries");
    const lengths = bits.flag() ? orderedLengths(bits, entries) : singleLengths(bits, entries);
    this.#tree = treeOf(lengths);
    this.#vectors = readVectors(bits, entries, this.dimensions);
  }

  entry(bits: PacketBits): number {
    for (let node = 0; ; ) {
      const next = this.#tree[node + bits.bit()] ?? 0;
      if (next < 0) return -1 - next;
      if (next === 0) throw damaged("a code that is in no codebook");
      node = next;
    }
  }

  /** The offset of the next entry's vector in {@link vectors}. */
  vector(bits: PacketBits): number {
    return this.entry(bits) * this.dimensions;
  }

  get vectors(): Float64Array {
    if (this.#vectors === null) throw damaged("a codebook without vectors where some are needed");
    return this.#vectors;
  }
}

export function damaged(what: string): BadFile {
  return new BadFile(`is damaged: ${what}`);
}

/** The code length of every entry in bits; 0 if it has no code. */
function singleLengths(bits: PacketBits, entries: number): Uint8Array {
  const isSparse = bits.flag();
  return Uint8Array.from({ length: entries }, () => (isSparse && !bits.flag() ? 0 : bits.read(5) + 1));
}

function orderedLengths(bits: PacketBits, entries: number): Uint8Array {
  const lengths = new Uint8Array(entries);
  let length = bits.read(5) + 1;
  for (let entry = 0; entry < entries; length++) {
    const count = bits.read(bitLength(entries - entry));
    if (length > 32 || entry + count > entries) throw damaged("a codebook with too many codes");
    lengths.fill(length, entry, entry + count);
    entry += count;
  }
  return lengths;
}

/** Each entry in order gets the first free code of its length. */
function treeOf(lengths: Uint8Array): readonly number[] {
  const tree = [0, 0];
  const used = lengths.filter((length) => length > 0).length;
  if (used === 1) {
    const entry = lengths.findIndex((length) => length > 0);
    return [-1 - entry, -1 - entry];
  }
  for (const [entry, length] of lengths.entries()) if (length > 0 && !place(tree, 0, length, entry)) throw damaged("a codebook with too many codes");
  return tree;
}

function place(tree: number[], node: number, length: number, entry: number): boolean {
  for (const side of [0, 1]) {
    const next = tree[node + side] ?? 0;
    if (next < 0) continue;
    if (length === 1) {
      if (next !== 0) continue;
      tree[node + side] = -1 - entry;
      return true;
    }
    if (next === 0) {
      tree[node + side] = tree.length;
      tree.push(0, 0);
    }
    if (place(tree, tree[node + side] ?? 0, length - 1, entry)) return true;
  }
  return false;
}

function readVectors(bits: PacketBits, entries: number, dimensions: number): Float64Array | null {
  const kind = bits.read(4);
  if (kind === 0) return null;
  if (kind > 2 || entries * dimensions > 16 * MAX_ENTRIES) throw damaged("a codebook of an unknown type");
  const [least, step] = [readFloat(bits), readFloat(bits)];
  const width = bits.read(4) + 1;
  const isSum = bits.flag();
  const count = kind === 1 ? rootOf(entries, dimensions) : entries * dimensions;
  const values = Float64Array.from({ length: count }, () => bits.read(width));
  const vectors = new Float64Array(entries * dimensions);
  for (let entry = 0; entry < entries; entry++) {
    let last = 0;
    let divisor = 1;
    for (let i = 0; i < dimensions; i++) {
      const place = kind === 1 ? Math.floor(entry / divisor) % count : entry * dimensions + i;
      const value = (values[place] ?? 0) * step + least + last;
      vectors[entry * dimensions + i] = value;
      if (isSum) last = value;
      divisor *= count;
    }
  }
  return vectors;
}

/** A float with a 21-bit mantissa and a power-of-two exponent. */
function readFloat(bits: PacketBits): number {
  const word = bits.read(32);
  const mantissa = word % 2 ** 21;
  const exponent = Math.floor(word / 2 ** 21) % 2 ** 10;
  return (word >= 2 ** 31 ? -mantissa : mantissa) * 2 ** (exponent - 788);
}

/** The largest integer whose power does not exceed the number of entries. */
function rootOf(entries: number, dimensions: number): number {
  let root = Math.floor(entries ** (1 / dimensions));
  while ((root + 1) ** dimensions <= entries) root++;
  while (root ** dimensions > entries) root--;
  return root;
}
