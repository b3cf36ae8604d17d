/** Images as a data set: rows of the cache, and the properties of the original files. */
import type { Inspection } from "../../../shared/contract/inspection.ts";
import { at } from "../../../shared/kit/fault.ts";
import { RowDataset, type RowDatasetParts } from "../sampleFiles/rowDataset.ts";
import type { SampleFile } from "../sampleFiles/sampleFile.ts";
import { decodeOriginal } from "./decode.ts";
import type { Scanned } from "./scan.ts";

export class ImageDataset extends RowDataset {
  /** Sizes of the original images, the most frequent first. */
  readonly sizes: Inspection["sizes"];
  readonly #images: readonly Scanned<SampleFile>[];

  constructor(parts: RowDatasetParts, images: readonly Scanned<SampleFile>[]) {
    super(parts);
    this.#images = images;
    this.sizes = sizesOf(images);
  }

  /** Size and channels of the original image. */
  originalSize(index: number): { readonly height: number; readonly width: number; readonly channels: number } {
    const { height, width, channels } = at(this.#images, index).image.header;
    return { height, width, channels };
  }

  /**
   * An image as in its file, scaled down if a side is longer than given.
   * @throws BadFile if the file was damaged since the data set was opened
   */
  async original(index: number, longest?: number) {
    const { path, image } = at(this.#images, index);
    return decodeOriginal(path, image.header, longest);
  }
}

/** Ties are ordered from small to large. */
function sizesOf(images: readonly Scanned<SampleFile>[]): Inspection["sizes"] {
  const sizes = new Map<string, { readonly height: number; readonly width: number; readonly channels: number; count: number }>();
  for (const { image } of images) {
    const { height, width, channels } = image.header;
    const key = `${height}×${width}×${channels}`;
    const known = sizes.get(key);
    if (known === undefined) sizes.set(key, { height, width, channels, count: 1 });
    else known.count++;
  }
  return [...sizes.values()].sort((a, b) => b.count - a.count || a.height * a.width - b.height * b.width || a.height - b.height || a.channels - b.channels);
}
