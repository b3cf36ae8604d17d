/** From pictures of several sizes to samples of one: the size and channels of all, and what should be known of it. */
import type { DataProblem } from "../../../shared/contract/inspection.ts";
import { at } from "../../../shared/kit/fault.ts";
import type { SourceConfig } from "../../../shared/recipe/sources.ts";
import { BadFile } from "../sampleFiles/badFile.ts";
import { countOf, format, problemOf } from "../sampleFiles/findings.ts";
import { fingerprintOf, type RowSpec } from "../sampleFiles/rowCache.ts";
import { reasonOf, type SampleFile } from "../sampleFiles/sampleFile.ts";
import { decodePicture, type Target } from "./decode.ts";
import type { PictureHeader } from "./header.ts";
import type { Scanned } from "./scan.ts";

export type PictureConfig = Pick<Extract<SourceConfig, { readonly type: "images" }>, "size" | "fit" | "channels">;

/** Side of a sample where no size is asked for. */
const MAX_DEFAULT_SIDE = 256;
/** A size is usual when this share of the pictures has it. */
const USUAL = 0.1;
/** A picture is far from the others when a side is so many times longer or shorter than the middle one. */
const FAR = 4;
/** Pictures of more pixels are decoded alone: one takes up to 400 MB. */
const LARGE_PIXELS = 16_000_000;

/** What all pictures become. */
export function targetOf(config: PictureConfig, headers: readonly PictureHeader[]): Target {
  const [height, width] = config.size ?? usualSize(headers);
  const channels = config.channels === "auto" ? (headers.some((header) => header.channels === 3) ? 3 : 1) : config.channels === "rgb" ? 3 : 1;
  return { channels, height, width, fit: config.fit };
}

/**
 * The most frequent size, of equally frequent ones that in the middle by area; where hardly two pictures have the same, the height and the width in the
 * middle. Smaller in the same shape where a side is too long.
 */
function usualSize(headers: readonly PictureHeader[]): readonly [number, number] {
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

/** The rows of the pictures for the cache. */
export function rowSpecOf(root: string, pictures: readonly Scanned<SampleFile>[], target: Target): RowSpec {
  return {
    folder: "pictures",
    fingerprint: fingerprintOf([root, target, pictures.map(({ place, picture }) => [place, picture.size, picture.modified])]),
    count: pictures.length,
    rowBytes: target.channels * target.height * target.width,
    large: new Set(pictures.flatMap(({ picture: { header } }, row) => (header.height * header.width > LARGE_PIXELS ? [row] : []))),
    async make(row) {
      const { path, picture } = at(pictures, row);
      try {
        return await decodePicture(path, picture.header, target);
      } catch (error) {
        throw new BadFile(reasonOf(error), { cause: error });
      }
    },
  };
}

/** @param pictures those that became samples, in the samples' order */
export function pictureProblems(pictures: readonly Scanned<SampleFile>[], target: Target, config: PictureConfig): readonly DataProblem[] {
  const { height, width, channels, fit } = target;
  const middle = { height: median(pictures.map(({ picture }) => picture.header.height)), width: median(pictures.map(({ picture }) => picture.header.width)) };
  const far = (side: number, usual: number) => side > FAR * usual || side * FAR < usual;
  const sizes = itemsWhere(pictures, ({ header }) =>
    far(header.height, middle.height) || far(header.width, middle.width) ? `${header.width} × ${header.height} pixels` : null,
  );
  const grey = itemsWhere(pictures, ({ header }) => (header.channels === 1 ? "grey" : null));
  const colour = pictures.length - grey.length;
  const mixed = grey.length > 0 && colour > 0;
  // The rarer kind is the surprising one.
  const rarer = grey.length <= colour ? grey : itemsWhere(pictures, ({ header }) => (header.channels === 3 ? "colour" : null));
  const become = channels === 3 ? "colour: grey ones get three equal channels" : "grey";
  return [
    ...problemOf({
      kind: "wrongSize",
      severity: "warning",
      title: `${countOf(sizes.length, pictures.length, "picture")} ${sizes.length === 1 ? "is" : "are"} of a size far from the others' (${middle.width} × ${middle.height} pixels in the middle)`,
      remedy: `Look at them: ${fit === "stretch" ? "they are stretched" : fit === "crop" ? "their middle is cut out" : "they are made to fit and black is added"} to ${width} × ${height} pixels. Remove what does not belong.`,
      items: sizes,
    }),
    ...problemOf({
      kind: "mixedChannels",
      severity: "info",
      title: `${format(grey.length)} of ${format(pictures.length)} pictures ${grey.length === 1 ? "is" : "are"} grey and ${format(colour)} ${colour === 1 ? "has" : "have"} colour; all become ${become}`,
      remedy: config.channels === "auto" ? "Choose grey if colour says nothing about the classes." : "Choose auto to keep colour where there is any.",
      items: mixed ? rarer : [],
    }),
  ];
}

function itemsWhere(pictures: readonly Scanned<SampleFile>[], tell: (picture: Scanned<SampleFile>["picture"]) => string | null) {
  return pictures.flatMap(({ place, picture }, sample) => {
    const detail = tell(picture);
    return detail === null ? [] : [{ sample, place, detail }];
  });
}

function median(values: number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
