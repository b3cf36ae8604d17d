/** Images as a data set: rows of the cache, and what the images were before they became samples. */
import type { Inspection } from "../../../shared/contract/inspection.ts";
import { at } from "../../../shared/kit/fault.ts";
import { RowDataset, type RowDatasetParts } from "../sampleFiles/rowDataset.ts";
import type { SampleFile } from "../sampleFiles/sampleFile.ts";
import { decodeOriginal } from "./decode.ts";
import type { Scanned } from "./scan.ts";

export class ImageDataset extends RowDataset {
  /** What the images are in their files, the most frequent size first. */
  readonly sizes: Inspection["sizes"];
  readonly #images: readonly Scanned<SampleFile>[];

  constructor(parts: RowDatasetParts, images: readonly Scanned<SampleFile>[]) {
    super(parts);
    this.#images = images;
    this.sizes = sizesOf(images);
  }

  /** An image's size and channels as they are in its file. */
  originalSize(index: number): { readonly height: number; readonly width: number; readonly channels: number } {
    const { height, width, channels } = at(this.#images, index).image.header;
    return { height, width, channels };
  }

  /**
   * An image as it is in its file, but no side longer than given.
   * @throws BadFile where the file was damaged since the data set was opened
   */
  async original(index: number, longest?: number) {
    const { path, image } = at(this.#images, index);
    return decodeOriginal(path, image.header, longest);
  }
}

/** Equally frequent ones from small to large. */
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
