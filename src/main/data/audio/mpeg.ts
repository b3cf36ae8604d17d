/** Reads headers of MPEG audio (ISO 11172-3, 13818-3): the first frame, and the Xing and LAME tags that give the length. */
import { BadFile } from "../sampleFiles/badFile.ts";
import type { FileBytes } from "../sampleFiles/fileBytes.ts";
import { type CompressedHeader, checked } from "./compressed.ts";

/** Delay in samples that LAME assumes for every decoder. */
const DECODER_DELAY = 529;
/** The first frame is searched within this many bytes after the tags. */
const SEARCHED = 64 * 1024;
/** Bit rates in kbit/s by layer, for MPEG 1 and MPEG 2. */
const RATES_1 = [
  [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
] as const;
const RATES_2 = [
  [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;
const SAMPLE_RATES = [44_100, 48_000, 32_000] as const;

interface MpegFrame {
  readonly sampleRate: number;
  readonly channels: number;
  readonly samples: number;
  readonly bytes: number;
  readonly kilobits: number;
  /** Bytes between the frame header and the Xing tag. */
  readonly side: number;
}

/**
 * Null if the file holds no MPEG audio frame.
 * @param offset after the tags
 */
export async function readMpegHeader(file: FileBytes, offset: number): Promise<CompressedHeader | null> {
  const bytes = await file.at(offset, SEARCHED);
  for (let p = 0; p + 4 <= bytes.length; p++) {
    const frame = frameAt(bytes, p);
    if (frame === null) continue;
    // Two consecutive frames, or one that fills the file, are not a coincidence.
    const next = p + frame.bytes;
    const isLast = offset + next >= file.size;
    if (p > 0 && next + 4 > bytes.length) continue;
    if (!isLast && next + 4 <= bytes.length && frameAt(bytes, next)?.sampleRate !== frame.sampleRate) continue;
    const tagged = taggedFrames(bytes, p + 4 + frame.side, frame);
    if (tagged !== null && tagged.bytes > file.size - offset - p)
      throw new BadFile(`is cut off: ${file.size - offset - p} of its ${tagged.bytes} bytes are there`);
    const about = Math.round(((file.size - offset - p) * frame.sampleRate) / (125 * frame.kilobits));
    const { sampleRate, channels } = frame;
    const frames = tagged?.frames ?? null;
    const delay = tagged?.delay ?? 0;
    // The frame that holds the tag is silent.
    const start = offset + p + (tagged === null ? 0 : frame.bytes);
    return checked({ codec: "mp3", sampleRate, channels, frames, about: frames ?? about, offset: start, bits: null, isOgg: false, delay });
  }
  return null;
}

function frameAt(bytes: Buffer, p: number): MpegFrame | null {
  if (p + 4 > bytes.length || bytes[p] !== 0xff) return null;
  const [second = 0, third = 0, fourth = 0] = bytes.subarray(p + 1, p + 4);
  const version = (second >> 3) & 3;
  const layer = 4 - ((second >> 1) & 3);
  const rate = SAMPLE_RATES[(third >> 2) & 3];
  if (second >> 5 !== 7 || version === 1 || layer === 4 || rate === undefined) return null;
  const isFirst = version === 3;
  const kilobits = (isFirst ? RATES_1 : RATES_2)[layer - 1]?.[third >> 4] ?? 0;
  if (kilobits === 0) return null;
  const sampleRate = rate / (isFirst ? 1 : version === 2 ? 2 : 4);
  const samples = layer === 1 ? 384 : layer === 3 && !isFirst ? 576 : 1152;
  const padding = (third >> 1) & 1;
  const length = layer === 1 ? 4 * (Math.floor((12_000 * kilobits) / sampleRate) + padding) : Math.floor((samples * 125 * kilobits) / sampleRate) + padding;
  const channels = fourth >> 6 === 3 ? 1 : 2;
  const side = isFirst ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17;
  return { sampleRate, channels, samples, bytes: length, kilobits, side };
}

/** The length according to a Xing or LAME tag: samples without the encoder's padding at both ends, and bytes. */
function taggedFrames(bytes: Buffer, at: number, frame: MpegFrame): { readonly frames: number; readonly bytes: number; readonly delay: number } | null {
  const name = bytes.toString("latin1", at, at + 4);
  if ((name !== "Xing" && name !== "Info") || at + 16 > bytes.length) return null;
  const flags = bytes.readUInt32BE(at + 4);
  if ((flags & 3) !== 3) return null;
  const [count, length] = [bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)];
  const lame = at + 120;
  const added = lame + 24 <= bytes.length && /^L(?:AME|avc|avf)/.test(bytes.toString("latin1", lame, lame + 4)) ? bytes.readUIntBE(lame + 21, 3) : 0;
  const [before, behind] = [added >> 12, added & 0xfff];
  return { frames: count * frame.samples - before - behind, bytes: length, delay: added === 0 ? 0 : before + DECODER_DELAY };
}
