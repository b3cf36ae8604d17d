/** Delimited text (RFC 4180, and what programs make of it). */
import { z } from "zod";
import { type Format, path } from "./format.ts";
import { tableFields, tablePaths } from "./tableFields.ts";
import { textFields } from "./textFields.ts";

export const csv = {
  schema: z.strictObject({
    type: z.literal("csv"),
    path: path("A text file of rows and columns: comma, semicolon, tab, bar or blanks between the columns, also gzipped (.csv.gz)."),
    ...tableFields,
    ...textFields,
  }),
  holds: "table",
  label: { en: "CSV", ko: "CSV" },
  drop: { en: "CSV and other tables as text", ko: "CSV 등 글자로 된 표" },
  paths: tablePaths,
  endings: [".csv", ".tsv", ".tab", ".txt", ".data", ".dat"],
} satisfies Format;
