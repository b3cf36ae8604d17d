/** Delimited text (RFC 4180). */
import { z } from "zod";
import { type Format, path } from "./format.ts";
import { tableFields } from "./tableFields.ts";

export const csv = {
  schema: z.strictObject({
    type: z.literal("csv"),
    path: path("A text file of rows and columns with a header row: comma, semicolon, tab or bar between the columns, also gzipped (.csv.gz)."),
    ...tableFields,
  }),
  holds: "table",
  label: { en: "CSV", ko: "CSV" },
  drop: { en: "CSV and other tables as text", ko: "CSV 등 글자로 된 표" },
  paths: ["path"],
  endings: [".csv", ".tsv", ".tab", ".txt"],
} satisfies Format;
