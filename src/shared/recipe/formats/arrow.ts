/** Arrow files and streams (arrow.apache.org/docs/format/Columnar.html); Feather version 2 is the same. */
import { z } from "zod";
import { type Format, path } from "./format.ts";
import { tableFields, tablePaths } from "./tableFields.ts";

export const arrow = {
  schema: z.strictObject({ type: z.literal("arrow"), path: path("An Arrow file or stream (also Feather version 2)."), ...tableFields }),
  holds: "table",
  label: { en: "Arrow", ko: "Arrow" },
  drop: { en: "Arrow and Feather", ko: "Arrow·Feather" },
  paths: tablePaths,
  endings: [".arrow", ".feather", ".arrows", ".ipc"],
} satisfies Format;
