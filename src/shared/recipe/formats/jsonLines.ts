/** JSON Lines (jsonlines.org), or a JSON file with a list of objects: one row per object. */
import { z } from "zod";
import { type Format, path } from "./format.ts";
import { tableFields, tablePaths } from "./tableFields.ts";

export const jsonLines = {
  schema: z.strictObject({
    type: z.literal("jsonLines"),
    path: path({ en: "A file with a JSON object on every line, or a JSON list of objects.", ko: "줄마다 JSON 객체가 있는 파일, 또는 객체의 JSON 목록." }),
    ...tableFields,
  }),
  holds: "table",
  title: { en: "JSON", ko: "JSON" },
  drop: { en: "JSON Lines", ko: "JSON Lines" },
  paths: tablePaths,
  endings: [".jsonl", ".ndjson", ".json"],
} satisfies Format;
