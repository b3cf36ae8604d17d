/** What the header of compressed sound says, and that of FLAC (RFC 9639). */
import { BadFile } from "../sampleFiles/badFile.ts";
import type { FileBytes } from "../sampleFiles/fileBytes.ts";
import { MAX_RATE } from "./wav.ts";

export type Codec = "flac" | "mp3" | "vorbis" | "opus";

export interface CompressedHeader {
  readonly codec: Codec;
  readonly sampleRate: number;
  readonly channels: number;
  /** Samples a channel; null where only decoding tells. */
  readonly frames: number | null;
  /** The same as far as the file's size tells; null where that says nothing. */
  readonly about: number | null;
  /** Where the sound begins in the file, behind tags. */
  readonly offset: number;
  /** Of FLAC: the bits of a sample. */
  readonly bits: number | null;
  /** Of FLAC: whether its frames are packets of Ogg. */
  readonly isOgg: boolean;
  /** Of MP3: samples in front that the encoder and the decoder add. */
  readonly delay: number;
}

const STREAM_INFO_BYTES = 42;

/** @param offset where "fLaC" stands */
export async function readFlacHeader(file: FileBytes, offset: number): Promise<CompressedHeader> {
  const head = (await file.at(offset, STREAM_INFO_BYTES)).subarray(8);
  if (head.length < 18) throw new BadFile("is cut off inside its header");
  const packed = head.readBigUInt64BE(10);
  const frames = Number(packed & 0xfffffffffn);
  return checked({
    codec: "flac",
    sampleRate: Number(packed >> 44n),
    channels: Number((packed >> 41n) & 7n) + 1,
    bits: Number((packed >> 36n) & 31n) + 1,
    frames: frames === 0 ? null : frames,
    about: frames === 0 ? null : frames,
    offset,
    isOgg: false,
    delay: 0,
  });
}

export function checked(header: CompressedHeader): CompressedHeader {
  const { sampleRate, channels } = header;
  if (channels < 1 || !(sampleRate > 0 && sampleRate <= MAX_RATE)) throw new BadFile(`has a damaged header: ${channels} channels, ${sampleRate} Hz`);
  return header;
}
