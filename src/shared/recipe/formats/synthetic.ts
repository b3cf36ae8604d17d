/** Generated samples (catalog/generators). */
import { z } from "zod";
import { generators } from "../../catalog/generators/index.ts";
import { schemasOf } from "../../kit/registry.ts";
import { metaOf } from "../../kit/schema.ts";
import type { Format } from "./format.ts";

export const synthetic = {
  schema: z.strictObject({
    type: z.literal("synthetic"),
    generator: z
      .discriminatedUnion("type", schemasOf(generators))
      .meta(metaOf({ title: { en: "Generator", ko: "생성기" }, description: { en: "How the samples are generated.", ko: "표본을 만드는 방법." } })),
  }),
  holds: "none",
  title: { en: "synthetic", ko: "합성" },
  drop: null,
  paths: [],
  endings: [],
} satisfies Format;
