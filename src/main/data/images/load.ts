/** From an image's bytes to its pixels: natively where the decoder of @napi-rs/image reads the format, here where it does not. */
import { readFile } from "node:fs/promises";
import { Transformer } from "@napi-rs/image";
import { BadFile } from "../sampleFiles/badFile.ts";
import { decodeGif } from "./gif.ts";
import type { ImageHeader } from "./imageHeader.ts";
import { endsProperly } from "./jpegHeader.ts";
import { type Raw, rgbaOf, turn } from "./raw.ts";
import { decodeTiff } from "./tiff.ts";

/** A file, or what gives the bytes of an image that lies inside of one. */
export type ImageBytes = string | (() => Promise<Buffer>);

/** Decoded, and again with transparency for resizing. */
const BYTES_A_PIXEL = 7;
/** Below this the file's own bytes are as many, and those the collector sees. */
const SMALL_PIXELS = 65_536;

/**
 * An image that is not decoded yet, or one that was decoded here.
 * @throws BadFile where the file is damaged
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
  // The decoder fills what is missing of a JPEG with grey; the others it refuses.
  if (header.format === "jpeg" && !endsProperly(bytes)) throw new BadFile("is cut off inside its image data");
  const image = new Transformer(bytes);
  return header.orientation === 1 ? image : image.rotate(header.orientation);
}

/**
 * For work in eight bits, in native threads.
 * @throws BadFile where the file is damaged
 */
export async function loadBytes(source: ImageBytes, header: ImageHeader): Promise<Transformer> {
  const opened = await open(source, header);
  announce(header);
  return opened instanceof Transformer ? opened : Transformer.fromRgbaPixels(rgbaOf(opened), opened.width, opened.height);
}

/**
 * Every value that the file has.
 * @throws BadFile where the file is damaged
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

/** The decoder's errors in words for a file. */
export async function native<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new BadFile(decoderSentence(error instanceof Error ? error.message : String(error)));
  }
}

/** What a message of the decoder means: "The decoder for Png does not support the color type `Unknown(208)`" says nothing to a person. */
export function decoderSentence(message: string): string {
  if (/unexpected end|fill whole buffer|not enough/i.test(message)) return "is cut off inside its image data";
  if (/colou?r type/i.test(message)) return "holds pixels of a kind that cannot be decoded: save it as an RGB or grayscale image";
  if (/not support|unsupported/i.test(message))
    return "uses a part of its format that cannot be decoded: save it again with another program, for example as PNG";
  if (/crc|checksum/i.test(message)) return "is damaged: a checksum of its image data is wrong";
  return "is damaged: its image data cannot be decoded";
}

/**
 * The collector does not see what the decoder holds outside of its heap, and would let hundreds of images pile up. So it is shown
 * memory of the same size: pages that are never touched, and take no room.
 */
function announce({ height, width }: ImageHeader): void {
  if (height * width >= SMALL_PIXELS) new ArrayBuffer(height * width * BYTES_A_PIXEL);
}
