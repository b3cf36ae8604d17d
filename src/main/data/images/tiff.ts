/**
 * TIFF files that the decoder of the other formats does not support (TIFF 6.0 and its technical notes): floats, signed integers, unusual bit
 * depths, palettes, grey with alpha. Strips and tiles, interleaved or planar, uncompressed, LZW, Deflate or PackBits.
 */
import { inflateSync } from "node:zlib";
import { at } from "../../../shared/kit/fault.ts";
import { BadFile } from "../sampleFiles/badFile.ts";
import { FileBytes } from "../sampleFiles/fileBytes.ts";
import type { Raw } from "./raw.ts";
import { type Directory, firstPage, firstValue, isLittleEndian, readPage, TAG } from "./tiffDirectory.ts";
import { ALPHA_KINDS, whiteOf } from "./tiffHeader.ts";
import { unpackBits, unpackTiffLzw } from "./tiffPacking.ts";
import { readerOf, undoPredictor } from "./tiffValues.ts";

const CUT = "is cut off inside its image data";
const PALETTE = 3;
const PREMULTIPLIED = 1;
const UNSIGNED = 1;
const PACKINGS: ReadonlySet<number> = new Set([1, 5, 8, 32_773, 32_946]);

/**
 * Null if the decoder of the other formats supports the file.
 * @throws BadFile if the file is damaged
 */
export async function decodeTiff(bytes: Buffer): Promise<Raw | null> {
  const file = FileBytes.of(bytes);
  const little = await isLittleEndian(file);
  try {
    const { directory } = await readPage(file, await firstPage(file, little), little, true);
    return isOwn(directory) ? assemble(bytes, directory, little) : null;
  } catch (error) {
    if (error instanceof RangeError) throw new BadFile(CUT);
    throw error;
  }
}

function isOwn(directory: Directory): boolean {
  const [photometric, bits] = [firstValue(directory, TAG.photometric, 2), firstValue(directory, TAG.bits, 1)];
  if (!PACKINGS.has(firstValue(directory, TAG.compression, 1)) || photometric > PALETTE) return false;
  const usual = [1, 8, 16].includes(bits) && firstValue(directory, TAG.sampleFormat, UNSIGNED) === UNSIGNED && photometric !== PALETTE;
  const plainGrey = photometric === 2 || firstValue(directory, TAG.samples, 1) === 1;
  return !(usual && plainGrey && firstValue(directory, TAG.extraSamples, 0) !== PREMULTIPLIED);
}

/** Assembles strips or tiles to one image. */
function assemble(bytes: Buffer, directory: Directory, little: boolean): Raw {
  const value = (tag: number, otherwise: number) => firstValue(directory, tag, otherwise);
  const [width, height, samples, bits] = [value(TAG.width, 0), value(TAG.height, 0), value(TAG.samples, 1), value(TAG.bits, 1)];
  const sampleFormat = value(TAG.sampleFormat, UNSIGNED);
  const photometric = value(TAG.photometric, 2);
  const white = whiteOf(directory);
  const colours = photometric === 2 ? 3 : 1;
  const alpha = ALPHA_KINDS.has(value(TAG.extraSamples, 0)) && samples > colours ? 1 : 0;
  if (samples < colours) throw new BadFile("has a damaged header: channels are missing");
  const used = colours + alpha;
  const tiled = directory.has(TAG.tiles);
  const [blockWidth, blockHeight] = tiled
    ? [value(TAG.tileWidth, width), value(TAG.tileHeight, height)]
    : [width, Math.min(height, value(TAG.rowsPerStrip, height))];
  if (!(blockWidth > 0 && blockHeight > 0 && blockWidth * blockHeight <= 4 * Math.max(width * height, 65_536))) throw new BadFile("has a damaged header");
  const byChannel = value(TAG.planar, 1) === 2;
  const inBlock = byChannel ? 1 : samples;
  const rowBytes = Math.ceil((blockWidth * inBlock * bits) / 8);
  const [across, down] = [Math.ceil(width / blockWidth), Math.ceil(height / blockHeight)];
  const starts = directory.get(tiled ? TAG.tiles : TAG.strips) ?? [];
  const lengths = directory.get(tiled ? TAG.tileBytes : TAG.stripBytes) ?? [];
  const read = readerOf(bits, sampleFormat, little);
  const out = valuesFor(white, width * height * used);
  // Up to seven bits are scaled to eight; palette indices are kept.
  const scale = white === 255 && bits < 8 && photometric !== PALETTE ? 255 / (2 ** bits - 1) : 1;
  for (let block = 0; block < across * down * (byChannel ? used : 1); block++) {
    const channel = Math.floor(block / (across * down));
    const [left, top] = [(block % across) * blockWidth, Math.floor((block % (across * down)) / across) * blockHeight];
    const rows = tiled ? blockHeight : Math.min(blockHeight, height - top);
    const [start, length] = [at(starts, block), lengths[block] ?? bytes.length];
    if (start + (lengths[block] ?? 0) > bytes.length) throw new BadFile(CUT);
    const packed = bytes.subarray(start, start + length);
    const view = unpack(packed, value(TAG.compression, 1), rowBytes * rows);
    undoPredictor(view, { kind: value(TAG.predictor, 1), rows, rowBytes, samples: inBlock, bits, little });
    for (let y = 0; y < Math.min(rows, height - top); y++)
      for (let x = 0; x < Math.min(blockWidth, width - left); x++)
        for (let c = 0; c < (byChannel ? 1 : used); c++)
          out[((top + y) * width + left + x) * used + channel + c] = scale * read(view, y * rowBytes, x * inBlock + c);
  }
  if (photometric === 0 && white !== null) for (let i = 0; i < out.length; i += used) out[i] = white - at(out, i);
  const raw = { width, height, channels: used as Raw["channels"], values: out, white };
  if (alpha === 1 && value(TAG.extraSamples, 0) === PREMULTIPLIED) divideByAlpha(raw);
  return photometric === PALETTE ? coloured(raw, directory.get(TAG.palette) ?? []) : raw;
}

function valuesFor(white: number | null, length: number): Raw["values"] {
  return white === null ? new Float32Array(length) : white === 255 ? new Uint8Array(length) : new Uint16Array(length);
}

function unpack(packed: Buffer, compression: number, length: number): DataView {
  const bytes = compression === 1 ? Buffer.from(packed.subarray(0, length)) : unpacked(packed, compression, length);
  if (bytes.length < length) throw new BadFile(CUT);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function unpacked(packed: Buffer, compression: number, length: number): Uint8Array {
  if (compression === 5) return unpackTiffLzw(packed, length);
  if (compression === 32_773) return unpackBits(packed, length);
  try {
    return inflateSync(packed, { maxOutputLength: 2 * length + 1024 });
  } catch {
    throw new BadFile("has damaged image data");
  }
}

function divideByAlpha({ values, channels, white }: Raw): void {
  const opaque = white ?? 1;
  for (let i = 0; i < values.length; i += channels) {
    const alpha = at(values, i + channels - 1);
    for (let c = 0; alpha > 0 && c < channels - 1; c++) values[i + c] = Math.min(white ?? Number.POSITIVE_INFINITY, (at(values, i + c) * opaque) / alpha);
  }
}

/** @param palette all red values, then green, then blue, 16 bits each */
function coloured(raw: Raw, palette: readonly number[]): Raw {
  const size = palette.length / 3;
  const channels = raw.channels === 2 ? 4 : 3;
  const values = new Uint8Array(raw.width * raw.height * channels);
  for (let i = 0; i < raw.width * raw.height; i++) {
    const number = at(raw.values, i * raw.channels);
    for (let c = 0; c < 3; c++) values[i * channels + c] = (palette[c * size + number] ?? 0) >> 8;
    if (channels === 4) values[i * channels + 3] = at(raw.values, i * raw.channels + 1);
  }
  return { ...raw, channels, values, white: 255 };
}
