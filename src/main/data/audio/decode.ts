/**
 * Decodes compressed audio. MP3 and Opus are decoded in WebAssembly (minimp3, libopus), so that a damaged file cannot crash the process.
 * Files are read only as far as needed.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createDecoder } from "minimp3-wasm";
import { OpusDecoder } from "opus-decoder";
import { BadFile } from "../sampleFiles/badFile.ts";
import type { FileBytes } from "../sampleFiles/fileBytes.ts";
import type { CompressedHeader } from "./compressed.ts";
import { flacFrames } from "./flac.ts";
import { oggPackets } from "./ogg.ts";
import { VorbisDecoder } from "./vorbis/vorbis.ts";

/** Allowed difference in samples: lossy encoders and decoders count the first and the last frame differently. */
const TOLERANCE = 2400;
/** First byte of the Vorbis packet that holds the codebooks. */
const TABLES = 5;
/** Opus packets decoded per call. */
const PACKETS = 50;
/** Most bytes of MP3 per second, plus a frame or two. */
const MP3_BYTES = 57_000;
/** Size of the header of a FLAC metadata block. The blocks are skipped; one may hold an image. */
const STREAM_INFO_BYTES = 4;

/** Samples of every channel, all of equal length. */
type Piece = readonly ArrayLike<number>[];

/**
 * The beginning of a recording as the mean of its channels.
 * @param most number of samples, at most
 * @throws BadFile if the file is cut off or damaged
 */
export async function decodeWave(file: FileBytes, header: CompressedHeader, most: number): Promise<Float64Array> {
  const wanted = Math.min(most, header.frames ?? Number.POSITIVE_INFINITY);
  const pieces: Float64Array[] = [];
  let length = 0;
  for await (const channels of piecesOf(file, header, wanted)) {
    const piece = meanOf(channels, wanted - length);
    pieces.push(piece);
    length += piece.length;
    if (length >= wanted) break;
  }
  if (length === 0) throw new BadFile("holds no audio that can be decoded");
  if (header.frames !== null && length < wanted - (header.codec === "flac" ? 0 : TOLERANCE))
    throw new BadFile(`is cut off: ${length} of its ${header.frames} samples can be decoded`);
  const wave = new Float64Array(length);
  for (let at = 0, i = 0; i < pieces.length; at += pieces[i]?.length ?? 0, i++) wave.set(pieces[i] ?? [], at);
  return wave;
}

function meanOf(channels: Piece, most: number): Float64Array {
  const count = Math.min(channels[0]?.length ?? 0, most);
  const mean = new Float64Array(count);
  for (const channel of channels) for (let i = 0; i < count; i++) mean[i] = (mean[i] ?? 0) + (channel[i] ?? 0);
  for (let i = 0; i < count; i++) mean[i] = (mean[i] ?? 0) / channels.length;
  return mean;
}

function piecesOf(file: FileBytes, header: CompressedHeader, wanted: number): AsyncIterable<Piece> {
  if (header.codec === "opus") return opusPieces(file);
  if (header.codec === "vorbis") return vorbisPieces(file);
  return header.codec === "mp3" ? mp3Pieces(file, header, wanted) : flacPieces(file, header, wanted);
}

async function* flacPieces(file: FileBytes, header: CompressedHeader, wanted: number): AsyncGenerator<Piece> {
  const bits = header.bits ?? 16;
  const format = { channels: header.channels, bits };
  // No frame is much larger than its samples.
  const enough = Math.min(file.size, 1.2 * wanted * header.channels * Math.ceil((bits + 1) / 8) + 1024 ** 2);
  const { bytes, start } = header.isOgg ? { bytes: await oggFrames(file, enough), start: 0 } : await nativeFrames(file, header.offset, enough);
  const scale = 2 ** (bits - 1);
  for (const channels of flacFrames(bytes, start, format)) yield channels.map((channel) => channel.map((value) => value / scale));
}

/** The FLAC frames after the metadata blocks. */
async function nativeFrames(file: FileBytes, offset: number, enough: number) {
  let start = offset + STREAM_INFO_BYTES;
  for (let isLast = false; !isLast; ) {
    const head = await file.at(start, 4);
    if (head.length < 4) throw new BadFile("is cut off inside its header");
    isLast = head.readUInt8(0) >= 0x80;
    start += 4 + head.readUIntBE(1, 3);
  }
  return { bytes: await file.at(start, enough), start: 0 };
}

/** In Ogg every packet after the metadata packets is a frame. */
async function oggFrames(file: FileBytes, enough: number): Promise<Buffer> {
  const frames: Buffer[] = [];
  let length = 0;
  for await (const packet of oggPackets(file)) {
    if (packet[0] !== 0xff) continue;
    frames.push(packet);
    length += packet.length;
    if (length > enough) break;
  }
  return Buffer.concat(frames);
}

/** The WebAssembly of minimp3 as a data URL, so that nothing is fetched. */
let minimp3: Promise<string> | null = null;

async function programOfMinimp3(): Promise<string> {
  const bytes = await readFile(createRequire(import.meta.url).resolve("minimp3-wasm/dist/decoder.opt.wasm"));
  return `data:application/wasm;base64,${bytes.toString("base64")}`;
}

async function* mp3Pieces(file: FileBytes, { offset, sampleRate, delay }: CompressedHeader, wanted: number): AsyncGenerator<Piece> {
  minimp3 ??= programOfMinimp3();
  const seconds = (wanted + delay + 2 * TOLERANCE) / sampleRate;
  const bytes = await file.at(offset, Math.min(file.size, Math.ceil(MP3_BYTES * seconds) + 65_536));
  // One instance per file, so that its memory is freed with it.
  const decoder = await createDecoder(bytes, await minimp3);
  let left = delay;
  for (;;) {
    const { pcm, numChannels, numSamples } = decoder.decode(10);
    if (numSamples === 0 || numChannels === 0) return;
    const count = Math.floor(numSamples / numChannels);
    const skipped = Math.min(left, count);
    left -= skipped;
    yield Array.from({ length: numChannels }, (_, channel) =>
      Float64Array.from({ length: count - skipped }, (_, i) => (pcm[(i + skipped) * numChannels + channel] ?? 0) / 32_768),
    );
  }
}

async function* vorbisPieces(file: FileBytes): AsyncGenerator<Piece> {
  let head: Buffer | null = null;
  let decoder: VorbisDecoder | null = null;
  for await (const packet of oggPackets(file)) {
    if (decoder !== null) yield decoder.decode(packet);
    // The second packet holds the tags.
    else if (head === null) head = packet;
    else if (packet[0] === TABLES) decoder = new VorbisDecoder(head, packet);
  }
}

async function* opusPieces(file: FileBytes): AsyncGenerator<Piece> {
  const packets = oggPackets(file);
  const first = await packets.next();
  if (first.done === true) return;
  const head = first.value;
  const channels = head.readUInt8(9);
  const hasMapping = head.readUInt8(18) !== 0 && head.length >= 21 + channels;
  const gain = 10 ** (head.readInt16LE(16) / 256 / 20);
  const decoder = new OpusDecoder({
    channels,
    preSkip: head.readUInt16LE(10),
    ...(hasMapping
      ? { streamCount: head.readUInt8(19), coupledStreamCount: head.readUInt8(20), channelMappingTable: [...head.subarray(21, 21 + channels)] }
      : { streamCount: 1, coupledStreamCount: channels - 1, channelMappingTable: channels === 1 ? [0] : [0, 1] }),
  });
  await decoder.ready;
  const decode = (held: readonly Buffer[]): Piece => {
    const { channelData, samplesDecoded, errors } = decoder.decodeFrames([...held]);
    if (errors.length > 0) throw new BadFile("is damaged: a packet of Opus cannot be decoded");
    return channelData.map((channel) => channel.subarray(0, samplesDecoded).map((value) => value * gain));
  };
  try {
    // Skips the packet with the tags.
    await packets.next();
    let held: Buffer[] = [];
    for await (const packet of packets) {
      held.push(packet);
      if (held.length < PACKETS) continue;
      yield decode(held);
      held = [];
    }
    if (held.length > 0) yield decode(held);
  } finally {
    decoder.free();
  }
}
