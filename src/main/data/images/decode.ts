/**
 * Turns images into samples: decodes them, applies the EXIF orientation, resizes them like Pillow (a triangle filter whose width follows the scale)
 * and blends transparent pixels with a background. Images of up to 8 bits are decoded and resized in native threads.
 */
import { FastResizeFilter, ResizeFit, Transformer } from "@napi-rs/image";
import { at } from "../../../shared/kit/fault.ts";
import { BadFile } from "../sampleFiles/badFile.ts";
import { type Fitted, fitDeep } from "./deep.ts";
import type { ImageHeader } from "./imageHeader.ts";
import { type ImageBytes, loadBytes, loadRaw, native } from "./load.ts";
import { BLACK, type Colour, type Placement, placementOf, type Target } from "./target.ts";

/** If resizing before cropping would exceed this many pixels, the image is cropped first. */
const MAX_COVER_PIXELS = 16_000_000;

/**
 * One image as [channels, height, width]: float32 if the target has its own white value, otherwise bytes.
 * @param header of the same file
 * @throws BadFile if the file is damaged
 */
export async function decodeImage(source: ImageBytes, header: ImageHeader, target: Target): Promise<Uint8Array | Float32Array> {
  return (await decodeFitted(source, header, target)).values;
}

/** Like decodeImage; also tells whether the image has transparent pixels. */
export async function decodeFitted(source: ImageBytes, header: ImageHeader, target: Target): Promise<Fitted<Uint8Array | Float32Array>> {
  const isDeep = target.white !== undefined || target.range !== undefined || header.white === null || ![255, 65_535].includes(header.white);
  return isDeep ? fitDeep(await loadRaw(source, header), target) : fitBytes(await loadBytes(source, header), header, target);
}

/** One image as [channels, height, width] in bytes, in its own size or scaled down to the given longer side, for display. */
export async function decodeOriginal(
  source: ImageBytes,
  header: ImageHeader,
  longest = 1024,
): Promise<{ readonly shape: readonly [number, number, number]; readonly values: Uint8Array }> {
  const scale = Math.min(1, longest / Math.max(header.height, header.width));
  const [height, width] = [header.height, header.width].map((side) => Math.max(1, Math.round(side * scale))) as [number, number];
  const { channels } = header;
  return { shape: [channels, height, width], values: Uint8Array.from(await decodeImage(source, header, { channels, height, width, fit: "stretch" })) };
}

async function fitBytes(decoded: Transformer, header: ImageHeader, target: Target): Promise<Fitted<Uint8Array>> {
  let [image, placement] = [decoded, placementOf(target, header)];
  if (placement.height * placement.width > MAX_COVER_PIXELS) {
    image = await cropMiddle(image, header, target.height / target.width);
    placement = { height: target.height, width: target.width, top: 0, left: 0 };
  }
  const { height, width } = placement;
  const pixels = await native(() => image.fastResize({ width, height, filter: FastResizeFilter.Bilinear, fit: ResizeFit.Fill }).rawPixels());
  if (pixels.length !== height * width * 4) throw new BadFile("has image data of another size than its header says");
  return place(pixels, placement, target);
}

/** The middle of an image in the wanted aspect ratio. The decoder crops after it resizes, so the crop is encoded again before resizing. */
async function cropMiddle(image: Transformer, { height, width }: ImageHeader, ratio: number): Promise<Transformer> {
  const h = Math.max(1, Math.min(height, Math.round(width * ratio)));
  const w = Math.max(1, Math.min(width, Math.round(height / ratio)));
  const whole = new Transformer(await native(() => image.png()));
  return new Transformer(await native(() => whole.crop(Math.floor((width - w) / 2), Math.floor((height - h) / 2), w, h).png()));
}

/** Blends RGBA pixels with a background [channels, height, width]; pixels outside are cut off. */
function place(pixels: Uint8Array, placed: Placement, { channels, height, width, background = BLACK }: Target): Fitted<Uint8Array> {
  const out = new Uint8Array(channels * height * width);
  const plane = height * width;
  if (channels === 1) out.fill(luma(...background));
  else for (let c = 0; c < 3; c++) out.fill(at(background, c), c * plane, (c + 1) * plane);
  const { top, left, height: h, width: w } = placed;
  let transparent = false;
  for (let y = Math.max(0, top); y < Math.min(height, top + h); y++)
    for (let x = Math.max(0, left); x < Math.min(width, left + w); x++) {
      const from = 4 * ((y - top) * w + x - left);
      const alpha = at(pixels, from + 3);
      if (alpha < 255) transparent = true;
      const [r, g, b] = blended(pixels, from, alpha, background);
      const to = y * width + x;
      if (channels === 1) out[to] = luma(r, g, b);
      else {
        out[to] = r;
        out[plane + to] = g;
        out[2 * plane + to] = b;
      }
    }
  return { values: out, transparent };
}

function blended(pixels: Uint8Array, from: number, alpha: number, background: Colour): Colour {
  const blend = (c: 0 | 1 | 2) => {
    const value = at(pixels, from + c);
    return alpha === 255 ? value : Math.round((value * alpha + background[c] * (255 - alpha)) / 255);
  };
  return [blend(0), blend(1), blend(2)];
}

/** ITU-R BT.601 luma, with the integer arithmetic of Pillow's conversion to "L". */
function luma(r: number, g: number, b: number): number {
  return (r * 19_595 + g * 38_470 + b * 7_471 + 0x8000) >> 16;
}
