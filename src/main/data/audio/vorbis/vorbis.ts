/** Decodes Vorbis (Vorbis I, Xiph.Org Foundation) packets to blocks of samples. */
import { BadFile } from "../../sampleFiles/badFile.ts";
import { damaged } from "./codebook.ts";
import { InverseMdct } from "./mdct.ts";
import { bitLength, EndOfPacket, PacketBits } from "./packetBits.ts";
import { type Mapping, readSetup, type VorbisSetup } from "./setup.ts";

export class VorbisDecoder {
  readonly #setup: VorbisSetup;
  readonly #transforms: readonly [InverseMdct, InverseMdct];
  /** The previous windowed block; its second half still has to be added. */
  #before: readonly Float64Array[] | null = null;

  /**
   * @param head the first packet of the stream
   * @param tables the third packet
   * @throws BadFile if they are damaged
   */
  constructor(head: Uint8Array, tables: Uint8Array) {
    this.#setup = readSetup(head, tables);
    const [short, long] = this.#setup.blocks;
    this.#transforms = [new InverseMdct(short), new InverseMdct(long)];
  }

  /** The samples that a packet completes, per channel; empty for the first packet. */
  decode(packet: Uint8Array): readonly Float64Array[] {
    const blocks = this.#blocksOf(packet);
    if (blocks === null) return [];
    const before = this.#before;
    this.#before = blocks;
    return before === null ? [] : blocks.map((block, channel) => overlapped(before[channel] ?? block, block));
  }

  /** Null for a packet that is not audio or is too short. */
  #blocksOf(packet: Uint8Array): readonly Float64Array[] | null {
    const bits = new PacketBits(packet);
    const { modes, mappings, blocks, channels } = this.#setup;
    try {
      if (bits.flag()) return null;
      const mode = modes[bits.read(bitLength(modes.length - 1))];
      const mapping = mode === undefined ? undefined : mappings[mode.mapping];
      if (mode === undefined || mapping === undefined) throw damaged("a mode that does not exist");
      const isAfterLong = mode.isLong && bits.flag();
      const isBeforeLong = mode.isLong && bits.flag();
      const length = blocks[mode.isLong ? 1 : 0];
      const spectra = this.#spectra(bits, mapping, length / 2);
      const window = windowOf(length, mode.isLong && !isAfterLong ? blocks[0] : length, mode.isLong && !isBeforeLong ? blocks[0] : length);
      return Array.from({ length: channels }, (_, channel) => {
        const block = this.#transforms[mode.isLong ? 1 : 0].transform(spectra[channel] ?? new Float64Array(length / 2));
        for (let i = 0; i < length; i++) block[i] = (block[i] ?? 0) * (window[i] ?? 0);
        return block;
      });
    } catch (error) {
      if (error instanceof EndOfPacket) return null;
      // The tables refer to codebooks that do not exist.
      if (!(error instanceof BadFile)) throw new BadFile("is damaged: its tables contradict each other", { cause: error });
      throw error;
    }
  }

  #spectra(bits: PacketBits, { couplings, mux, submaps }: Mapping, length: number): readonly Float64Array[] {
    const { books, floors, residues, channels } = this.#setup;
    const floorOf = (channel: number) => floors[submaps[mux[channel] ?? 0]?.floor ?? -1];
    const heights = Array.from({ length: channels }, (_, channel) => {
      const floor = floorOf(channel);
      if (floor === undefined) throw damaged("a floor that does not exist");
      return floor.read(bits, books);
    });
    const isHeard = heights.map((each) => each !== null);
    for (const { magnitude, angle } of couplings) if (isHeard[magnitude] === true || isHeard[angle] === true) isHeard[magnitude] = isHeard[angle] = true;
    const spectra = Array.from({ length: channels }, () => new Float64Array(length));
    for (const [submap, { residue }] of submaps.entries()) {
      const own = spectra.flatMap((spectrum, channel) => ((mux[channel] ?? 0) === submap ? [isHeard[channel] === true ? spectrum : null] : []));
      residues[residue]?.read(bits, books, own, length);
    }
    for (const { magnitude, angle } of [...couplings].reverse()) uncouple(spectra[magnitude], spectra[angle]);
    for (const [channel, spectrum] of spectra.entries()) {
      const own = heights[channel] ?? null;
      if (own === null) spectrum.fill(0);
      else floorOf(channel)?.apply(own, spectrum);
    }
    return spectra;
  }
}

/** Restores two channels from magnitude and angle, in place. */
function uncouple(magnitudes: Float64Array | undefined, angles: Float64Array | undefined): void {
  if (magnitudes === undefined || angles === undefined) return;
  for (let i = 0; i < magnitudes.length; i++) {
    const [m, a] = [magnitudes[i] ?? 0, angles[i] ?? 0];
    if (a > 0) angles[i] = m > 0 ? m - a : m + a;
    else {
      angles[i] = m;
      magnitudes[i] = m > 0 ? m + a : m - a;
    }
  }
}

/** The window; each slope is as long as the shorter of the two overlapping blocks. */
function windowOf(length: number, left: number, right: number): Float64Array {
  const slope = (x: number) => Math.sin((Math.PI / 2) * Math.sin((Math.PI / 2) * x) ** 2);
  const [leftStart, rightStart] = [length / 4 - left / 4, (3 * length) / 4 - right / 4];
  return Float64Array.from({ length }, (_, i) => {
    if (i < leftStart || i >= rightStart + right / 2) return 0;
    if (i < leftStart + left / 2) return slope((i - leftStart + 0.5) / (left / 2));
    return i < rightStart ? 1 : slope(1 - (i - rightStart + 0.5) / (right / 2));
  });
}

/** Samples from the middle of one block to the middle of the next. */
function overlapped(before: Float64Array, after: Float64Array): Float64Array {
  const [m, n] = [before.length, after.length];
  return Float64Array.from({ length: m / 4 + n / 4 }, (_, i) => (before[m / 2 + i] ?? 0) + (after[i + n / 4 - m / 4] ?? 0));
}
