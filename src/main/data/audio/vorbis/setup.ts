/** The headers of Vorbis (Vorbis I, 4.2): block sizes, codebooks, floors, residues and mappings. */
import { BadFile } from "../../sampleFiles/badFile.ts";
import { Codebook, damaged } from "./codebook.ts";
import { Floor } from "./floor.ts";
import { bitLength, EndOfPacket, PacketBits } from "./packetBits.ts";
import { Residue } from "./residue.ts";

export interface Mapping {
  /** Pairs of channels that are stored as magnitude and angle. */
  readonly couplings: readonly { readonly magnitude: number; readonly angle: number }[];
  /** The submap of each channel. */
  readonly mux: readonly number[];
  readonly submaps: readonly { readonly floor: number; readonly residue: number }[];
}

export interface VorbisSetup {
  readonly channels: number;
  /** Sizes of the short and the long block. */
  readonly blocks: readonly [number, number];
  readonly books: readonly Codebook[];
  readonly floors: readonly Floor[];
  readonly residues: readonly Residue[];
  readonly mappings: readonly Mapping[];
  readonly modes: readonly { readonly isLong: boolean; readonly mapping: number }[];
}

/**
 * @param head the first packet
 * @param tables the third packet
 * @throws BadFile if they are damaged
 */
export function readSetup(head: Uint8Array, tables: Uint8Array): VorbisSetup {
  try {
    const channels = head[11] ?? 0;
    const sizes = head[28] ?? 0;
    const blocks = [2 ** (sizes & 15), 2 ** (sizes >> 4)] as const;
    if (channels === 0 || blocks[0] < 64 || blocks[1] > 8192 || blocks[0] > blocks[1]) throw damaged("its header is invalid");
    const bits = new PacketBits(tables.subarray(7));
    const list = <T>(width: number, read: () => T): readonly T[] => Array.from({ length: bits.read(width) + 1 }, read);
    const books = list(8, () => new Codebook(bits));
    list(6, () => bits.read(16));
    const floors = list(6, () => {
      if (bits.read(16) !== 1) throw new BadFile("is of an early kind of Vorbis that Descent does not read: convert it to WAV or FLAC");
      return new Floor(bits);
    });
    const residues = list(6, () => new Residue(bits, bits.read(16)));
    const mappings = list(6, () => readMapping(bits, channels));
    const modes = list(6, () => {
      const isLong = bits.flag();
      bits.read(32);
      return { isLong, mapping: bits.read(8) };
    });
    return { channels, blocks, books, floors, residues, mappings, modes };
  } catch (error) {
    if (error instanceof EndOfPacket) throw damaged("its headers are incomplete");
    throw error;
  }
}

function readMapping(bits: PacketBits, channels: number): Mapping {
  if (bits.read(16) !== 0) throw damaged("a mapping of an unknown type");
  const count = bits.flag() ? bits.read(4) + 1 : 1;
  const width = bitLength(channels - 1);
  const couplings = bits.flag() ? Array.from({ length: bits.read(8) + 1 }, () => ({ magnitude: bits.read(width), angle: bits.read(width) })) : [];
  if (couplings.some(({ magnitude, angle }) => magnitude === angle || magnitude >= channels || angle >= channels))
    throw damaged("a coupling of channels that do not exist");
  bits.read(2);
  const mux = Array.from({ length: channels }, () => (count > 1 ? bits.read(4) : 0));
  const submaps = Array.from({ length: count }, () => {
    bits.read(8);
    return { floor: bits.read(8), residue: bits.read(8) };
  });
  return { couplings, mux, submaps };
}
