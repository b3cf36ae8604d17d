/**
 * Reads WAV files (Multimedia Programming Interface, IBM and Microsoft 1991; WAVE_FORMAT_EXTENSIBLE; RF64 after EBU Tech 3306): integers
 * of 8 to 32 bits and floats. The channels are averaged. Only the requested part is read.
 */
import { BadFile } from "../sampleFiles/badFile.ts";
import type { FileBytes } from "../sampleFiles/fileBytes.ts";

export interface WavHeader {
  readonly sampleRate: number;
  readonly channels: number;
  readonly encoding: "integer" | "float";
  readonly bytesPerSample: number;
  /** Offset of the samples in the file. */
  readonly offset: number;
  /** Samples per channel. */
  readonly frames: number;
  /** True for AIFF and AU: the first byte of a sample is the most significant. */
  readonly isBigEndian?: boolean;
  /** True for AIFF and AU: 8-bit samples are signed. */
  readonly hasSignedBytes?: boolean;
}

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;
/** Written by programs that do not know the length in advance. */
const UNKNOWN_LENGTH = 0x7ffff000;
/** Above any real recording's rate. The resampling filter grows with the rate. */
export const MAX_RATE = 1_000_000;
const NAMES: Readonly<Record<number, string>> = { 2: "ADPCM", 6: "A-law", 7: "µ-law", 17: "IMA ADPCM", 80: "MPEG", 85: "MP3" };

/** @throws BadFile if the file is not WAV, is cut off, or has an unsupported encoding */
export async function readWavHeader(file: FileBytes): Promise<WavHeader> {
  if (file.size === 0) throw new BadFile("is empty");
  const first = await file.at(0, 12);
  const container = first.toString("latin1", 0, 4);
  if (!["RIFF", "RF64"].includes(container) || first.toString("latin1", 8, 12) !== "WAVE") throw new BadFile("is not a WAV file, judging by its content");
  let format: Omit<WavHeader, "offset" | "frames"> | null = null;
  let longLength: number | null = null;
  for (let offset = 12; ; ) {
    const head = await file.at(offset, 8);
    if (head.length < 8) throw new BadFile(format === null ? "is cut off inside its header" : "has no samples: it ends before them");
    const name = head.toString("latin1", 0, 4);
    const length = head.readUInt32LE(4);
    if (name === "ds64") longLength = Number((await file.at(offset + 16, 8)).readBigUInt64LE(0));
    if (name === "fmt ") format = readFormat(await file.at(offset + 8, Math.min(length, 40)));
    if (name === "data") {
      if (format === null) throw new BadFile("has samples before their format");
      return { ...format, offset: offset + 8, frames: countFrames(format, length === 0xffffffff ? longLength : length, file.size - offset - 8) };
    }
    // Chunks of odd length are padded by one byte.
    offset += 8 + length + (length % 2);
  }
}

function readFormat(chunk: Buffer): Omit<WavHeader, "offset" | "frames"> {
  if (chunk.length < 16) throw new BadFile("is cut off inside its header");
  const tag = chunk.readUInt16LE(0);
  // The extensible format's tag is the beginning of a GUID.
  const kind = tag === EXTENSIBLE && chunk.length >= 26 ? chunk.readUInt16LE(24) : tag;
  const channels = chunk.readUInt16LE(2);
  const sampleRate = chunk.readUInt32LE(4);
  const frameBytes = chunk.readUInt16LE(12);
  const bits = chunk.readUInt16LE(14);
  const bytesPerSample = Math.ceil(bits / 8);
  if (kind !== PCM && kind !== FLOAT) throw new BadFile(`is of an encoding that Descent does not read (${NAMES[kind] ?? `format ${kind}`}): save it as PCM`);
  if (kind === PCM ? bytesPerSample < 1 || bytesPerSample > 4 : bits !== 32 && bits !== 64)
    throw new BadFile(`has samples of ${bits} bits, which Descent does not read`);
  if (channels === 0 || sampleRate === 0 || sampleRate > MAX_RATE || frameBytes !== channels * bytesPerSample)
    throw new BadFile(`has a damaged header: ${channels} channels, ${sampleRate} Hz, ${frameBytes} bytes per sample`);
  return { sampleRate, channels, encoding: kind === PCM ? "integer" : "float", bytesPerSample };
}

/**
 * @param length in bytes according to the header; null if it does not say
 * @param there bytes that are in the file
 * @throws BadFile if the file is cut off or empty
 */
export function countFrames(format: Pick<WavHeader, "channels" | "bytesPerSample">, length: number | null, there: number): number {
  const unknown = length === null || (length >= UNKNOWN_LENGTH && length > there);
  if (!unknown && length > there) throw new BadFile(`is cut off: ${there} of its ${length} bytes of samples are present`);
  const frames = Math.floor((unknown ? there : length) / (format.channels * format.bytesPerSample));
  if (frames === 0) throw new BadFile("has no samples");
  return frames;
}

/**
 * The beginning of a recording as the mean of its channels, scaled to −1 … 1 for integers.
 * @param most number of samples, at most
 * @throws BadFile if a sample is not finite
 */
export async function readWave(file: FileBytes, header: WavHeader, most: number): Promise<Float64Array> {
  const { channels, bytesPerSample, offset } = header;
  const frames = Math.min(header.frames, most);
  const bytes = await file.at(offset, frames * channels * bytesPerSample);
  if (bytes.length < frames * channels * bytesPerSample) throw new BadFile("is cut off inside its samples");
  const read = sampleReader(header, bytes);
  const wave = new Float64Array(frames);
  for (let frame = 0, sample = 0; frame < frames; frame++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++, sample++) sum += read(sample * bytesPerSample);
    wave[frame] = sum / channels;
  }
  if (!wave.every(Number.isFinite)) throw new BadFile("holds samples that are not finite numbers");
  return wave;
}

function sampleReader(header: WavHeader, bytes: Buffer): (offset: number) => number {
  const { encoding, bytesPerSample, isBigEndian = false, hasSignedBytes = false } = header;
  if (encoding === "float" && bytesPerSample === 4) return isBigEndian ? (offset) => bytes.readFloatBE(offset) : (offset) => bytes.readFloatLE(offset);
  if (encoding === "float") return isBigEndian ? (offset) => bytes.readDoubleBE(offset) : (offset) => bytes.readDoubleLE(offset);
  // 8-bit WAV samples are unsigned: silence is 128.
  if (bytesPerSample === 1) return hasSignedBytes ? (offset) => bytes.readInt8(offset) / 128 : (offset) => (bytes.readUInt8(offset) - 128) / 128;
  const scale = 2 ** (8 * bytesPerSample - 1);
  return isBigEndian ? (offset) => bytes.readIntBE(offset, bytesPerSample) / scale : (offset) => bytes.readIntLE(offset, bytesPerSample) / scale;
}
