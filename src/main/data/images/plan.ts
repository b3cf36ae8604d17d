/** Decides how images of several sizes and depths become samples of one kind, and records what was guessed. */
import { at } from "../../../shared/kit/fault.ts";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import type { Guess } from "../../../shared/recipe/guess.ts";
import type { SourceConfig } from "../../../shared/recipe/sources.ts";
import { BadFile } from "../sampleFiles/badFile.ts";
import { fingerprintOf, type RowSpec } from "../sampleFiles/rowCache.ts";
import { reasonOf, type SampleFile } from "../sampleFiles/sampleFile.ts";
import { decodeFitted } from "./decode.ts";
import { backgroundGuess, depthGuess, rangeGuess } from "./imageGuesses.ts";
import type { ImageHeader } from "./imageHeader.ts";
import { lookAt, SMALL_PART } from "./look.ts";
import { type Scanned, sourceOf } from "./scan.ts";
import { BLACK, type Colour, type Target } from "./target.ts";

export type ImageConfig = Pick<Extract<SourceConfig, { readonly type: "images" }>, "size" | "fit" | "channels" | "depth" | "range" | "background">;

/** How images become samples. */
export interface Plan {
  readonly target: Target;
  readonly guesses: readonly Guess[];
}

/** Increased when the same image becomes other values, so that old cache rows are not used. */
const VERSION = 2;
/** Largest side of a sample if no size is set. */
const MAX_DEFAULT_SIDE = 256;
/** A size or depth counts as usual if at least this fraction of the images has it. */
const USUAL = 0.1;
/** Images with more pixels are decoded one at a time: one takes up to 400 MB. */
const LARGE_PIXELS = 16_000_000;

/** @param judged the images that decide about values and background: the training images if others are held out */
export async function planOf(config: ImageConfig, images: readonly Scanned<SampleFile>[], judged = images): Promise<Plan> {
  const headers = images.map(({ image }) => image.header);
  const [height, width] = config.size ?? usualSize(headers);
  const channels = config.channels === "auto" ? (headers.some((header) => header.channels === 3) ? 3 : 1) : config.channels === "rgb" ? 3 : 1;
  const deep = headers.filter((header) => header.white !== 255);
  const isFull = config.depth === undefined ? deep.length > 0 && deep.length >= USUAL * headers.length : config.depth === "full" && deep.length > 0;
  const white = isFull ? deep.reduce((most, header) => Math.max(most, header.white ?? 0), 0) || 1 : undefined;
  const measure = config.range === "stretch";
  const looked = await lookAt(judged, { white: white ?? 255, measure, background: config.background === undefined });
  const isDark = looked.brightness < 0.5;
  const background = config.background === undefined ? (looked.transparent > 0 && isDark ? WHITE : BLACK) : colourOf(config.background);
  const [low, high] = looked.range ?? [0, 0];
  const hasBound = white !== 1;
  const guesses = [
    ...(config.depth === undefined && deep.length > 0 && deep.length < headers.length ? [depthGuess(deep.length, headers.length, isFull)] : []),
    ...(config.range === undefined && hasBound && high > low && high - low <= SMALL_PART * (white ?? 255) ? [rangeGuess([low, high], white ?? 255)] : []),
    ...(config.background === undefined && looked.transparent > 0 ? [backgroundGuess(looked, isDark)] : []),
  ];
  return {
    target: {
      channels,
      height,
      width,
      fit: config.fit,
      ...(background.every((value) => value === 0) ? {} : { background }),
      ...(white === undefined ? {} : { white }),
      ...(measure && high > low ? { range: [low, high] as const } : {}),
    },
    guesses,
  };
}

const WHITE: Colour = [255, 255, 255];

/** @param text in the format of the schema */
export function colourOf(text: string): Colour {
  if (text === "white") return WHITE;
  if (text === "black") return BLACK;
  const number = Number.parseInt(text.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}

/** The facts that follow from how images become samples. */
export function imageFacts({ target, guesses }: Plan): Pick<DatasetFacts, "sampleShape" | "elementType" | "pictures" | "guesses"> {
  const { channels, height, width, background, white, range } = target;
  const pictures = {
    ...(background === undefined ? {} : { background }),
    ...(white === undefined ? {} : { white }),
    ...(range === undefined ? {} : { range }),
  };
  return {
    sampleShape: [channels, height, width],
    elementType: white === undefined ? "uint8" : "float32",
    ...(Object.keys(pictures).length === 0 ? {} : { pictures }),
    ...(guesses.length === 0 ? {} : { guesses }),
  };
}

/**
 * The most frequent size; of equally frequent ones the one with the median area. If hardly two images have the same size, the median height and
 * width. Scaled down proportionally if a side is too long.
 */
function usualSize(headers: readonly ImageHeader[]): readonly [number, number] {
  const counts = new Map<string, { readonly size: readonly [number, number]; count: number }>();
  for (const { height, width } of headers) {
    const key = `${height}×${width}`;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { size: [height, width], count: 1 });
    else known.count++;
  }
  const most = [...counts.values()].reduce((max, { count }) => Math.max(max, count), 0);
  const candidates = [...counts.values()].filter(({ count }) => count === most).map(({ size }) => size);
  candidates.sort(([h1, w1], [h2, w2]) => h1 * w1 - h2 * w2 || h1 - h2);
  const [height, width] =
    most < USUAL * headers.length
      ? [median(headers.map((header) => header.height)), median(headers.map((header) => header.width))]
      : at(candidates, Math.floor((candidates.length - 1) / 2));
  const scale = Math.min(1, MAX_DEFAULT_SIDE / Math.max(height, width));
  return [Math.max(1, Math.round(height * scale)), Math.max(1, Math.round(width * scale))];
}

/** The cache rows of the images; rows with transparent pixels are marked. */
export function rowSpecOf(root: string, images: readonly Scanned<SampleFile>[], target: Target): RowSpec {
  return {
    folder: "images",
    fingerprint: fingerprintOf([VERSION, root, target, images.map(({ place, image }) => [place, image.size, image.modified])]),
    count: images.length,
    rowBytes: target.channels * target.height * target.width * (target.white === undefined ? 1 : Float32Array.BYTES_PER_ELEMENT),
    large: new Set(images.flatMap(({ image: { header } }, row) => (header.height * header.width > LARGE_PIXELS ? [row] : []))),
    async make(row, mark) {
      const file = at(images, row);
      try {
        const { values, transparent } = await decodeFitted(sourceOf(file), file.image.header, target);
        if (transparent) mark?.();
        return values instanceof Uint8Array ? values : new Uint8Array(values.buffer);
      } catch (error) {
        throw new BadFile(reasonOf(error), { cause: error });
      }
    },
  };
}

/** The median; of two middle values the smaller. */
export function median(values: number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
