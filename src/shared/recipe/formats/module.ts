/** A module whose class gives the samples (docs/data-set-as-code.md). */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import { type Format, path } from "./format.ts";

export const module = {
  schema: z.strictObject({
    type: z.literal("module"),
    path: path("A TypeScript or JavaScript module that exports a data set as a class with `length` and `get(index)`."),
    export: z.string().optional().meta({ title: "Export", description: "Name of the exported class; the default export where absent." }),
    options: z.record(z.string(), z.unknown()).optional().meta({ title: "Options", description: "Handed to the class's constructor." }),
    timeout: real({
      default: 10,
      above: 0,
      max: 3600,
      title: "Patience",
      unit: "s",
      description: "How long one answer of the class may take before it is ended.",
    }),
  }),
  holds: "code",
  label: { en: "module", ko: "모듈" },
  drop: { en: "a module that exports a data set (.ts, .js)", ko: "데이터셋을 내보내는 모듈(.ts, .js)" },
  paths: ["path"],
  endings: [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"],
} satisfies Format;
