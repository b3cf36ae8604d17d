/** Every format that can be read, by the `type` of its source. */
import { csv } from "./csv.ts";
import { idx } from "./idx.ts";
import type { FileSource, Reader } from "./reader.ts";

const readers = { csv, idx } as unknown as Readonly<Record<FileSource["type"], Reader>>;

export function readerOf(source: FileSource): Reader {
  return readers[source.type];
}
