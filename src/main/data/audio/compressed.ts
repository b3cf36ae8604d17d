/** The header of compressed audio, and how FLAC's (RFC 9639) is read. */
import { BadFile } from "../sampleFiles/badFile.ts";
import type { FileBytes } from "../sampleFiles/fileBytes.ts";
import { MAX_RATE } from "./wav.ts";

export type Codec = "flac" | "mp3" | "vorbis" | "opus";

export interface CompressedHeader {
  readonly codec: Codec;
  readonly sampleRate: number;
  readonly channels: number;
  /** Samples per channel; null if only decoding can tell. */
  readonly frames: number | null;
  /** Estimate of `frames` from the file's size; null if there is none. */
  readonly about: number | null;
  /** Offset of the audio in the file, after tags. */
  readonly offset: number;
  /** FLAC only: bits per sample. */
  readonly bits: number | null;
  /** FLAC only: whether the frames are in Ogg packets. */
  readonly isOgg: boolean;
  /** MP3 only: samples at the start that encoder and decoder add. */
  readonly delay: number;
}

const STREAM_INFO_BYTES = 42;

/** @param offset of the marker "fLaC" */
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
