/** Delimited text (RFC 4180 and its common variants). */
import { z } from "zod";
import { type Format, path } from "./format.ts";
import { tableFields, tablePaths } from "./tableFields.ts";
import { textFields } from "./textFields.ts";

export const csv = {
  schema: z.strictObject({
    type: z.literal("csv"),
    path: path({
      en: "A text file of rows and columns, with commas, semicolons, tabs, bars or spaces between the columns; also gzipped (.csv.gz).",
      ko: "행과 열로 된 텍스트 파일. 열 사이는 쉼표, 세미콜론, 탭, 세로줄, 공백입니다. gzip으로 압축한 것(.csv.gz)도 됩니다.",
    }),
    ...tableFields,
    ...textFields,
  }),
  holds: "table",
  title: { en: "CSV", ko: "CSV" },
  drop: { en: "CSV and other tables as text", ko: "CSV 등 글자로 된 표" },
  paths: tablePaths,
  endings: [".csv", ".tsv", ".tab", ".txt", ".data", ".dat"],
} satisfies Format;
