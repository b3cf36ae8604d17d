/** Arrow files and streams (arrow.apache.org/docs/format/Columnar.html); Feather version 2 is the same. */
import { z } from "zod";
import { type Format, path } from "./format.ts";
import { tableFields, tablePaths } from "./tableFields.ts";

export const arrow = {
  schema: z.strictObject({
    type: z.literal("arrow"),
    path: path({ en: "An Arrow file or stream (also Feather version 2).", ko: "Arrow 파일 또는 스트림(Feather 버전 2 포함)." }),
    ...tableFields,
  }),
  holds: "table",
  title: { en: "Arrow", ko: "Arrow" },
  drop: { en: "Arrow and Feather", ko: "Arrow·Feather" },
  paths: tablePaths,
  endings: [".arrow", ".feather", ".arrows", ".ipc"],
} satisfies Format;
