/** Examines some images of a set before they become samples: whether they are transparent, how bright their content is, and which values they use. */
import { at } from "../../../shared/kit/fault.ts";
import { BadFile } from "../sampleFiles/badFile.ts";
import { forEachParallel, parallelism } from "../sampleFiles/parallel.ts";
import { fingerprintOf } from "../sampleFiles/rowCache.ts";
import type { SampleFile } from "../sampleFiles/sampleFile.ts";
import { loadRaw } from "./load.ts";
import type { Raw } from "./raw.ts";
import { type Scanned, sourceOf } from "./scan.ts";
import { LUMA } from "./target.ts";

/** Number of images examined for transparency and for their values; usually the first one is enough. */
const LOOKS = 24;
const MEASURED = 512;
/** Images use few values if these span at most this fraction of their range: at least two bits are unused. */
export const SMALL_PART = 0.25;
/** Larger images are examined only if there are no others, because it takes long. */
const LARGE_PIXELS = 16_000_000;
/** Number of results kept in this process. */
const KEPT = 16;
/** Lossless formats, whose values are exact. JPEG and AVIF are for photographs, which use the full range. */
const EXACT: ReadonlySet<string> = new Set(["png", "bmp", "tiff", "gif", "pnm", "webp"]);

export interface Looked {
  /** Smallest and largest value of opaque pixels, in the unit of `white`; null if no image was examined for it. */
  readonly range: readonly [number, number] | null;
  /** Number of examined images with an alpha channel, and how many have transparent pixels. */
  readonly alphas: number;
  readonly transparent: number;
  /** Mean brightness of the opaque pixels in transparent images: 0 black, 1 white. */
  readonly brightness: number;
}

interface Wish {
  /** The value of white; 255 in sets of bytes. */
  readonly white: number;
  readonly measure: boolean;
  readonly background: boolean;
}

const known = new Map<string, Promise<Looked>>();

/** Unreadable images are skipped. The result depends only on the images, and is kept for the life of the process. */
export function lookAt(images: readonly Scanned<SampleFile>[], wish: Wish): Promise<Looked> {
  const alphas = wish.background
    ? spread(
        images.filter(({ image }) => image.header.alpha),
        LOOKS,
      )
    : [];
  const ranged = spread(wish.measure ? images : images.filter(({ image: { header } }) => EXACT.has(header.format)), MEASURED);
  const key = fingerprintOf([wish, [alphas, ranged].map((list) => list.map(({ place, path, image }) => [path, place, image.size, image.modified]))]);
  const earlier = known.get(key);
  if (earlier !== undefined) return earlier;
  const looked = look(alphas, ranged, wish);
  known.set(key, looked);
  looked.catch(() => known.delete(key));
  for (const oldest of known.keys()) if (known.size > KEPT) known.delete(oldest);
  return looked;
}

/** Picks images evenly spread over the list, small ones first. */
function spread(images: readonly Scanned<SampleFile>[], count: number): readonly Scanned<SampleFile>[] {
  const small = images.filter(({ image: { header } }) => header.height * header.width <= LARGE_PIXELS);
  const from = small.length > 0 ? small : images.slice(0, 1);
  if (from.length <= count) return from;
  return Array.from({ length: count }, (_, i) => at(from, Math.floor((i * from.length) / count)));
}

async function look(alphas: readonly Scanned<SampleFile>[], ranged: readonly Scanned<SampleFile>[], { white, measure }: Wish): Promise<Looked> {
  let [transparent, weight, light] = [0, 0, 0];
  await each(alphas, (raw) => {
    const found = contentOf(raw);
    if (found === null) return;
    transparent++;
    weight += found.weight;
    light += found.light;
  });
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  // One image that uses most of its range is enough, unless the range must be measured.
  const isWide = () => !measure && high - low > SMALL_PART * white;
  await each(
    ranged,
    (raw) => {
      const unit = raw.white === null ? 1 : white / raw.white;
      const [smallest, largest] = rangeOf(raw);
      if (!measure && isPlain(raw)) return;
      [low, high] = [Math.min(low, smallest * unit), Math.max(high, largest * unit)];
    },
    isWide,
  );
  const brightness = weight > 0 ? light / weight : 0;
  return { range: high >= low ? [low, high] : null, alphas: alphas.length, transparent, brightness };
}

async function each(images: readonly Scanned<SampleFile>[], use: (raw: Raw) => void, isEnough = () => false): Promise<void> {
  await forEachParallel(images, parallelism(), async (file) => {
    if (isEnough()) return;
    try {
      use(await loadRaw(sourceOf(file), file.image.header));
    } catch (error) {
      if (!(error instanceof BadFile) && !(error instanceof Error && "code" in error)) throw error;
    }
  });
}

/** Brightness of an image's opaque content, weighted by its transparency; null if nothing is transparent. */
function contentOf({ channels, values, white }: Raw): { readonly weight: number; readonly light: number } | null {
  if (channels % 2 === 1) return null;
  let [isTransparent, weight, light] = [false, 0, 0];
  const full = white ?? 1;
  for (let i = 0; i < values.length; i += channels) {
    const alpha = at(values, i + channels - 1) / full;
    if (alpha < 1) isTransparent = true;
    const value = channels === 2 ? at(values, i) : at(values, i) * LUMA[0] + at(values, i + 1) * LUMA[1] + at(values, i + 2) * LUMA[2];
    weight += alpha;
    light += (alpha * value) / full;
  }
  return isTransparent ? { weight, light } : null;
}

/** Whether the image has a single colour, which says nothing about the range of values. */
function isPlain({ channels, values }: Raw): boolean {
  return values.every((value, i) => value === values[i % channels]);
}

function rangeOf({ channels, values }: Raw): readonly [number, number] {
  const hasAlpha = channels % 2 === 0;
  const colours = channels > 2 ? 3 : 1;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i += channels) {
    if (hasAlpha && at(values, i + colours) === 0) continue;
    for (let c = 0; c < colours; c++) {
      const value = values[i + c] ?? 0;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return [low, high];
}
