/** Samples that are made, not read (catalog/generators). */
import { z } from "zod";
import { generators } from "../../catalog/generators/index.ts";
import { schemasOf } from "../../kit/registry.ts";
import type { Format } from "./format.ts";

export const synthetic = {
  schema: z.strictObject({ type: z.literal("synthetic"), generator: z.discriminatedUnion("type", schemasOf(generators)).meta({ title: "Generator" }) }),
  holds: "none",
  label: { en: "synthetic", ko: "합성" },
  drop: null,
  paths: [],
  endings: [],
} satisfies Format;
