/** Data sets that come with Descent. */
import { z } from "zod";
import type { Format } from "./format.ts";

export const shipped = {
  schema: z.strictObject({
    type: z.literal("shipped"),
    name: z.string().meta({ title: "Name", description: "A data set that comes with Descent; `descent datasets` lists them." }),
  }),
  holds: "none",
  label: { en: "comes with Descent", ko: "기본 제공" },
  drop: null,
  paths: [],
  endings: [],
} satisfies Format;
