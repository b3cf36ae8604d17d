/** Reads recordings of all supported formats. The format is recognized by the file's content, not by its name. */
import path from "node:path";
import { BadFile } from "../sampleFiles/badFile.ts";
import type { FileBytes } from "../sampleFiles/fileBytes.ts";
import { readAiffHeader, readAuHeader } from "./bigEndian.ts";
import { type CompressedHeader, readFlacHeader } from "./compressed.ts";
import { readMpegHeader } from "./mpeg.ts";
import { readOggHeader } from "./ogg.ts";
import { readWave, readWavHeader, type WavHeader } from "./wav.ts";

export type AudioHeader = (WavHeader & { readonly codec?: undefined }) | CompressedHeader;

/** Formats that are recognized but not supported: offset of the signature, the signature, and the name. */
const FOREIGN: readonly (readonly [number, string, string])[] = [
  [4, "ftyp", "MPEG-4 (AAC, ALAC or video)"],
  [0, "\xff\xf0", "AAC"],
  [0, "\xff\xf1", "AAC"],
  [0, "\xff\xf8", "AAC"],
  [0, "\xff\xf9", "AAC"],
  [0, "0&\xb2u\x8ef\xcf\x11", "Windows Media"],
  [0, "#!AMR", "AMR"],
  [0, "caff", "Core Audio"],
  [0, "MThd", "MIDI, which holds notes instead of audio"],
  [0, "\x1aE\xdf\xa3", "Matroska or WebM"],
  [0, "\x0bw", "AC-3"],
  [8, "AVI ", "video (AVI)"],
  [0, "FLV\x01", "video (FLV)"],
  [0, "wvpk", "WavPack"],
  [0, "MAC ", "Monkey's Audio"],
  [0, "NIST_1A", "NIST Sphere"],
];

const NAMES: Readonly<Record<string, string>> = {
  ".flac": "FLAC",
  ".mp3": "MP3",
  ".ogg": "Ogg",
  ".oga": "Ogg",
  ".opus": "Opus",
  ".aif": "AIFF",
  ".aiff": "AIFF",
  ".aifc": "AIFF",
  ".au": "AU",
  ".snd": "AU",
};

/**
 * @param name the file's name, for messages about unknown content
 * @throws BadFile if the file is not audio, is cut off, or has an unsupported format or encoding
 */
export async function readAudioHeader(file: FileBytes, name: string): Promise<AudioHeader> {
  if (file.size === 0) throw new BadFile("is empty");
  const head = (await file.at(0, 16)).toString("latin1");
  const foreign = FOREIGN.find(([at, bytes]) => head.startsWith(bytes, at));
  if (foreign !== undefined) throw new BadFile(`is ${foreign[2]}, judging by its content, which Descent does not read: convert it to WAV or FLAC`);
  if (/^FORM.{4}AIF[FC]/s.test(head)) return readAiffHeader(file);
  if (head.startsWith(".snd")) return readAuHeader(file);
  if (head.startsWith("OggS")) return readOggHeader(file);
  if (/^(?:RIFF|RF64)/.test(head)) return readWavHeader(file);
  const offset = await behindTags(file);
  if ((await file.at(offset, 4)).toString("latin1") === "fLaC") return readFlacHeader(file, offset);
  const mpeg = offset > 0 || head.startsWith("\xff") || /\.mp[123]$/i.test(name) ? await readMpegHeader(file, offset) : null;
  if (mpeg !== null) return mpeg;
  throw new BadFile(`is no ${NAMES[path.extname(name).toLowerCase()] ?? "WAV"} file, judging by its content`);
}

/** The offset of the audio after ID3 tags (id3.org), whose length is stored in seven bits of four bytes. */
async function behindTags(file: FileBytes): Promise<number> {
  let offset = 0;
  for (;;) {
    const head = await file.at(offset, 10);
    if (head.length < 10 || head.toString("latin1", 0, 3) !== "ID3") return offset;
    const length = [6, 7, 8, 9].reduce((sum, i) => sum * 128 + (head.readUInt8(i) & 0x7f), 0);
    offset += 10 + length + ((head.readUInt8(5) & 0x10) === 0 ? 0 : 10);
  }
}

/** The length of a recording, if its header or the file's size says it. */
export function secondsOf(header: AudioHeader): number | null {
  const frames = header.codec === undefined ? header.frames : header.about;
  return frames === null ? null : frames / header.sampleRate;
}

/**
 * The beginning of a recording as the mean of its channels, usually between −1 and 1.
 * @param most number of samples, at most
 * @throws BadFile if the file is cut off, damaged, or holds samples that are not finite
 */
export async function readAudio(file: FileBytes, header: AudioHeader, most: number): Promise<Float64Array> {
  if (header.codec === undefined) return readWave(file, header, most);
  // The decoders are loaded when the first file needs them.
  const { decodeWave } = await import("./decode.ts");
  return decodeWave(file, header, most);
}
