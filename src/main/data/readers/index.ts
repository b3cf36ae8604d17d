/** Every format that can be read, by the `type` of its source. */
import { arrow } from "./arrow.ts";
import { audio } from "./audio.ts";
import { cifar } from "./cifar.ts";
import { csv } from "./csv.ts";
import { hdf5 } from "./hdf5.ts";
import { idx } from "./idx.ts";
import { images } from "./images.ts";
import { labelledImages } from "./labelledImages.ts";
import { module } from "./module.ts";
import { npy } from "./npy.ts";
import { parquet } from "./parquet.ts";
import type { FileSource, Reader } from "./reader.ts";
import { synthetic } from "./synthetic.ts";

const readers: Readonly<Record<FileSource["type"], unknown>> = {
  synthetic,
  csv,
  parquet,
  arrow,
  images,
  labelledImages,
  audio,
  npy,
  idx,
  hdf5,
  cifar,
  module,
};

/** The reader of a source's format, which is handed its own sources. */
export function readerOf(source: Pick<FileSource, "type">): Reader {
  return readers[source.type] as Reader;
}
