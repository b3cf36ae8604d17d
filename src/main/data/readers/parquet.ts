/** Parquet files (parquet.apache.org/docs/file-format): one sample per row. */
import { parquet } from "../../../shared/recipe/formats/parquet.ts";
import type { FileSource } from "../../../shared/recipe/sources.ts";
import { tableReader } from "../tables/tableReader.ts";
import type { Reader } from "./reader.ts";
import { tableSample, unpacked } from "./sample.ts";

type ParquetSource = Extract<FileSource, { readonly type: "parquet" }>;

/** Number of rows read to guess the target. */
const SAMPLE_ROWS = 1000;

/** Loaded when first needed, because most sessions read no such file. */
const loader = async () => (await import("../tables/loadParquet.ts")).loadParquet;

/** The common sample table (sample.ts), deflated. Made by tests/data/fixtures/samples/make.mjs. */
const THINGS =
  "eNpdj0FLw0AQhV82S1xrQS9vyUKuCTn00ELJKaC9efBQeuihlEJiUiwWo7E56I/ob8rP8iJIkoaqwzBvBt7HzMxniwkdTjldU1FQEZQEYF+hja/bTsVdpzc1HY45/m+/sAGUeSYBpPsqP410OOJo3RrP5msLQNKU9NxRmod7WRbFgQ448IUr33efOTj0hes8FvuiKn10o3zevWQ+oJXxTBwojwNDmI4gtNIbvQlUHIlQ9fe7qv8gAoxHh6AAEGw9Dlv6tKTlV3oVbBveLvPMlc1Lf6Da6qn2lpZZ6mVQW3GE0EpdK/nt10ehVXQUCC+fPl6T8q3KDyb2gC7xDWA+W0x+AFnHN/A=";

export const reader: Reader<ParquetSource> = tableReader({
  format: parquet,
  load: async (file, options) => (await loader())(file, options),
  sample: async (file) => (await loader())(file, { limit: SAMPLE_ROWS, maySkip: () => true }),
  source: (path, guess) => ({ type: "parquet", path, ...guess }),
  samples: [tableSample<ParquetSource>({ type: "parquet", path: "things.parquet", target: "kind", task: "classification" }, () => unpacked(THINGS))],
  failing: [
    {
      what: "text with the ending",
      files: () => ({ "text.parquet": "size,kind\n1,a\n" }),
      source: { type: "parquet", path: "text.parquet", target: "kind", task: "classification" },
      says: /does not begin like one/,
    },
  ],
});
