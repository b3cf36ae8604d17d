/**
 * Pictures as samples: decoded, turned upright by EXIF, brought to one size by the resampling of Pillow (a triangle filter as wide as the
 * shrinking asks for), blended on black where they are transparent, 16 bits rounded to 8. Decoding and resizing run in native threads.
 */
import { readFile } from "node:fs/promises";
import { FastResizeFilter, ResizeFit, Transformer } from "@napi-rs/image";
import { at } from "../../../shared/kit/fault.ts";
import { BadFile } from "../sampleFiles/badFile.ts";
import { decodeGif } from "./gif.ts";
import type { PictureHeader } from "./header.ts";
import { endsProperly } from "./jpegHeader.ts";

export type Fit = "stretch" | "crop" | "pad";

/** What every picture becomes. */
export interface Target {
  readonly channels: 1 | 3;
  readonly height: number;
  readonly width: number;
  readonly fit: Fit;
}

/** Decoded, and again with transparency for resizing. */
const BYTES_A_PIXEL = 7;
/** Below this the file's own bytes are as many, and those the collector sees. */
const SMALL_PIXELS = 65_536;
/** A picture resized beyond this to be cropped is cropped first. */
const MAX_COVER_PIXELS = 16_000_000;

/**
 * One picture as [channels, height, width].
 * @param header of the same file
 * @throws BadFile where the file is damaged
 */
export async function decodePicture(file: string, header: PictureHeader, target: Target): Promise<Uint8Array> {
  let picture = await load(file, header);
  announce(header);
  const { height, width, fit } = target;
  const scale = fit === "crop" ? Math.max(height / header.height, width / header.width) : Math.min(height / header.height, width / header.width);
  const scaled = (side: number, limit: number) =>
    Math.max(1, fit === "crop" ? Math.max(limit, Math.round(side * scale)) : Math.min(limit, Math.round(side * scale)));
  let [h, w] = fit === "stretch" ? [height, width] : [scaled(header.height, height), scaled(header.width, width)];
  if (h * w > MAX_COVER_PIXELS) {
    picture = await cropMiddle(picture, header, height / width);
    [h, w] = [height, width];
  }
  const pixels = await native(() => picture.fastResize({ width: w, height: h, filter: FastResizeFilter.Bilinear, fit: ResizeFit.Fill }).rawPixels());
  if (pixels.length !== h * w * 4) throw new BadFile("has picture data of another size than its header says");
  return place(pixels, h, w, target);
}

/** One picture in its own size, or smaller with the longer side as given, as [channels, height, width]: for looking at. */
export async function decodeOriginal(
  file: string,
  header: PictureHeader,
  longest = 1024,
): Promise<{ readonly shape: readonly [number, number, number]; readonly values: Uint8Array }> {
  const scale = Math.min(1, longest / Math.max(header.height, header.width));
  const [height, width] = [header.height, header.width].map((side) => Math.max(1, Math.round(side * scale))) as [number, number];
  const { channels } = header;
  return { shape: [channels, height, width], values: await decodePicture(file, header, { channels, height, width, fit: "stretch" }) };
}

async function load(file: string, header: PictureHeader): Promise<Transformer> {
  const bytes = await readFile(file);
  if (header.format === "gif") {
    const { pixels, width, height } = decodeGif(bytes);
    return Transformer.fromRgbaPixels(pixels, width, height);
  }
  // The decoder fills what is missing of a JPEG with grey; the others it refuses.
  if (header.format === "jpeg" && !endsProperly(bytes)) throw new BadFile("is cut off inside its picture data");
  const picture = new Transformer(bytes);
  return header.orientation === 1 ? picture : picture.rotate(header.orientation);
}

/** The middle of a picture in the wanted shape. The decoder crops after it resizes, so what was cut out is packed again. */
async function cropMiddle(picture: Transformer, { height, width }: PictureHeader, ratio: number): Promise<Transformer> {
  const h = Math.max(1, Math.min(height, Math.round(width * ratio)));
  const w = Math.max(1, Math.min(width, Math.round(height / ratio)));
  const whole = new Transformer(await native(() => picture.png()));
  return new Transformer(await native(() => whole.crop(Math.floor((width - w) / 2), Math.floor((height - h) / 2), w, h).png()));
}

/** RGBA [h, w, 4] onto the middle of a black picture [channels, height, width]; what does not fit is cut off. */
function place(pixels: Uint8Array, h: number, w: number, { channels, height, width }: Target): Uint8Array {
  const out = new Uint8Array(channels * height * width);
  const top = Math.floor((height - h) / 2);
  const left = Math.floor((width - w) / 2);
  const plane = height * width;
  for (let y = Math.max(0, top); y < Math.min(height, top + h); y++)
    for (let x = Math.max(0, left); x < Math.min(width, left + w); x++) {
      const from = 4 * ((y - top) * w + x - left);
      const alpha = at(pixels, from + 3);
      const [r, g, b] = [blend(at(pixels, from), alpha), blend(at(pixels, from + 1), alpha), blend(at(pixels, from + 2), alpha)];
      const to = y * width + x;
      if (channels === 1) out[to] = luma(r, g, b);
      else {
        out[to] = r;
        out[plane + to] = g;
        out[2 * plane + to] = b;
      }
    }
  return out;
}

function blend(value: number, alpha: number): number {
  return alpha === 255 ? value : Math.round((value * alpha) / 255);
}

/** ITU-R BT.601, in the whole numbers of Pillow's conversion to "L". */
function luma(r: number, g: number, b: number): number {
  return (r * 19_595 + g * 38_470 + b * 7_471 + 0x8000) >> 16;
}

/** The decoder's errors in words for a file. */
async function native<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const text = (error instanceof Error ? error.message : String(error)).replace(/^Decode image failed\s*/, "").replace(/^Format error decoding \w+:\s*/, "");
    throw new BadFile(/unexpected end|fill whole buffer|not enough/i.test(text) ? "is cut off inside its picture data" : `cannot be decoded: ${text.trim()}`);
  }
}

/**
 * The collector does not see what the decoder holds outside of its heap, and would let hundreds of pictures pile up. So it is shown
 * memory of the same size: pages that are never touched, and take no room.
 */
function announce({ height, width }: PictureHeader): void {
  if (height * width >= SMALL_PIXELS) new ArrayBuffer(height * width * BYTES_A_PIXEL);
}
