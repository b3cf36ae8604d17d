/** Reads Ogg (RFC 3533): pages, their packets, and what the first packet says about the audio. */
import { BadFile } from "../sampleFiles/badFile.ts";
import type { FileBytes } from "../sampleFiles/fileBytes.ts";
import { type CompressedHeader, checked } from "./compressed.ts";

const HEAD_BYTES = 27;
const CHECKSUM_AT = 22;
/** Largest size of a page. */
const PAGE_BYTES = 65_307;
/** Opus counts 48,000 samples per second, whatever rate was recorded. */
const OPUS_RATE = 48_000;

interface Page {
  readonly serial: number;
  /** Samples up to the end of the page, counted by the codec; −1 if no packet ends in this page. */
  readonly granule: number;
  readonly isContinued: boolean;
  /** Whether this is the stream's last page. */
  readonly isLast: boolean;
  readonly segments: Buffer;
  readonly body: Buffer;
  readonly length: number;
}

/** @throws BadFile if the file is cut off or has an unsupported codec */
export async function readOggHeader(file: FileBytes): Promise<CompressedHeader> {
  const first = await readPage(file, 0);
  if (first === null) throw new BadFile("is cut off inside its header");
  const packet = first.body;
  const last = await lastPage(file, first.serial);
  const total = last === null || last.granule < 0 ? null : last.granule;
  if (packet.toString("latin1", 0, 7) === "\x01vorbis" && packet.length >= 29) {
    const [sampleRate, channels] = [packet.readUInt32LE(12), packet.readUInt8(11)];
    return checked({ codec: "vorbis", sampleRate, channels, frames: total, about: total, offset: 0, bits: null, isOgg: true, delay: 0 });
  }
  if (packet.toString("latin1", 0, 8) === "OpusHead" && packet.length >= 19) {
    const frames = total === null ? null : Math.max(0, total - packet.readUInt16LE(10));
    return checked({
      codec: "opus",
      sampleRate: OPUS_RATE,
      channels: packet.readUInt8(9),
      frames,
      about: frames,
      offset: 0,
      bits: null,
      isOgg: true,
      delay: 0,
    });
  }
  if (packet.toString("latin1", 0, 5) === "\x7fFLAC" && packet.length >= 51) {
    const packed = packet.readBigUInt64BE(27);
    const [sampleRate, channels, bits] = [Number(packed >> 44n), Number((packed >> 41n) & 7n) + 1, Number((packed >> 36n) & 31n) + 1];
    const frames = Number(packed & 0xfffffffffn) || total;
    return checked({ codec: "flac", sampleRate, channels, bits, frames, about: frames, offset: 0, isOgg: true, delay: 0 });
  }
  const name = packet.toString("latin1", 0, 5) === "Speex" ? "Speex" : "another codec";
  throw new BadFile(`holds ${name} in Ogg, which Descent does not read: convert it to WAV or FLAC`);
}

/**
 * The packets of the first stream, in order.
 * @throws BadFile if something other than a page follows a page
 */
export async function* oggPackets(file: FileBytes): AsyncGenerator<Buffer> {
  let serial: number | null = null;
  let held: Buffer[] = [];
  let hasEnded = false;
  for (let offset = 0; ; ) {
    const page = await readPage(file, offset);
    if (page === null && offset < file.size && !hasEnded) throw new BadFile("is damaged: a page is followed by something else");
    if (page === null) return;
    offset += page.length;
    hasEnded ||= page.isLast;
    serial ??= page.serial;
    if (page.serial !== serial) continue;
    if (!page.isContinued) held = [];
    let from = 0;
    for (const length of page.segments) {
      held.push(page.body.subarray(from, from + length));
      from += length;
      if (length === 255) continue;
      yield Buffer.concat(held);
      held = [];
    }
  }
}

/**
 * Null if there is no complete page at the offset.
 * @throws BadFile if its checksum is wrong
 */
async function readPage(file: FileBytes, offset: number): Promise<Page | null> {
  const bytes = await file.at(offset, PAGE_BYTES);
  if (bytes.length < HEAD_BYTES || bytes.toString("latin1", 0, 4) !== "OggS") return null;
  const segments = bytes.subarray(HEAD_BYTES, HEAD_BYTES + bytes.readUInt8(26));
  const start = HEAD_BYTES + bytes.readUInt8(26);
  const length = start + segments.reduce((sum, each) => sum + each, 0);
  if (bytes.length < length) return null;
  if (checksum(bytes, length) !== bytes.readUInt32LE(CHECKSUM_AT)) throw new BadFile("is damaged: the checksum of a page is wrong");
  return {
    serial: bytes.readUInt32LE(14),
    granule: Number(bytes.readBigInt64LE(6)),
    isContinued: (bytes.readUInt8(5) & 1) === 1,
    isLast: (bytes.readUInt8(5) & 4) === 4,
    segments,
    body: bytes.subarray(start, length),
    length,
  };
}

/**
 * The last page of a stream.
 * @throws BadFile if the file ends inside a page
 */
async function lastPage(file: FileBytes, serial: number): Promise<Page | null> {
  const from = Math.max(0, file.size - 2 * PAGE_BYTES);
  const bytes = await file.at(from, file.size - from);
  for (let p = bytes.lastIndexOf("OggS"); p >= 0; p = p === 0 ? -1 : bytes.lastIndexOf("OggS", p - 1)) {
    const page = await readPage(file, from + p);
    if (page === null) throw new BadFile("is cut off: its last page is incomplete");
    if (page.serial === serial) return page;
  }
  return null;
}

const CHECKS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit++) value = value < 0 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value;
});

/** Computed as if the page's own checksum field were zero. */
function checksum(bytes: Uint8Array, length: number): number {
  let value = 0;
  for (let i = 0; i < length; i++) {
    const byte = i >= CHECKSUM_AT && i < CHECKSUM_AT + 4 ? 0 : (bytes[i] ?? 0);
    value = (value << 8) ^ (CHECKS[((value >>> 24) ^ byte) & 0xff] ?? 0);
  }
  return value >>> 0;
}
