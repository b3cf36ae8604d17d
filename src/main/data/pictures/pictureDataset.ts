/** Pictures as a data set: rows of the cache, and what the pictures were before they became samples. */
import { at } from "../../../shared/kit/fault.ts";
import { decodeOriginal } from "./decode.ts";
import { RowDataset, type RowDatasetParts } from "./rowDataset.ts";
import type { PictureFile, Scanned } from "./scan.ts";

export class PictureDataset extends RowDataset {
  readonly #pictures: readonly Scanned<PictureFile>[];

  constructor(parts: RowDatasetParts, pictures: readonly Scanned<PictureFile>[]) {
    super(parts);
    this.#pictures = pictures;
  }

  /** A picture's size and channels as they are in its file. */
  originalSize(index: number): { readonly height: number; readonly width: number; readonly channels: number } {
    const { height, width, channels } = at(this.#pictures, index).picture.header;
    return { height, width, channels };
  }

  /**
   * A picture as it is in its file, but no side longer than given.
   * @throws BadFile where the file was damaged since the data set was opened
   */
  async original(index: number, longest?: number) {
    const { path, picture } = at(this.#pictures, index);
    return decodeOriginal(path, picture.header, longest);
  }
}
