/** Audio formats of Apple and Sun: AIFF and AIFF-C (Apple 1989, 1991) and AU. Integers and floats without compression, as in WAV. */
import { BadFile } from "../sampleFiles/badFile.ts";
import type { FileBytes } from "../sampleFiles/fileBytes.ts";
import { countFrames, MAX_RATE, type WavHeader } from "./wav.ts";

const UNKNOWN = 0xffffffff;
/** Bytes per sample, by AU's encoding number. */
const AU_INTEGERS: Readonly<Record<number, number>> = { 2: 1, 3: 2, 4: 3, 5: 4 };
const AU_FLOATS: Readonly<Record<number, number>> = { 6: 4, 7: 8 };

/** @throws BadFile if the file is cut off or has an unsupported encoding */
export async function readAiffHeader(file: FileBytes): Promise<WavHeader> {
  let common: Omit<WavHeader, "offset" | "frames"> | null = null;
  let samples: { readonly offset: number; readonly length: number } | null = null;
  for (let offset = 12; common === null || samples === null; ) {
    const head = await file.at(offset, 8);
    if (head.length < 8) throw new BadFile(common === null ? "is cut off inside its header" : "has no samples: it ends before them");
    const name = head.toString("latin1", 0, 4);
    const length = head.readUInt32BE(4);
    if (name === "COMM") common = readCommon(await file.at(offset + 8, Math.min(length, 64)));
    if (name === "SSND") {
      const skipped = await file.at(offset + 8, 8);
      if (skipped.length < 8) throw new BadFile("has no samples: it ends before them");
      const start = offset + 16 + skipped.readUInt32BE(0);
      samples = { offset: start, length: offset + 8 + length - start };
    }
    offset += 8 + length + (length % 2);
  }
  return { ...common, offset: samples.offset, frames: countFrames(common, samples.length, file.size - samples.offset) };
}

function readCommon(chunk: Buffer): Omit<WavHeader, "offset" | "frames"> {
  if (chunk.length < 18) throw new BadFile("is cut off inside its header");
  const bits = chunk.readUInt16BE(6);
  const compression = chunk.length >= 22 ? chunk.toString("latin1", 18, 22) : "NONE";
  const isFloat = /^fl(?:32|64)$/i.test(compression);
  if (!isFloat && !["NONE", "twos", "sowt", "in24", "in32"].includes(compression))
    throw new BadFile(`is of an encoding that Descent does not read (${compression.trim()}): save it as PCM`);
  const bytesPerSample = isFloat ? Number(compression.slice(2)) / 8 : Math.ceil(bits / 8);
  return checked({
    channels: chunk.readUInt16BE(0),
    sampleRate: Math.round(extended(chunk)),
    encoding: isFloat ? "float" : "integer",
    bytesPerSample,
    isBigEndian: compression !== "sowt",
    hasSignedBytes: true,
  });
}

/** The sample rate, an 80-bit floating-point number. */
function extended(chunk: Buffer): number {
  const exponent = chunk.readUInt16BE(8) & 0x7fff;
  return Number(chunk.readBigUInt64BE(10)) * 2 ** (exponent - 16_383 - 63);
}

/** @throws BadFile if the file is cut off or has an unsupported encoding */
export async function readAuHeader(file: FileBytes): Promise<WavHeader> {
  const head = await file.at(0, 24);
  if (head.length < 24) throw new BadFile("is cut off inside its header");
  const [offset, length, kind] = [head.readUInt32BE(4), head.readUInt32BE(8), head.readUInt32BE(12)];
  const bytesPerSample = AU_INTEGERS[kind] ?? AU_FLOATS[kind];
  if (bytesPerSample === undefined)
    throw new BadFile(
      `is of an encoding that Descent does not read (${kind === 1 ? "µ-law" : kind === 27 ? "A-law" : `number ${kind}`}): save it as PCM, for instance as WAV`,
    );
  const format = checked({
    channels: head.readUInt32BE(20),
    sampleRate: head.readUInt32BE(16),
    encoding: AU_FLOATS[kind] === undefined ? "integer" : "float",
    bytesPerSample,
    isBigEndian: true,
    hasSignedBytes: true,
  });
  return { ...format, offset, frames: countFrames(format, length === UNKNOWN ? null : length, file.size - offset) };
}

function checked(format: Omit<WavHeader, "offset" | "frames">): Omit<WavHeader, "offset" | "frames"> {
  const { channels, sampleRate, bytesPerSample } = format;
  if (bytesPerSample < 1 || (bytesPerSample > 4 && format.encoding === "integer")) throw new BadFile(`has samples of ${8 * bytesPerSample} bits`);
  if (channels === 0 || channels > 1024 || !(sampleRate > 0 && sampleRate <= MAX_RATE))
    throw new BadFile(`has a damaged header: ${channels} channels, ${sampleRate} Hz`);
  return format;
}
