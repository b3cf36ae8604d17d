/** Parquet files (parquet.apache.org/docs/file-format). */
import { z } from "zod";
import { type Format, path } from "./format.ts";
import { tableFields, tablePaths } from "./tableFields.ts";

export const parquet = {
  schema: z.strictObject({ type: z.literal("parquet"), path: path({ en: "A Parquet file.", ko: "Parquet 파일." }), ...tableFields }),
  holds: "table",
  title: { en: "Parquet", ko: "Parquet" },
  drop: { en: "Parquet", ko: "Parquet" },
  paths: tablePaths,
  endings: [".parquet", ".pq", ".parq"],
} satisfies Format;
