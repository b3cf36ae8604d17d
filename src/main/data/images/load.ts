/** Decodes an image's bytes to pixels: natively if @napi-rs/image supports the format, otherwise here. */
import { readFile } from "node:fs/promises";
import { Transformer } from "@napi-rs/image";
import { BadFile } from "../sampleFiles/badFile.ts";
import { decodeGif } from "./gif.ts";
import type { ImageHeader } from "./imageHeader.ts";
import { endsProperly } from "./jpegHeader.ts";
import { type Raw, rgbaOf, turn } from "./raw.ts";
import { decodeTiff } from "./tiff.ts";

/** A file, or a function that returns the bytes of an image inside a file. */
export type ImageBytes = string | (() => Promise<Buffer>);

/** Memory per pixel of a decoded image, plus a copy with transparency for resizing. */
const BYTES_A_PIXEL = 7;
/** For images with fewer pixels the file buffer is about as large, and the garbage collector sees that one. */
const SMALL_PIXELS = 65_536;

/**
 * Opens an image: natively (decoded later), or decoded here.
 * @throws BadFile if the file is damaged
 */
async function open(source: ImageBytes, header: ImageHeader): Promise<Transformer | Raw> {
  const bytes = typeof source === "string" ? await readFile(source) : await source();
  if (header.format === "gif") {
    const { pixels, width, height } = decodeGif(bytes);
    return { width, height, channels: 4, values: pixels, white: 255 };
  }
  if (header.format === "tiff") {
    const raw = await decodeTiff(bytes);
    if (raw !== null) return turn(raw, header.orientation);
  }
  // The decoder fills missing parts of a JPEG with grey instead of failing.
  if (header.format === "jpeg" && !endsProperly(bytes)) throw new BadFile("is cut off inside its image data");
  const image = new Transformer(bytes);
  return header.orientation === 1 ? image : image.rotate(header.orientation);
}

/**
 * Loads an image for 8-bit processing in native threads.
 * @throws BadFile if the file is damaged
 */
export async function loadBytes(source: ImageBytes, header: ImageHeader): Promise<Transformer> {
  const opened = await open(source, header);
  announce(header);
  return opened instanceof Transformer ? opened : Transformer.fromRgbaPixels(rgbaOf(opened), opened.width, opened.height);
}

/**
 * Loads the exact values of the file.
 * @throws BadFile if the file is damaged
 */
export async function loadRaw(source: ImageBytes, header: ImageHeader): Promise<Raw> {
  const opened = await open(source, header);
  announce(header);
  if (!(opened instanceof Transformer)) return opened;
  const pixels = await native(() => opened.rawPixels());
  const { height, width } = header;
  const size = header.white === 255 ? 1 : 2;
  const channels = pixels.length / (height * width * size);
  if (channels !== 1 && channels !== 2 && channels !== 3 && channels !== 4) throw new BadFile("has image data of another size than its header says");
  const bytes = new Uint8Array(pixels);
  return { width, height, channels, values: size === 1 ? bytes : new Uint16Array(bytes.buffer), white: size === 1 ? 255 : 65_535 };
}

/** Turns the decoder's errors into messages about the file. */
export async function native<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new BadFile(decoderSentence(error instanceof Error ? error.message : String(error)));
  }
}

/** Explains a message of the decoder: "The decoder for Png does not support the color type `Unknown(208)`" does not help a user. */
export function decoderSentence(message: string): string {
  if (/unexpected end|fill whole buffer|not enough/i.test(message)) return "is cut off inside its image data";
  if (/colou?r type/i.test(message)) return "holds pixels of a kind that cannot be decoded: save it as an RGB or grayscale image";
  if (/not support|unsupported/i.test(message))
    return "uses a part of its format that cannot be decoded: save it again with another program, for example as PNG";
  if (/crc|checksum/i.test(message)) return "is damaged: a checksum of its image data is wrong";
  return "is damaged: its image data cannot be decoded";
}

/**
 * The garbage collector does not see the decoder's native memory, and hundreds of images would pile up. So an array of the same
 * size is allocated; its pages are never touched and take no memory.
 */
function announce({ height, width }: ImageHeader): void {
  if (height * width >= SMALL_PIXELS) new ArrayBuffer(height * width * BYTES_A_PIXEL);
}
