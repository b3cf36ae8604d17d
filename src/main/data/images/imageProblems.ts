/** Problems to report about images that became samples. */
import type { DataProblem, ProblemItem } from "../../../shared/contract/inspection.ts";
import { at } from "../../../shared/kit/fault.ts";
import { countText } from "../../../shared/text/numbers.ts";
import { countOf, problemOf } from "../sampleFiles/findings.ts";
import type { SampleFile } from "../sampleFiles/sampleFile.ts";
import { type ImageConfig, median, type Plan } from "./plan.ts";
import type { Scanned } from "./scan.ts";
import type { Colour } from "./target.ts";

/** An image counts as an outlier if a side is longer or shorter than the median by this factor. */
const FAR = 4;

export interface Samples {
  /** One per sample, in order. */
  readonly images: readonly Scanned<SampleFile>[];
  /** Row of each sample in the cache. */
  readonly rows: Uint32Array;
  /** Rows of images with transparent pixels. */
  readonly transparent: ReadonlySet<number>;
}

export function imageProblems({ images, rows, transparent }: Samples, { target, guesses }: Plan, config: ImageConfig): readonly DataProblem[] {
  const { height, width, channels, fit } = target;
  const middle = { height: median(images.map(({ image }) => image.header.height)), width: median(images.map(({ image }) => image.header.width)) };
  const far = (side: number, usual: number) => side > FAR * usual || side * FAR < usual;
  const sizes = itemsWhere(images, ({ header }) =>
    far(header.height, middle.height) || far(header.width, middle.width) ? `${header.width} × ${header.height} pixels` : null,
  );
  const grey = itemsWhere(images, ({ header }) => (header.channels === 1 ? "grey" : null));
  const colour = images.length - grey.length;
  const mixed = grey.length > 0 && colour > 0;
  // Lists the rarer kind.
  const rarer = grey.length <= colour ? grey : itemsWhere(images, ({ header }) => (header.channels === 3 ? "colour" : null));
  const become = channels === 3 ? "colour: grey ones get three equal channels" : "grey";
  const added = nameOf(target.background ?? [0, 0, 0]);
  const pages = itemsWhere(images, ({ header }) => (header.pages > 1 ? `${countText(header.pages, "en")} pages or frames` : null));
  const passed = images.reduce((sum, { image }) => sum + image.header.pages - 1, 0);
  const holes = itemsWhere(images, (_, sample) => (transparent.has(at(rows, sample)) ? "transparent in places" : null));
  return [
    ...problemOf({
      kind: "wrongSize",
      severity: "warning",
      title: `${countOf(sizes.length, images.length, "image")} ${sizes.length === 1 ? "is" : "are"} of a size far from that of the others (${middle.width} × ${middle.height} pixels is the median)`,
      remedy: `Look at them: ${fit === "stretch" ? "they are stretched" : fit === "crop" ? "their middle is cut out" : `they are made to fit and ${added} is added`} to ${width} × ${height} pixels. Remove those that do not belong.`,
      items: sizes,
    }),
    ...problemOf({
      kind: "mixedChannels",
      severity: "info",
      title: `${countText(grey.length, "en")} of ${countText(images.length, "en")} images ${grey.length === 1 ? "is" : "are"} grey and ${countText(colour, "en")} ${colour === 1 ? "has" : "have"} colour; all become ${become}`,
      remedy: config.channels === "auto" ? "Choose grey if colour says nothing about the classes." : "Choose auto to keep colour where there is any.",
      items: mixed ? rarer : [],
    }),
    ...problemOf({
      kind: "note",
      severity: "info",
      title: `${countOf(holes.length, images.length, "image")} ${holes.length === 1 ? "is" : "are"} transparent in places and put on ${added}`,
      remedy: "Set data.source.background to another colour if the content has the same colour.",
      items: holes,
    }),
    ...problemOf({
      kind: "note",
      severity: "warning",
      title: `${countOf(pages.length, images.length, "image")} ${pages.length === 1 ? "has" : "have"} several pages or frames: the first one is used, ${countText(passed, "en")} further ${passed === 1 ? "one is" : "ones are"} not`,
      remedy: "Save every page or frame that is a sample as a file of its own.",
      items: pages,
    }),
    ...guesses
      .filter(({ field }) => field === "range")
      .map(
        ({ said }): DataProblem => ({
          kind: "note",
          severity: "warning",
          title: said.en.replace(/\. .*$/, ""),
          remedy: 'Set data.source.range to "stretch" to spread them from black to white, or to "file" if the values are meant to be used as they are.',
          total: 1,
          items: [{ sample: null, place: "all images", detail: said.en }],
        }),
      ),
  ];
}

/** "black", "white", "the colour #8090a0". */
function nameOf(colour: Colour): string {
  const hex = `#${colour.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
  return hex === "#000000" ? "black" : hex === "#ffffff" ? "white" : `the colour ${hex}`;
}

function itemsWhere(
  images: readonly Scanned<SampleFile>[],
  tell: (image: Scanned<SampleFile>["image"], sample: number) => string | null,
): readonly ProblemItem[] {
  return images.flatMap(({ place, image }, sample) => {
    const detail = tell(image, sample);
    return detail === null ? [] : [{ sample, place, detail }];
  });
}
