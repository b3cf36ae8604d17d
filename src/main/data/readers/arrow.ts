/** Arrow files and streams and Feather version 2 (arrow.apache.org/docs/format/Columnar.html), one row a sample. */
import { arrow } from "../../../shared/recipe/formats/arrow.ts";
import { tableReader } from "../tables/tableReader.ts";
import type { FileSource, Reader } from "./reader.ts";

type ArrowSource = Extract<FileSource, { readonly type: "arrow" }>;

/** Enough rows to guess a target from. */
const SAMPLE_ROWS = 1000;

/** Loaded when first needed: most sessions read no such file. */
const loader = async () => (await import("../tables/loadArrow.ts")).loadArrow;

export const reader: Reader<ArrowSource> = tableReader({
  format: arrow,
  load: async (file, options) => (await loader())(file, options),
  sample: async (file) => (await loader())(file, { limit: SAMPLE_ROWS, maySkip: () => true }),
  source: (path, guess) => ({ type: "arrow", path, ...guess }),
});
