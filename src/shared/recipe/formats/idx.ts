/** IDX files, as MNIST comes (yann.lecun.org/exdb/mnist). */
import { z } from "zod";
import type { Format } from "./format.ts";

export const idx = {
  schema: z.strictObject({
    type: z.literal("idx"),
    samples: z.string().meta({ description: "IDX file of the samples, plain or .gz." }),
    labels: z.string().meta({ description: "IDX file of the labels, plain or .gz." }),
    testSamples: z.string().optional().meta({ description: "IDX file of the test samples, where the source has its own." }),
    testLabels: z.string().optional().meta({ description: "IDX file of the test labels." }),
    classes: z.array(z.string()).optional().meta({ description: "Names of the classes in the order of their numbers." }),
  }),
  holds: "arrays",
  label: { en: "IDX", ko: "IDX" },
  drop: { en: "IDX", ko: "IDX" },
  paths: ["samples", "labels", "testSamples", "testLabels"],
  endings: [],
} satisfies Format;
