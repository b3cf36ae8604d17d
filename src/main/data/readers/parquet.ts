/** Parquet files (parquet.apache.org/docs/file-format), one row a sample. */
import { parquet } from "../../../shared/recipe/formats/parquet.ts";
import { tableReader } from "../tables/tableReader.ts";
import type { FileSource, Reader } from "./reader.ts";

type ParquetSource = Extract<FileSource, { readonly type: "parquet" }>;

/** Enough rows to guess a target from. */
const SAMPLE_ROWS = 1000;

/** Loaded when first needed: most sessions read no such file. */
const loader = async () => (await import("../tables/loadParquet.ts")).loadParquet;

export const reader: Reader<ParquetSource> = tableReader({
  format: parquet,
  load: async (file, options) => (await loader())(file, options),
  sample: async (file) => (await loader())(file, { limit: SAMPLE_ROWS, maySkip: () => true }),
  source: (path, guess) => ({ type: "parquet", path, ...guess }),
});
